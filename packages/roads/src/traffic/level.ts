/** How the traffic runs, as on a traffic map. */
export type TrafficLevel = "unknown" | "free" | "slow" | "queue" | "closed";

/** The share of the free speed below which traffic is slow, and below which it queues. */
const slowBelow = 0.65;
const queueBelow = 0.35;

/** The level where something that freely takes `free` seconds takes `now`; Infinity is closed. */
export function levelOf(free: number, now: number): Exclude<TrafficLevel, "unknown"> {
  if (now === Infinity) return "closed";
  const share = free / Math.max(now, 1e-6);
  return share < queueBelow ? "queue" : share < slowBelow ? "slow" : "free";
}
