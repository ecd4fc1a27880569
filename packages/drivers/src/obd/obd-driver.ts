import { Vehicle } from "@caravan/signals";
import type { OpenByteLink } from "../byte-link/byte-link.ts";
import type { Claim, Driver, DriverClock, DriverEnd, DriverFigure, Outlet } from "../driver.ts";
import { ElmAdapter } from "./elm-adapter.ts";
import { pids } from "./pids.ts";
import type { Pid } from "./pids.ts";
import { nextDue, untilDue } from "./schedule.ts";
import type { Scheduled } from "./schedule.ts";
import { ObdSession } from "./session.ts";

export interface ObdDriverParts {
  readonly name: string;
  readonly open: OpenByteLink;
  readonly clock: DriverClock;
}

const faultsEveryMs = 60_000;
/** A pid is believed for as many of its intervals, and never for less than this: slow adapters are the rule. */
const intervalsBelieved = 20;
const leastBelievedMs = 5_000;
const stallAfterMs = 30_000;
/** VSS counts trouble codes in one byte. */
const mostFaults = 255;

type Question = { readonly kind: "pid"; readonly pid: Pid; readonly claim: Claim } | { readonly kind: "faults" };

/**
 * A car as its OBD socket tells of it, through an ELM327 or one of its many clones: a serial port, a Bluetooth serial port or TCP. It asks and
 * never commands. Signals that the car does not have stay absent.
 */
export function createObdDriver({ name, open, clock }: ObdDriverParts): Driver {
  let session: ObdSession | undefined;
  let asked = 0;
  let unanswered = 0;
  let supportedCount = 0;
  let lastMs = 0;

  async function run(outlet: Outlet, signal: AbortSignal): Promise<DriverEnd> {
    const link = await open(signal);
    const adapter = new ElmAdapter({ link, clock });
    try {
      const now = new ObdSession({ adapter, clock, signal });
      session = now;
      await now.begin();
      outlet.alive();
      const questions = await questionsOf(now, outlet);
      while (!signal.aborted) {
        const due = nextDue(questions, clock.now());
        if (due === undefined) await clock.sleep(untilDue(questions, clock.now()), signal);
        else await put(now, due, outlet);
      }
      return { kind: "lost", why: "told to end" };
    } catch (error) {
      if (signal.aborted) return { kind: "lost", why: "told to end" };
      throw error;
    } finally {
      await adapter.close();
    }
  }

  async function questionsOf(now: ObdSession, outlet: Outlet): Promise<Scheduled<Question>[]> {
    const vin = await now.vin();
    if (vin !== undefined) outlet.put(outlet.claim(Vehicle.VehicleIdentification.VIN, { timeoutMs: Infinity }), vin);
    const supported = await now.supported();
    supportedCount = supported.size;
    const questions: Scheduled<Question>[] = pids
      .filter(({ pid }) => supported.has(pid))
      .map((pid) => {
        const timeoutMs = Math.max(leastBelievedMs, pid.everyMs * intervalsBelieved);
        const claim = outlet.claim(pid.signal, { timeoutMs });
        return { question: { kind: "pid", pid, claim }, everyMs: pid.everyMs, askedAt: -Infinity, misses: 0 };
      });
    questions.push({ question: { kind: "faults" }, everyMs: faultsEveryMs, askedAt: -Infinity, misses: 0 });
    return questions;
  }

  async function put(now: ObdSession, due: Scheduled<Question>, outlet: Outlet): Promise<void> {
    const begun = clock.now();
    due.askedAt = begun;
    asked += 1;
    const { question } = due;
    if (question.kind === "faults") {
      const codes = [...new Set((await now.faults()).map(({ code }) => code))].slice(0, mostFaults);
      const timeoutMs = faultsEveryMs * 3;
      outlet.put(outlet.claim(Vehicle.Diagnostics.DTCList, { timeoutMs }), codes);
      outlet.put(outlet.claim(Vehicle.Diagnostics.DTCCount, { timeoutMs }), codes.length);
      return;
    }
    const { pid, claim } = question;
    const answer = (await now.ask(0x01, pid.pid)).find(({ bytes }) => bytes.length >= pid.bytes);
    lastMs = clock.now() - begun;
    outlet.alive();
    if (answer === undefined) {
      unanswered += 1;
      due.misses += 1;
      return;
    }
    due.misses = 0;
    outlet.put(claim, pid.decode(answer.bytes));
  }

  function figures(): readonly DriverFigure[] {
    return [
      { name: "Adapter", value: session?.name ?? "" },
      { name: "Protocol", value: session?.bus ?? "not found" },
      { name: "Figures the car offers", value: supportedCount },
      { name: "Questions", value: asked },
      { name: "Questions without an answer", value: unanswered },
      { name: "Last answer took", value: Math.round(lastMs), unit: "ms" },
    ];
  }

  return { name, quality: "good", stallAfterMs, run, figures };
}
