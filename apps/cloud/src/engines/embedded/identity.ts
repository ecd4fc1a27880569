import { chmodSync, lchownSync, lstatSync, readdirSync, realpathSync, statSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";

/** As whom PostgreSQL runs. It refuses root, so root needs another way. */
export type Identity =
  | { readonly kind: "self" }
  /** Another user of this machine: works where that user can walk to every file. */
  | { readonly kind: "user"; readonly uid: number; readonly gid: number }
  /** A user namespace in which we are called somebody else: works for root below a home of mode 0700. */
  | { readonly kind: "namespace"; readonly uid: number; readonly gid: number };

const nobody = { uid: 65_534, gid: 65_534 };

/** The ways to try, best first. An empty list means that this machine allows none. */
export function identities(program: string, data: string): readonly Identity[] {
  if (process.getuid?.() !== 0) {
    // A container may run us under a number that has no name; a new cluster needs one, and the namespace lends it.
    return [{ kind: "self" }, ...(namespaceWorks() ? [{ kind: "namespace" as const, ...nobody }] : [])];
  }
  const found: Identity[] = [];
  if (walkable(dirname(program)) && walkable(data)) found.push({ kind: "user", ...nobody });
  if (namespaceWorks()) found.push({ kind: "namespace", ...nobody });
  if (found.length === 0 && walkable(dirname(program)) && walkable(dirname(data))) {
    // Only the data folder itself is closed: let others through it, but not look into it.
    chmodSync(data, statSync(data).mode | 0o011);
    found.push({ kind: "user", ...nobody });
  }
  return found;
}

/** The command line and spawn options that run `program` under this identity. */
export function commandAs(identity: Identity, program: string, args: readonly string[]) {
  switch (identity.kind) {
    case "self":
      return { command: program, args, options: {} };
    case "user":
      return { command: program, args, options: { uid: identity.uid, gid: identity.gid } };
    case "namespace":
      return {
        command: "unshare",
        args: ["--user", `--map-user=${identity.uid}`, `--map-group=${identity.gid}`, program, ...args],
        options: {},
      };
  }
}

/** Gives a folder and all in it to the identity; PostgreSQL insists on owning its data. Cheap when that is already so. */
export function own(identity: Identity, folder: string): void {
  if (identity.kind === "self") return;
  const { uid, gid } =
    identity.kind === "user" ? identity : { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const top = lstatSync(folder);
  if (top.uid === uid && top.gid === gid) return;
  // The top goes last, so that an interrupted run starts over.
  const below = top.isDirectory() ? readdirSync(folder, { recursive: true, encoding: "utf8" }) : [];
  for (const entry of below) lchownSync(join(folder, entry), uid, gid);
  lchownSync(folder, uid, gid);
}

function walkable(folder: string): boolean {
  let at = realpathSync(folder);
  for (;;) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    const parent = dirname(at);
    if (parent === at) return true;
    at = parent;
  }
}

function namespaceWorks(): boolean {
  const tried = spawnSync("unshare", ["--user", `--map-user=${nobody.uid}`, `--map-group=${nobody.gid}`, "true"], {
    timeout: 5_000,
  });
  return tried.status === 0;
}
