/** The MQTT topics of one vehicle. `up` is written by the car only, `down` by the cloud only; `traffic` and `usual` are the same for all cars. */
export interface Topics {
  readonly batch: string;
  readonly csr: string;
  readonly ack: string;
  readonly certificate: string;
  /** Retained: a `SignedCampaignList`, what the car is asked to send. */
  readonly campaigns: string;
  /** A `CampaignReport`, how the car stands with it. */
  readonly report: string;
  /** A `CarHealth`: where the car's values come from and how its link is. */
  readonly health: string;
  /** Retained: the traffic as it is now, a `TrafficMessage` every few seconds. */
  readonly traffic: string;
  /** Retained: speeds that change rarely, what is usual now and what others measured; a `TrafficMessage` every few minutes. */
  readonly usual: string;
}

const root = "caravan/v1";
/** What the cloud tells all cars; "all" is too short to be a vehicle. */
export const sharedTopics = { traffic: `${root}/all/down/traffic`, usual: `${root}/all/down/usual` } as const;

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
    campaigns: `${root}/${vehicle}/down/campaigns`,
    report: `${root}/${vehicle}/up/campaigns`,
    health: `${root}/${vehicle}/up/health`,
    ...sharedTopics,
  };
}
