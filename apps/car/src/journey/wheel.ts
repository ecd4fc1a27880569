import type { CarActivity, CarPose, Forecast, PlannedPath } from "@caravan/world";

/** What moves a simulated car, behind the gate. A string is the reason for a no. */
export interface Wheel {
  follow(path: PlannedPath): string | undefined;
  halt(): void;
  park(): void;
  pedals(accelerator: number, steering: number): string | undefined;
  /** What a path would cost this car now. */
  forecast(path: PlannedPath): Forecast;
  activity(): CarActivity;
  /** Where the wheels truly are: their line begins there, whatever the car's receiver says. */
  pose(): CarPose | undefined;
}
