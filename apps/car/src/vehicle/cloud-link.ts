import type { HealthFigure } from "../health/health.ts";

/** What the car needs to know of its way to the cloud; `uplink` is one. */
export interface CloudLink {
  start(): Promise<void>;
  stop(): Promise<void>;
  isOnline(): boolean;
  /** Samples that wait for the cloud. */
  waiting(): number;
  /** Who the car is for the cloud; undefined before it has joined. */
  vehicle(): string | undefined;
  health(): readonly HealthFigure[];
}
