/** The car as its OBD socket tells of it, through an ELM327: the driver, a session for tools, and a simulated adapter. */
export { createObdDriver } from "./src/obd/obd-driver.ts";
export { ElmAdapter } from "./src/obd/elm-adapter.ts";
export { ObdSession } from "./src/obd/session.ts";
export type { Fault } from "./src/obd/faults.ts";
export { SimulatedElm, simulatedCar } from "./src/obd/simulated-elm.ts";
export type { SimulatedFigures } from "./src/obd/simulated-elm.ts";
