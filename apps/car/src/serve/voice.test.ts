import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, expect, test } from "vitest";

import { findProgram, Voice } from "./voice.ts";

const folder = mkdtempSync(join(tmpdir(), "caravan-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A WAV as a program writes it into a pipe: with sizes that are not true. */
function wav(samples: number): Buffer {
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(0x7ffff024, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(22_050, 24);
  header.writeUInt32LE(44_100, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36);
  header.writeUInt32LE(0x7ffff000, 40);
  return Buffer.concat([header, Buffer.alloc(2 * samples, 1)]);
}

/** A stand-in that takes the arguments of espeak-ng, and notes them and its input; `script` is what else it does. */
function program(name: string, script = `cat "$0.wav"`): string {
  const bin = join(folder, name);
  mkdirSync(bin, { recursive: true });
  const file = join(bin, "espeak-ng");
  const notes = `printf '%s\\n' "$@" >> "$0.arguments"; cat >> "$0.input"; echo >> "$0.input"`;
  writeFileSync(file, `#!/bin/sh\n${notes}\n${script}\n`);
  writeFileSync(`${file}.wav`, wav(100));
  chmodSync(file, 0o755);
  return file;
}

const said = (file: string) => readFileSync(`${file}.input`, "utf8").trim().split("\n");

test("a machine without the program says so in a plain sentence", async () => {
  expect(findProgram("espeak-ng", `${folder}:relative::`)).toBeUndefined();
  const answer = await new Voice({ program: undefined }).answer({ language: "en", text: "Turn left" });
  expect(answer).toEqual({ status: 404, error: "No program that can speak is installed on this machine." });
});

test("the program is found on the search path, and what it writes comes back with true sizes", async () => {
  const file = program("plain");
  const found = findProgram("espeak-ng", `/nowhere:${join(folder, "plain")}`);
  expect(found).toBe(file);
  const answer = await new Voice({ program: found }).answer({ language: "zh-CN", text: "左转，驶入南京西路" });
  if (answer.status !== 200) throw new Error(answer.error);
  expect(answer.sound.length).toBe(244);
  expect(answer.sound.readUInt32LE(4)).toBe(236);
  expect(answer.sound.readUInt32LE(40)).toBe(200);
  expect(readFileSync(`${file}.arguments`, "utf8").split("\n")).toContain("cmn");
  expect(said(file)).toEqual(["左转，驶入南京西路"]);
});

test("no text becomes an option or a command", async () => {
  const file = program("hostile");
  const text = `--path=/etc; $(touch "${join(folder, "owned")}") \`id\` -f /etc/passwd`;
  await new Voice({ program: file }).answer({ language: "en", text });
  expect(said(file)).toEqual([text]);
  expect(readFileSync(`${file}.arguments`, "utf8")).not.toContain("etc");
  expect(existsSync(join(folder, "owned"))).toBe(false);
});

test("the same sentence is made once, also when two ask at the same time", async () => {
  const file = program("twice");
  const voice = new Voice({ program: file });
  const question = { language: "en", text: "Turn left" };
  const answers = await Promise.all([voice.answer(question), voice.answer(question)]);
  answers.push(await voice.answer(question));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(said(file)).toEqual(["Turn left"]);
});

test("sentences are made one after the other, and who comes when too many wait is sent away", async () => {
  const file = program(
    "busy",
    `[ -e "$0.working" ] && exit 1; touch "$0.working"; sleep 0.02; rm "$0.working"; cat "$0.wav"`,
  );
  const voice = new Voice({ program: file });
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, i) => voice.answer({ language: "en", text: `Sentence ${i}` })),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 503, 503, 503]);
  expect((await voice.answer({ language: "en", text: "Sentence 9" })).status).toBe(200);
});

test.each([
  ["no language", { text: "Turn left" }],
  ["a language it does not speak", { language: "sv", text: "Sväng vänster" }],
  ["no words", { language: "en", text: "" }],
  ["too many words", { language: "en", text: "a".repeat(301) }],
  ["two texts", { language: "en", text: ["a", "b"] }],
  ["nothing", undefined],
])("%s is refused with what is needed", async (_, query) => {
  const answer = await new Voice({ program: "/nowhere" }).answer(query);
  expect(answer).toMatchObject({ status: 400, error: expect.stringMatching(/^To speak, the car needs/) });
});

test.each([
  ["fails", "exit 3"],
  ["writes no sound", "echo hello"],
  ["writes half a header", "printf RIFF"],
  ["writes without end", "exec cat /dev/zero"],
])(
  "a program that %s is told apart from one that speaks, and the next sentence is tried again",
  async (name, script) => {
    const file = program(name.replaceAll(" ", "-"), script);
    const voice = new Voice({ program: file });
    const question = { language: "en", text: "Turn left" };
    expect((await voice.answer(question)).status).toBe(500);
    writeFileSync(file, `#!/bin/sh\ncat > /dev/null; cat "$0.wav"\n`);
    expect((await voice.answer(question)).status).toBe(200);
  },
);

test("a car that stops ends the sentence being made", async () => {
  const file = program("slow", "exec sleep 60");
  const voice = new Voice({ program: file });
  const answer = voice.answer({ language: "en", text: "Turn left" });
  await Promise.resolve();
  voice.stop();
  expect((await answer).status).toBe(500);
});
