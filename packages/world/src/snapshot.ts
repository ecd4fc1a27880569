/** What must outlive the process so that a restarted car computer finds the simulated car where it physically is. JSON-safe. */
export interface CarSnapshot {
  readonly version: 1;
  readonly lat: number;
  readonly lon: number;
  /** Degrees clockwise from north. */
  readonly heading: number;
  /** 0..1 */
  readonly charge: number;
  /** Metres. */
  readonly odometer: number;
  readonly tripMeter: number;
  /** kWh over the life of the car. */
  readonly consumed: number;
  readonly recuperated: number;
  /** °C */
  readonly batteryTemperature: number;
  readonly cabinTemperature: number;
  /** Settings and positions of the body by VSS path. */
  readonly body: Readonly<Record<string, number | boolean | string>>;
}
