/**
 * The simulated world. CAR calls, in this order:
 * 1. `car = createSimulatedCar({ store, clock, seed, start, saved, roadsNear })`,
 * 2. every 50 ms `car.step(elapsed seconds)`,
 * 3. `path = planPath(route, { from: car.pose() })`, `car.forecast(path)` for the summary,
 * 4. through the gate: `car.drive(path)`, `car.stop()`, `car.pedals(...)`, `car.apply(path, value)`,
 * 5. `car.activity()` for progress, `car.rearScene()` while in reverse, `car.snapshot()` every few seconds and at the end.
 */
export type { CarActivity, CarPose, DriveOutcome, Forecast, PlannedPath, SimulatedCar } from "./src/car.ts";
export type { CarSnapshot } from "./src/snapshot.ts";
export type { RearScene } from "./src/rear-scene.ts";
