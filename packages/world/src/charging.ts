import { bestConnector, chargeSeconds, powerInto, temperatureShare } from "@caravan/roads/charging";
import type { Charger, ChargingCar, Connector, Plug } from "@caravan/roads/charging";
import { Vehicle } from "@caravan/signals";
import { pack, usableCharge } from "./battery.ts";
import type { Battery } from "./battery.ts";
import type { LatLon } from "./frame.ts";
import type { Writer } from "./writer.ts";

const { Charging } = Vehicle.Powertrain.TractionBattery;

/** Where no charger stands the car finds a simulated pad below it: 11 kW of alternating current, class WPT3 of SAE J2954. */
const pad: Pick<Connector, "current" | "power"> = { current: "ac", power: 11_000 };
/** So much below its limit a charge over the pad begins again, so that it does not start and stop around it. */
const slack = 0.005;
/** km of range that a kWh gives, for `ChargeRate`. */
const kmPerKwh = 1 / 0.145;
const mains = 230; // V from line to neutral

/**
 * The simulated car's battery as a charging planner sees it. The charging curve is that of "Model 3 SR+" in open-ev-data (chargeprice, MIT): 130 kW
 * when empty, 149 kW at 52 %, 110 kW at 60 %, 12 kW when full; 11 kW of alternating current on three phases, of which 93 % reach the battery.
 */
export const chargingCar = (inlets: readonly Plug[]): ChargingCar => ({
  plugs: inlets,
  capacity: ((pack.highest - pack.lowest) * pack.energy) / 3_600,
  curve: [
    [0, 130_000],
    [0.52, 149_000],
    [0.6, 110_000],
    [1, 12_000],
  ],
  acPower: 11_000,
  efficiency: 0.93,
});

/** What charging has to know of the rest of the car, once a second. */
export interface ChargingMoment {
  readonly isWanted: boolean;
  readonly standsInPark: boolean;
  /** 0..1 of the usable battery. */
  readonly limit: number;
  readonly at: LatLon;
}

/**
 * Charging of the parked car: at a charger with what its plug gives and the curve takes, with a cable that is plugged in and pulled out by a simulated
 * hand; elsewhere over the pad. A charge at a charger ends by itself at the limit.
 */
export function createCharging(
  writer: Writer,
  battery: Battery,
  car: ChargingCar,
  chargerAt: ((at: LatLon) => Charger | undefined) | undefined,
) {
  const cable = Charging.ChargingPort.RearLeft.IsChargingCableConnected;
  writer.boolean(cable, false);
  let connector: Connector | undefined;
  let wasWanted = false;
  let isCharging = false;
  let power = 0;
  let joules = 0;
  let seconds = 0;
  let most = 0;

  function begin(at: LatLon): void {
    const charger = chargerAt?.(at);
    connector = charger === undefined ? undefined : bestConnector(car, charger);
    [joules, seconds, most] = [0, 0, 0];
    writer.number(Charging.Location.Latitude, at.lat, 1e6);
    writer.number(Charging.Location.Longitude, at.lon, 1e6);
  }

  function show(limit: number, share: number): void {
    const from = connector ?? pad;
    const intoBattery = isCharging ? power : 0;
    const drawn = intoBattery / car.efficiency;
    if (isCharging) {
      joules += drawn;
      seconds += 1;
      most = Math.max(most, drawn);
      writer.number(Charging.AveragePower, joules / seconds / 1_000, 10);
      writer.number(Charging.MaxPower, most / 1_000, 10);
    } else writer.number(Charging.AveragePower, 0, 10);
    const isDirect = from.current === "dc";
    writer.boolean(Charging.IsCharging, isCharging);
    writer.boolean(cable, connector !== undefined && isCharging);
    writer.number(Charging.ChargeCurrent.DC, isDirect && battery.voltage > 0 ? intoBattery / battery.voltage : 0, 10);
    writer.number(Charging.ChargeVoltage.DC, isDirect && isCharging ? battery.voltage : 0, 10);
    const phase = isDirect ? 0 : drawn / 3 / mains;
    const volts = !isDirect && isCharging ? mains : 0;
    for (const name of ["Phase1", "Phase2", "Phase3"] as const) {
      writer.number(Charging.ChargeCurrent[name], phase, 10);
      writer.number(Charging.ChargeVoltage[name], volts, 10);
    }
    writer.number(Charging.ChargeRate, (intoBattery / 1_000) * kmPerKwh, 1);
    const left = isCharging ? chargeSeconds(car, from, usableCharge(battery.charge), limit, share) : 0;
    writer.number(Charging.TimeToComplete, left, 0.1);
  }

  return {
    /** W into the battery now. */
    power: (): number => (isCharging ? power : 0),
    isCharging: (): boolean => isCharging,
    /** Ends a charge at once and pulls the cable, so that whoever stops it may drive off. */
    end(): void {
      isCharging = false;
      connector = undefined;
      wasWanted = false;
      show(0, 1);
    },
    /** True: the charge is over, and the wish for it with it. */
    step({ isWanted, standsInPark, limit, at }: ChargingMoment): boolean {
      const mayCharge = isWanted && standsInPark;
      if (mayCharge && !wasWanted) begin(at);
      wasWanted = mayCharge;
      const missing = limit - usableCharge(battery.charge);
      const share = temperatureShare(battery.temperature);
      isCharging = mayCharge && missing > (isCharging || connector !== undefined ? 0 : slack);
      power = powerInto(car, connector ?? pad, usableCharge(battery.charge), share);
      const isOver = isWanted && (!standsInPark || (connector !== undefined && !isCharging));
      show(limit, share);
      if (!mayCharge || isOver) connector = undefined;
      if (isOver) wasWanted = false;
      return isOver;
    },
  };
}
