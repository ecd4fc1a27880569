import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { carFlags, strippedCode, thriftyMemory } from "../../start/run.ts";

const root = join(import.meta.dirname, "..", "..");

/** A whole car computer with one simulated car over a prepared city, as `npm start` runs it, in a process of its own. */
export interface CarComputer {
  readonly url: string;
  /** Resident memory of the process in MB. */
  megabytes(): number;
  /** Milliseconds of processor time that all its threads have taken so far, in steps of 10. */
  processorMs(): number;
  stop(): Promise<void>;
}

export async function startCarComputer(parts: {
  readonly data: string;
  readonly map: string;
  readonly port: number;
}): Promise<CarComputer> {
  const { data, map, port } = parts;
  const settings = { first: 1, count: 1, host: "127.0.0.1", port, data, map, seed: 1, version: "bench" };
  const child = spawn(
    process.execPath,
    [
      "--disable-warning=ExperimentalWarning",
      ...carFlags(1),
      "--import",
      join(root, "start", "stripped-code.mjs"),
      join(root, "apps", "car", "main.ts"),
    ],
    {
      cwd: root,
      env: {
        ...process.env,
        CARAVAN_CAR: JSON.stringify(settings),
        ...thriftyMemory,
        ...strippedCode(data),
      },
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await ended;
  };
  await new Promise<void>((resolve, reject) => {
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('"ready":true')) resolve();
    });
    child.once("close", () => reject(new Error(`the car computer did not start: ${said}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    megabytes() {
      const resident = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid ?? 0}/status`, "utf8"))?.[1];
      return (Number(resident) * 1_024) / 1e6;
    },
    processorMs() {
      // After the name in brackets, fields 14 and 15 are the ticks in user and kernel mode, 100 a second (man proc_pid_stat).
      const fields =
        readFileSync(`/proc/${child.pid ?? 0}/stat`, "utf8")
          .split(") ")[1]
          ?.split(" ") ?? [];
      return 10 * (Number(fields[11]) + Number(fields[12]));
    },
    stop,
  };
}
