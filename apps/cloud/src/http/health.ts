import { monitorEventLoopDelay } from "node:perf_hooks";
import { json } from "./reply.ts";
import { route } from "./route.ts";
import type { Route } from "./route.ts";

export interface HealthParts {
  /** Each part's own figures with their bounds; a part that fails or takes too long says so and spoils nothing else. */
  readonly sections: Readonly<Record<string, () => Promise<unknown>>>;
  /** True where only this machine can ask: then everybody sees the figures, else operators do. */
  readonly open: boolean;
  readonly version: string;
  readonly startedAt: number;
  readonly now: () => number;
}

const sectionWithinMs = 1_500;
const resolutionMs = 20;

export interface Health {
  readonly routes: readonly Route[];
  readonly stop: () => void;
}

/** `GET /health`: whether all parts work, and how full everything is that has a bound. 503 when a part does not. */
export function createHealth({ sections, open, version, startedAt, now }: HealthParts): Health {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();
  return {
    stop: () => delay.disable(),
    routes: [
      route({
        method: "GET",
        path: "/health",
        who: "anyone",
        asksWho: true,
        summary: "Whether the cloud works, and how full everything is that has a bound",
        handle: async ({ caller }) => {
          const answers = await Promise.all(
            Object.entries(sections).map(async ([name, ask]) => [name, await within(ask)] as const),
          );
          const failed = answers.filter(([, answer]) => answer.failed !== undefined).map(([name]) => name);
          const status = failed.length === 0 ? "ok" : "degraded";
          const code = failed.length === 0 ? 200 : 503;
          const mayLook =
            open || caller.kind === "supervisor" || (caller.kind === "account" && caller.role === "operator");
          if (!mayLook) return json({ status }, { status: code });
          const { rss, heapUsed } = process.memoryUsage();
          const machine = {
            upForMs: now() - startedAt,
            memoryBytes: rss,
            heapBytes: heapUsed,
            eventLoopDelayMs: {
              median: lateness(delay.percentile(50)),
              p99: lateness(delay.percentile(99)),
              max: lateness(delay.max),
            },
          };
          delay.reset();
          const parts = Object.fromEntries(
            answers.map(([name, answer]) => [name, answer.failed === undefined ? answer.value : answer]),
          );
          return json(
            { status, failed, version, process: machine, ...parts },
            { status: code, headers: { "cache-control": "no-store" } },
          );
        },
      }),
    ],
  };
}

/** Milliseconds beyond the timer's own interval, which the measurement includes; given in nanoseconds. */
function lateness(nanoseconds: number): number {
  return Math.max(0, nanoseconds / 1e6 - resolutionMs);
}

async function within(ask: () => Promise<unknown>): Promise<{ value?: unknown; failed?: string }> {
  const timeout = Promise.withResolvers<{ failed: string }>();
  const timer = setTimeout(() => timeout.resolve({ failed: "no answer in time" }), sectionWithinMs);
  try {
    return await Promise.race([ask().then((value) => ({ value })), timeout.promise]);
  } catch (error) {
    return { failed: error instanceof Error ? error.message : "failed" };
  } finally {
    clearTimeout(timer);
  }
}
