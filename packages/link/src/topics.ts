/** The MQTT topics of one vehicle. `up` is written by the car only, `down` by the cloud only; `traffic` is the same for all cars. */
export interface Topics {
  readonly batch: string;
  readonly csr: string;
  readonly ack: string;
  readonly certificate: string;
  /** Retained: the traffic as it is now, see `TrafficMessage`. */
  readonly traffic: string;
}

const root = "caravan/v1";
/** What the cloud tells all cars; "all" is too short to be a vehicle. */
export const trafficTopic = `${root}/all/down/traffic`;

const vehiclePattern = /^[a-z0-9]{8,40}$/;

/** True for the shape of a vehicle's id: lower-case letters and digits, so it can be a topic level and a certificate's common name as it is. */
export function isVehicleId(text: string): boolean {
  return vehiclePattern.test(text);
}

/** All topics of a vehicle. Throws a RangeError for anything that is not a vehicle id, since such a topic could reach another car. */
export function topics(vehicle: string): Topics {
  if (!isVehicleId(vehicle)) throw new RangeError("not a vehicle id");
  return {
    batch: `${root}/${vehicle}/up/batch`,
    csr: `${root}/${vehicle}/up/csr`,
    ack: `${root}/${vehicle}/down/ack`,
    certificate: `${root}/${vehicle}/down/certificate`,
    traffic: trafficTopic,
  };
}
