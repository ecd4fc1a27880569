/** How a car moves: the plant, a drivable path along a road, the speed along it, and a driver that follows it. SI, plain arrays, no clock. */
export { midSizeElectric, type CarParameters } from "./src/parameters.ts";
export { airDensity, createPlantState, resistance, stepPlant, type PlantInput, type PlantState } from "./src/plant.ts";
export { indexAt, pathLength, project, valueAt, type Path, type Pose } from "./src/path.ts";
export { referencePath, type RoadLine } from "./src/reference.ts";
export { comfortableStyle, planSpeed, type DrivingStyle, type SpeedProfile } from "./src/speed.ts";
export { createFollowState, follow, type FollowCommand, type FollowState } from "./src/track.ts";
