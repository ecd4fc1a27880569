/** Calls back later; the answer cancels. Handed in, so that tests decide when time passes. */
export interface Scheduler {
  after(ms: number, run: () => void): () => void;
}

/** The process's own timers. They do not keep it alive. */
export const realScheduler: Scheduler = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
