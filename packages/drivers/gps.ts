/** Satellite receivers. */
export { createGpsdDriver } from "./src/gps/gpsd-driver.ts";
export { createNmeaDriver } from "./src/gps/nmea-driver.ts";
