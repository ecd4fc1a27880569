/** The part of a Chromium trace event that is read here; times in microseconds, `tdur` is processor time of the thread. */
export interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
}

const task = "ThreadControllerImpl::RunTask";
const drawing = "FireAnimationFrame";

/** One pose of the car comes in this time; a screen that draws less often than that lets the work of several of them fall between two frames. */
const poseMs = 100;

/** Processor time of a frame: the task that draws it, and all other tasks since the frame before or in the last 100 ms, whichever is less. */
export interface Frame {
  readonly ms: number;
}

/** The events of the page's main thread: the one that drew most frames. */
function mainThread(events: readonly TraceEvent[]): readonly TraceEvent[] {
  const drawn = new Map<string, number>();
  for (const event of events) {
    if (event.name !== drawing) continue;
    const thread = `${event.pid}/${event.tid}`;
    drawn.set(thread, (drawn.get(thread) ?? 0) + 1);
  }
  const main = [...drawn].toSorted((a, b) => b[1] - a[1])[0]?.[0];
  return events.filter((event) => `${event.pid}/${event.tid}` === main);
}

// Tasks may nest; only the outermost counts, since its time holds that of the inner ones.
function outerTasks(events: readonly TraceEvent[]): TraceEvent[] {
  const tasks = events.filter((event) => event.name === task && event.ph === "X").toSorted((a, b) => a.ts - b.ts);
  const outer: TraceEvent[] = [];
  let end = -1;
  for (const one of tasks) {
    if (one.ts < end) continue;
    end = one.ts + (one.dur ?? 0);
    outer.push(one);
  }
  return outer;
}

/** Frames of the page, and how long they were watched. */
export function framesOf(events: readonly TraceEvent[]): {
  readonly frames: readonly Frame[];
  readonly seconds: number;
} {
  const main = mainThread(events);
  const starts = main
    .filter((event) => event.name === drawing)
    .map((event) => event.ts)
    .toSorted((a, b) => a - b);
  const frames: Frame[] = [];
  let since: TraceEvent[] = [];
  let next = 0;
  for (const one of outerTasks(main)) {
    since.push(one);
    const end = one.ts + (one.dur ?? 0);
    let drew = false;
    while ((starts[next] ?? Infinity) < end) {
      next += 1;
      drew = true;
    }
    if (!drew) continue;
    const counted = since.filter((task) => task.ts >= one.ts - poseMs * 1_000);
    frames.push({ ms: counted.reduce((sum, task) => sum + (task.tdur ?? 0) / 1_000, 0) });
    since = [];
  }
  const seconds = ((starts.at(-1) ?? 0) - (starts[0] ?? 0)) / 1e6;
  // What ran before the first frame belongs to one that was not watched.
  return { frames: frames.slice(1), seconds };
}

/** Milliseconds of processor time of the longest task on the main thread. */
export function longestTask(events: readonly TraceEvent[]): number {
  return outerTasks(mainThread(events)).reduce((longest, one) => Math.max(longest, (one.tdur ?? 0) / 1_000), 0);
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
