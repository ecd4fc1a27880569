/** How often one signal, or all below a branch, is worth a sample. */
export interface CampaignRule {
  /** A path, or a branch with `.*` behind it. */
  readonly match: string;
  /** At most one sample in this time. */
  readonly everyMs: number;
  /** Changes smaller than this, in the signal's own unit, are not worth a sample; coming to zero always is. */
  readonly deadband?: number;
  /** Signals of one group are sampled together, when any of them is due: a latitude is nothing without its longitude. */
  readonly group?: string;
  /** Never sampled. */
  readonly never?: true;
}

/** What a car reports. The first rule that fits counts. */
export interface Campaign {
  readonly rules: readonly CampaignRule[];
  /** For switches, texts and everything else that is not a measured number. */
  readonly otherwiseMs: number;
  /** For measured numbers without a rule. */
  readonly otherwiseNumberMs: number;
  /** Everything is sent again after this time, changed or not, so that silence has a limit. */
  readonly refreshMs: number;
}

const battery = "Vehicle.Powertrain.TractionBattery";

/** A moving car makes about six samples a second, a parked one nearly none. */
export const defaultCampaign: Campaign = {
  rules: [
    { match: "Vehicle.Speed", everyMs: 1_000, deadband: 0.5 },
    // 0.000 01 degrees are about a metre.
    { match: "Vehicle.CurrentLocation.Latitude", everyMs: 1_000, deadband: 0.000_01, group: "position" },
    { match: "Vehicle.CurrentLocation.Longitude", everyMs: 1_000, deadband: 0.000_01, group: "position" },
    { match: "Vehicle.CurrentLocation.Heading", everyMs: 1_000, deadband: 2 },
    { match: "Vehicle.CurrentLocation.Timestamp", everyMs: 0, never: true },
    { match: "Vehicle.CurrentLocation.*", everyMs: 10_000, deadband: 1 },
    { match: `${battery}.CurrentPower`, everyMs: 2_000, deadband: 250 },
    { match: `${battery}.CurrentVoltage`, everyMs: 5_000, deadband: 1 },
    { match: `${battery}.CurrentCurrent`, everyMs: 5_000, deadband: 1 },
    { match: `${battery}.StateOfCharge.*`, everyMs: 5_000, deadband: 0.05 },
    { match: `${battery}.Range`, everyMs: 10_000, deadband: 250 },
    { match: `${battery}.Temperature.*`, everyMs: 30_000, deadband: 0.2 },
    { match: `${battery}.Charging.*`, everyMs: 2_000, deadband: 0.1 },
    { match: `${battery}.*`, everyMs: 10_000, deadband: 0.01 },
    { match: "Vehicle.Powertrain.Range", everyMs: 10_000, deadband: 250 },
    { match: "Vehicle.Powertrain.ElectricMotor.*", everyMs: 10_000, deadband: 1 },
    { match: "Vehicle.TraveledDistance", everyMs: 10_000, deadband: 50 },
    { match: "Vehicle.TripMeterReading", everyMs: 10_000, deadband: 0.05 },
    { match: "Vehicle.TraveledDistanceSinceStart", everyMs: 10_000, deadband: 50 },
    { match: "Vehicle.Exterior.*", everyMs: 30_000, deadband: 0.2 },
    { match: "Vehicle.Cabin.HVAC.AmbientAirTemperature", everyMs: 10_000, deadband: 0.2 },
    { match: "Vehicle.Chassis.Axle.*", everyMs: 30_000, deadband: 0.5 },
    { match: "Vehicle.Acceleration.*", everyMs: 5_000, deadband: 0.2 },
    { match: "Vehicle.AngularVelocity.*", everyMs: 5_000, deadband: 1 },
    { match: "Vehicle.Chassis.*", everyMs: 5_000, deadband: 2 },
    // The link's own state would be news each time it is told, and what the computer measures of itself changes all the time.
    { match: "Vehicle.Caravan.Link.*", everyMs: 60_000 },
    { match: "Vehicle.Caravan.Computer.*", everyMs: 60_000 },
  ],
  otherwiseMs: 1_000,
  otherwiseNumberMs: 5_000,
  refreshMs: 15 * 60_000,
};

/** The rule for a signal; asked once for each, then kept by its slot. */
export function ruleFor(
  campaign: Campaign,
  signal: { readonly path: string; readonly datatype: string; readonly kind: string },
): CampaignRule {
  const { path, datatype, kind } = signal;
  const found = campaign.rules.find(({ match }) =>
    match.endsWith(".*") ? path.startsWith(match.slice(0, -1)) : path === match,
  );
  if (found !== undefined) return found;
  const measured = kind === "sensor" && datatype !== "boolean" && datatype !== "string" && !datatype.endsWith("[]");
  return { match: path, everyMs: measured ? campaign.otherwiseNumberMs : campaign.otherwiseMs };
}
