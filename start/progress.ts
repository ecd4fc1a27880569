import type { WriteStream } from "node:tty";

export type StepName = "database" | "cloud" | "map" | "car" | "screens";

export interface Progress {
  /** What a step does right now, with the part that is done (0..1) where that is known. */
  readonly doing: (step: StepName, what: string, fraction?: number) => void;
  readonly done: (step: StepName, what: string) => void;
  /** A line of its own, above the running display. */
  readonly say: (line: string) => void;
  /** Leaves what was shown as it is and shows no more. */
  readonly end: () => void;
}

interface Shown {
  what: string;
  fraction: number | undefined;
  isDone: boolean;
  readonly since: number;
  tookMs: number;
}

const order: readonly StepName[] = ["map", "database", "cloud", "car", "screens"];
const drawEveryMs = 80;
const spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/** A few lines that redraw themselves on a terminal, and one plain line for each event anywhere else. */
export function createProgress(output: WriteStream | NodeJS.WritableStream, now: () => number): Progress {
  const steps = new Map<StepName, Shown>();
  const isTerminal =
    "isTTY" in output && output.isTTY && process.env["TERM"] !== "dumb" && process.env["CI"] === undefined;
  const colours = isTerminal && process.env["NO_COLOR"] === undefined;
  const paint = (code: string, text: string) => (colours ? `\u001B[${code}m${text}\u001B[0m` : text);
  let drawn = 0;
  let turn = 0;
  let ended = false;

  const erase = () => {
    if (drawn > 0) output.write(`\u001B[${drawn}A\u001B[0J`);
    drawn = 0;
  };
  const draw = () => {
    if (!isTerminal || ended) return;
    erase();
    turn += 1;
    const width = "columns" in output ? output.columns : 80;
    for (const step of order) {
      const shown = steps.get(step);
      if (shown === undefined) continue;
      const sign = shown.isDone ? paint("32", "✓") : paint("36", spinner[turn % spinner.length] ?? "");
      const percent = shown.fraction === undefined || shown.isDone ? "" : ` ${Math.round(shown.fraction * 100)} %`;
      const seconds = shown.isDone ? paint("2", ` ${(shown.tookMs / 1_000).toFixed(1)} s`) : "";
      const text = `${shown.what}${percent}`.slice(0, Math.max(10, width - 24));
      output.write(`  ${sign} ${step.padEnd(9)} ${text}${seconds}\n`);
      drawn += 1;
    }
  };
  const timer = isTerminal ? setInterval(draw, drawEveryMs) : undefined;
  timer?.unref();

  return {
    doing(step, what, fraction) {
      const shown = steps.get(step);
      if (shown === undefined) {
        steps.set(step, { what, fraction, isDone: false, since: now(), tookMs: 0 });
        if (!isTerminal) output.write(`${step}: ${what}\n`);
        return;
      }
      shown.what = what;
      shown.fraction = fraction;
    },
    done(step, what) {
      const since = steps.get(step)?.since ?? now();
      const tookMs = now() - since;
      steps.set(step, { what, fraction: undefined, isDone: true, since, tookMs });
      if (!isTerminal) output.write(`${step}: ${what} (${(tookMs / 1_000).toFixed(1)} s)\n`);
    },
    say(line) {
      if (isTerminal && !ended) erase();
      output.write(`${line}\n`);
      draw();
    },
    end() {
      if (ended) return;
      draw();
      ended = true;
      clearInterval(timer);
    },
  };
}
