import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { isRunning, markOf } from "./processes.ts";
import { Supervisor } from "./supervisor.ts";

const scripts = {
  // Notes each start, says that it is ready, and ends as told by its environment.
  worker: `import { appendFileSync } from "node:fs";
    appendFileSync(process.env.NOTES, process.pid + "\\n");
    process.on("SIGTERM", () => { appendFileSync(process.env.NOTES, "stopped\\n"); process.exit(0); });
    console.log(JSON.stringify({ ready: true, pid: process.pid }));
    setInterval(() => {}, 1000);`,
  failing: `console.log(JSON.stringify({ failed: "The port is taken." })); process.exitCode = 1;`,
  silent: `process.exitCode = 3;`,
  deaf: `import { appendFileSync } from "node:fs";
    appendFileSync(process.env.NOTES, process.pid + "\\n");
    process.on("SIGTERM", () => {}); console.log(JSON.stringify({ ready: true, pid: process.pid })); setInterval(() => {}, 1000);`,
  talking: `console.log("words"); console.error("warning"); console.log("{broken"); console.log(JSON.stringify({ ready: true })); setInterval(() => {}, 1000);`,
};

let folder: string;
let supervisor: Supervisor | undefined;
let told: string[];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "caravan-supervisor-"));
  for (const [name, text] of Object.entries(scripts)) writeFileSync(join(folder, `${name}.mjs`), text);
});
afterEach(() => supervisor?.stop());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function create(): Supervisor {
  told = [];
  supervisor = new Supervisor({ root: folder, tell: (line) => told.push(line), changed: () => {}, firstWaitMs: 10 });
  return supervisor;
}

const plan = (script: keyof typeof scripts, environment: Record<string, string> = {}) => ({
  name: script,
  script: join(folder, `${script}.mjs`),
  environment,
});
const notes = (file: string) => readFileSync(file, "utf8").trim().split("\n");

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}

test("a child's own sentence is what the person reads when it cannot start", async () => {
  await expect(create().start(plan("failing"))).rejects.toThrow("The port is taken.");
  await expect(create().start(plan("silent"))).rejects.toThrow("The silent ended before it was ready (code 3).");
});

test("a child that is killed is started again, and nothing is after it was stopped", async () => {
  const file = join(folder, "notes-again");
  await create().start(plan("worker", { NOTES: file }));
  process.kill(Number(notes(file)[0]), "SIGKILL");
  await until(() => notes(file).length === 2 && told.length === 2);
  expect(told).toEqual(["The worker ended (SIGKILL); starting it again.", "The worker runs again."]);
  const second = markOf(Number(notes(file)[1]));
  await supervisor?.stop();
  expect(isRunning(second)).toBe(false);
  expect(notes(file)).toHaveLength(3);
  expect(notes(file)[2]).toBe("stopped");
});

test("a child that does not listen is ended anyway", async () => {
  const file = join(folder, "notes-deaf");
  await create().start(plan("deaf", { NOTES: file }));
  const child = markOf(Number(notes(file)[0]));
  await supervisor?.stop();
  expect(isRunning(child)).toBe(false);
});

test("what a child says besides is passed on with its name", async () => {
  await create().start(plan("talking"));
  await until(() => told.length === 3);
  expect(told.toSorted()).toEqual(["talking: warning", "talking: words", "talking: {broken"]);
});

test("children stop in good order when their supervisor is killed", async () => {
  const file = join(folder, "notes-orphan");
  const parent = `import { Supervisor } from ${JSON.stringify(join(import.meta.dirname, "supervisor.ts"))};
    const supervisor = new Supervisor({ root: ".", tell: () => {}, changed: () => {} });
    await supervisor.start({ name: "worker", script: ${JSON.stringify(join(folder, "worker.mjs"))}, environment: { NOTES: ${JSON.stringify(file)} } });
    console.log("up");`;
  writeFileSync(join(folder, "parent.mjs"), parent);
  const killed = spawn(process.execPath, [join(folder, "parent.mjs")], { stdio: ["ignore", "pipe", "inherit"] });
  await once(killed.stdout, "data");
  const child = markOf(Number(notes(file)[0]));
  expect(isRunning(child)).toBe(true);
  killed.kill("SIGKILL");
  await until(() => !isRunning(child));
  expect(notes(file)[1]).toBe("stopped");
});
