import { randomBytes } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { backUp, holdsNothing, restore } from "./backup.ts";
import { openDataFolder } from "./data-folder.ts";
import { tendDatabase } from "./database.ts";
import { Problem } from "./problem.ts";
import { readTar, writeTar } from "./tar.ts";

const root = resolve(import.meta.dirname, "..");
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "caravan-backup-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fresh(name: string): string {
  const made = join(folder, name);
  rmSync(made, { recursive: true, force: true });
  mkdirSync(made);
  return made;
}

test("what is packed comes out again, byte for byte", async () => {
  const content = fc.array(
    fc.tuple(fc.stringMatching(/^[a-z]{1,8}(\/[a-z]{1,8}){0,2}$/u), fc.uint8Array({ maxLength: 2_000 })),
    { maxLength: 6 },
  );
  await fc.assert(
    fc.asyncProperty(content, async (given) => {
      const [from, to] = [fresh("from"), fresh("to")];
      // Numbered, so that no file is another one's folder.
      const files = given.map(([name, bytes], index) => ({
        name: `${index}/${name}`,
        path: join(from, String(index)),
        bytes,
      }));
      for (const { path, bytes } of files) writeFileSync(path, bytes);
      await writeTar(join(folder, "a.tar.gz"), files);
      expect(await readTar(join(folder, "a.tar.gz"), to)).toEqual(files.map(({ name }) => name));
      for (const { name, bytes } of files) expect(new Uint8Array(readFileSync(join(to, name)))).toEqual(bytes);
    }),
    { numRuns: 30 },
  );
});

test("an archive that was cut short, or reaches outside of its folder, is refused in a sentence", async () => {
  const path = join(folder, "content");
  writeFileSync(path, randomBytes(50_000));
  const archive = join(folder, "cut.tar.gz");
  await writeTar(archive, [{ name: "content", path }]);
  truncateSync(archive, 200);
  await expect(readTar(archive, fresh("out"))).rejects.toThrow(Problem);
  for (const name of ["../escaped", "/tmp/caravan-escaped", "a/../../escaped", ""]) {
    await writeTar(archive, [{ name, path }]);
    await expect(readTar(archive, fresh("out"))).rejects.toThrow(/damaged/u);
  }
  expect(existsSync(join(folder, "escaped"))).toBe(false);
  writeFileSync(archive, "no archive at all");
  await expect(readTar(archive, fresh("out"))).rejects.toThrow(/damaged/u);
});

test("a place where no backup can be written is told in a sentence, and nothing is left there", async () => {
  const data = join(folder, "placed");
  openDataFolder(data);
  const taken = fresh("taken");
  await expect(backUp({ root, data, version: "1" }, taken)).rejects.toThrow(/is a folder/u);
  writeFileSync(join(folder, "a-file"), "");
  for (const file of ["/proc/nowhere/backup.tar.gz", join(folder, "a-file", "backup.tar.gz")]) {
    await expect(backUp({ root, data, version: "1" }, file)).rejects.toThrow(/cannot be written/u);
  }
  expect(readdirSync(folder).filter((name) => name.includes(".making"))).toEqual([]);
});

test(
  "cars and database survive a backup and a restore, and a damaged backup changes nothing",
  { timeout: 120_000 },
  async () => {
    const data = join(folder, "data");
    openDataFolder(data);
    mkdirSync(join(data, "cars", "1"), { recursive: true });
    mkdirSync(join(data, "screens", "built"), { recursive: true });
    writeFileSync(join(data, "cars", "1", "identity.json"), "{}");
    // Open and not yet written back: the newest row is in the journal beside the file.
    const car = new DatabaseSync(join(data, "cars", "1", "car.sqlite"));
    car.exec("pragma journal_mode = wal; create table trip (id int); insert into trip values (1), (2)");
    await tendDatabase({ root, data }, "dump", join(folder, "first-dump"));
    const file = join(folder, "backup.tar.gz");
    await backUp({ root, data, version: "1" }, file);
    car.close();
    expect(readdirSync(folder).filter((name) => name.includes(".making"))).toEqual([]);

    const other = join(folder, "other");
    openDataFolder(other);
    expect(holdsNothing(other)).toBe(true);
    await restore({ root, data: other, version: "1" }, file);
    expect(holdsNothing(other)).toBe(false);
    expect(readdirSync(other).toSorted()).toEqual(["caravan.json", "cars", "database"]);
    const restored = new DatabaseSync(join(other, "cars", "1", "car.sqlite"), { readOnly: true });
    expect(restored.prepare("select count(*) as n from trip").get()).toEqual({ n: 2 });
    restored.close();

    truncateSync(file, 300);
    await expect(restore({ root, data: other, version: "1" }, file)).rejects.toThrow(/damaged/u);
    expect(readdirSync(other).toSorted()).toEqual(["caravan.json", "cars", "database"]);
  },
);
