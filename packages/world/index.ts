/**
 * The simulated world. The car computer calls, in this order:
 * 1. `traffic = createTraffic({ city, seed })` once for all cars of the process, and `traffic.hinder(list)` whenever the hindrances change,
 * 2. `car = createSimulatedCar({ store, seed, start, saved, traffic, chargerAt, roadsNear, isDark })`; from then on the Store has every signal,
 * 3. about every 50 ms `traffic.step(elapsed seconds, now)` and then `car.step(elapsed seconds)` of every car,
 * 4. `path = planPath(route, { from: car.pose() })`, and `car.forecast(path)`, `car.energyModel()` and `car.chargingCar()` for planning,
 * 5. through the gate only: `car.drive(path)`, also with a new path while it drives, `car.stop()`, `car.pedals(...)`, `car.apply(path, value)`,
 * 6. `car.activity()` for progress, `car.rearScene()` while in reverse, `car.snapshot()` every few seconds and at the end.
 */
export type { CarActivity, CarPose, DriveOutcome, Forecast, PathPiece, PlannedPath, SimulatedCar } from "./src/car.ts";
export { gears } from "./src/body.ts";
export { planPath, type PlanPathOptions } from "./src/plan-path.ts";
export type { RearScene, SceneBox } from "./src/rear-scene.ts";
export { createSimulatedCar, type SimulatedCarParts } from "./src/simulated-car.ts";
export { readSnapshot, type CarSnapshot } from "./src/snapshot.ts";
export { isDarkAt } from "./src/sun.ts";
export { readHindrances, type Hindrance } from "./src/traffic/hindrance.ts";
export { wrongTurn, type WrongTurn } from "./src/wrong-turn.ts";
export { createTraffic } from "./src/traffic/traffic.ts";
export type { NearVehicle, Traffic, TrafficParts } from "./src/traffic/shapes.ts";
export { chargingCar } from "./src/charging.ts";
