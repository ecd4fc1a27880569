// Hot: runs a hundred times a second for every simulated car.

/** Mutable state of the traction battery: one object lives as long as its car. */
export interface Battery {
  /** 0..1 of the whole cell capacity. */
  charge: number;
  /** °C, mean of the cells. */
  temperature: number;
  /** A out of the battery, negative into it. */
  current: number;
  /** V at the terminals. */
  voltage: number;
  /** W out of the battery at its terminals, negative into it. */
  power: number;
}

/**
 * 54 kWh, usable between 5 and 98 % of charge, at most 201 kW: row "2022 Tesla Model 3 RWD" of NREL's FASTSim vehicle table. 106 cells of
 * lithium iron phosphate in series; open-circuit voltage and the growth of resistance in the cold are typical of that chemistry.
 */
export const pack = {
  energy: 54 * 3.6e6, // J
  lowest: 0.05,
  highest: 0.98,
  power: 201_227, // W
  recuperation: 75_000, // W
  cells: 106,
  capacity: (54 * 3.6e6) / (106 * 3.29), // As
  resistance: 0.065, // ohm at 25 °C
  heatCapacity: 380_000, // J/K
  heatLoss: 9, // W/K to the air outside
} as const;

const openCircuit = [2.8, 3.2, 3.235, 3.262, 3.28, 3.29, 3.295, 3.305, 3.325, 3.335, 3.45];

/** V of the whole pack without load. */
export function openCircuitVoltage(charge: number): number {
  const at = Math.min(Math.max(charge, 0), 1) * (openCircuit.length - 1);
  const i = Math.min(Math.floor(at), openCircuit.length - 2);
  const a = openCircuit[i] ?? 0;
  return pack.cells * (a + (at - i) * ((openCircuit[i + 1] ?? a) - a));
}

/** Ohm; doubles from 25 °C to about 0 °C. */
export const resistanceAt = (temperature: number): number =>
  pack.resistance * Math.exp(2_250 * (1 / (Math.max(temperature, -30) + 273.15) - 1 / 298.15));

/** W that may be drawn: all of it unless nearly empty or cold. */
export function dischargeLimit(battery: Battery): number {
  const byCharge = Math.min(Math.max((battery.charge - pack.lowest) / 0.05, 0), 1);
  const byCold = Math.min(Math.max((battery.temperature + 25) / 35, 0.2), 1);
  return pack.power * byCharge * byCold;
}

/** W that braking may push back: less when nearly full, cold or hot. */
export function recuperationLimit(battery: Battery): number {
  const byCharge = Math.min(Math.max((pack.highest - battery.charge) / 0.06, 0), 1);
  const byCold = Math.min(Math.max((battery.temperature + 5) / 20, 0.05), 1);
  const byHeat = Math.min(Math.max((55 - battery.temperature) / 8, 0), 1);
  return pack.recuperation * byCharge * byCold * byHeat;
}

/** Draws `power` watts (negative charges) for `dt` seconds: equivalent circuit of an open-circuit voltage and one resistance. */
export function drawPower(battery: Battery, power: number, outside: number, dt: number): void {
  const source = openCircuitVoltage(battery.charge);
  const resistance = resistanceAt(battery.temperature);
  const most = (source * source) / (4 * resistance);
  const drawn = Math.min(power, 0.95 * most);
  const current = (source - Math.sqrt(source * source - 4 * resistance * drawn)) / (2 * resistance);
  battery.current = current;
  battery.voltage = source - current * resistance;
  battery.power = battery.voltage * current;
  battery.charge = Math.min(Math.max(battery.charge - (current * dt) / pack.capacity, 0), 1);
  const heat = current * current * resistance - pack.heatLoss * (battery.temperature - outside);
  battery.temperature += (heat * dt) / pack.heatCapacity;
}

/** 0..1 as the dashboard counts: the usable part only. */
export const usableCharge = (charge: number): number =>
  Math.min(Math.max((charge - pack.lowest) / (pack.highest - pack.lowest), 0), 1);

/** kWh above the lowest usable charge. */
export const usableEnergy = (charge: number): number => Math.max(charge - pack.lowest, 0) * (pack.energy / 3.6e6);
