import { createHmac, generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { catalogue } from "@caravan/signals";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readAccessKey, signingKey } from "./key-files.ts";
import { rightsOf } from "./rights.ts";
import { signalsAt } from "./slots.ts";
import { audience, signToken, verifyToken } from "./token.ts";

const now = 1_700_000_000_000;
const claims = { exp: now / 1_000 + 60, aud: [audience], scope: "read" };
const pairs = {
  RS256: generateKeyPairSync("rsa", { modulusLength: 2_048 }),
  ES256: generateKeyPairSync("ec", { namedCurve: "prime256v1" }),
  EdDSA: generateKeyPairSync("ed25519"),
};

test.each(Object.entries(pairs))(
  "a token signed by %s is taken, until it expires, before the key's own half only",
  (_, pair) => {
    const token = signToken(claims, pair.privateKey);
    expect(verifyToken(token, pair.publicKey, now)).toMatchObject({ kind: "valid", claims });
    expect(verifyToken(token, pair.publicKey, now + 200_000)).toEqual({ kind: "refused", why: "expired" });
    const other = generateKeyPairSync("ed25519").publicKey;
    expect(verifyToken(token, other, now)).toEqual({ kind: "refused", why: "invalid" });
    const early = signToken({ ...claims, nbf: now / 1_000 + 100 }, pair.privateKey);
    expect(verifyToken(early, pair.publicKey, now)).toEqual({ kind: "refused", why: "invalid" });
  },
);

test("neither an unsigned token nor one signed with the public key as a secret is taken", () => {
  const { publicKey } = pairs.RS256;
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const none = `${part({ alg: "none" })}.${part(claims)}.`;
  const text = `${part({ alg: "HS256" })}.${part(claims)}`;
  const secret = publicKey.export({ type: "spki", format: "pem" });
  const shared = `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
  for (const token of [none, shared, `${text}.`, text, "", "a.b.c.d"])
    expect(verifyToken(token, publicKey, now)).toEqual({ kind: "refused", why: "invalid" });
});

test("whatever is changed in a token, it is not taken any more", () => {
  const { privateKey, publicKey } = pairs.EdDSA;
  const token = signToken(claims, privateKey);
  fc.assert(
    fc.property(fc.nat(token.length - 1), fc.constantFrom("A", "Q", "g", "w", "_", "-", ".", "0"), (at, letter) => {
      const changed = token.slice(0, at) + letter + token.slice(at + 1);
      // The last letter of a signature has bits that say nothing.
      fc.pre(changed !== token && at < token.length - 1);
      expect(verifyToken(changed, publicKey, now).kind).toBe("refused");
    }),
  );
});

test("a scope gives what it names and nothing beside", () => {
  const has = (scope: string, path: string) => {
    const rights = rightsOf(catalogue, scope, 1);
    const { slot = -1 } = catalogue.find(path) ?? {};
    return (
      rights &&
      ["read", "actuate", "publish", "carry"].filter((right) =>
        (right === "read"
          ? rights.read
          : right === "actuate"
            ? rights.actuate
            : right === "publish"
              ? rights.publish
              : rights.carry
        ).has(slot),
      )
    );
  };
  expect(has("read:Vehicle.Speed", "Vehicle.Speed")).toEqual(["read"]);
  expect(has("read:Vehicle.Speed", "Vehicle.IsMoving")).toEqual([]);
  expect(has("actuate:Vehicle.Body.Hood", "Vehicle.Body.Hood.IsOpen")).toEqual(["read", "actuate"]);
  expect(has("provide:Vehicle.Body.*.IsOpen", "Vehicle.Body.Hood.IsOpen")).toEqual(["read", "publish", "carry"]);
  expect(has("provide:data:Vehicle.Body.*.IsOpen", "Vehicle.Body.Trunk.Rear.IsOpen")).toEqual([]);
  expect(has("provide:data:Vehicle.Body.**.IsOpen", "Vehicle.Body.Trunk.Rear.IsOpen")).toEqual(["read", "publish"]);
  expect(has("provide:actuation:Vehicle.**", "Vehicle.Body.Trunk.Rear.IsOpen")).toEqual(["read", "carry"]);
  expect(has("create:Vehicle", "Vehicle.Speed")).toEqual([]);
  expect(has("  read   actuate ", "Vehicle.Speed")).toEqual(["read", "actuate"]);
  for (const bad of [
    "fly:Vehicle",
    "read:",
    "read:data:Vehicle",
    "read:Vehicle..Speed",
    "read Vehicle",
    "read:a b:c",
    "read:Vehicle.Sp*d",
  ])
    expect(rightsOf(catalogue, bad, 1)).toBeUndefined();
});

test("no pattern takes long, whatever its stars", () => {
  const pattern = fc.array(fc.constantFrom("*", "**", "Vehicle", "Body", "IsOpen"), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(pattern, (segments) => {
      const found = signalsAt(catalogue, segments.join("."));
      const words = segments.map((word) => (word === "**" ? "(?:[^.]+\\.)*" : `${word === "*" ? "[^.]+" : word}\\.`));
      if (segments.filter((word) => word === "**").length > 2 || !segments.some((word) => word.includes("*"))) return;
      const regex = new RegExp(`^${words.join("")}$`);
      expect(found).toEqual(catalogue.signals.filter(({ path }) => regex.test(`${path}.`)));
    }),
    { numRuns: 60 },
  );
});

test("a car makes its own keys once, and keeps the private one to itself", () => {
  const folder = mkdtempSync(join(tmpdir(), "caravan-"));
  try {
    expect(readAccessKey(folder)).toBeUndefined();
    const key = signingKey(folder);
    const known = readAccessKey(folder);
    expect(known && verifyToken(signToken(claims, signingKey(folder)), known, now).kind).toBe("valid");
    expect(known && verifyToken(signToken(claims, key), known, now).kind).toBe("valid");
    expect(statSync(join(folder, "access-key.pem")).mode & 0o777).toBe(0o600);
    writeFileSync(join(folder, "access-key.pub.pem"), "rubbish");
    expect(() => readAccessKey(folder)).toThrow(/holds no public key/);
    rmSync(join(folder, "access-key.pem"));
    expect(() => signingKey(folder)).toThrow(/signed elsewhere/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
