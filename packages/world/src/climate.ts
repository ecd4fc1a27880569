/** Mutable state of the cabin's air and the heat pump. */
export interface Climate {
  /** °C of the air inside. */
  cabin: number;
  /** W of electricity that heating, cooling and the fan take now. */
  load: number;
  /** W of heat held back by the controller's memory. */
  trim: number;
}

export interface ClimateSettings {
  readonly isActive: boolean;
  /** °C */
  readonly wanted: number;
  /** 0..100 */
  readonly fan: number;
  readonly recirculates: boolean;
  readonly economy: boolean;
  /** Windows and doors as a share of everything open, 0..1. */
  readonly openness: number;
}

const heatCapacity = 70_000; // J/K of air, trim and seats together
const shellLoss = 45; // W/K through glass and sheet metal
const strongestHeat = 5_500; // W
const strongestCold = 4_500; // W

/** Heat moved for each watt of electricity; a heat pump gets weaker in the cold (1.4 at -15 °C, 3 at 10 °C, typical of R1234yf systems). */
const heatPerWatt = (outside: number): number => Math.min(Math.max(2.4 + 0.064 * outside, 1.2), 3.2);
const coldPerWatt = (outside: number): number => Math.min(Math.max(3.6 - 0.05 * (outside - 20), 2), 3.8);

/** Moves the cabin's temperature by `dt` seconds: one heat capacity, losses through the shell and with the air, a heat pump that follows the wish. */
export function stepClimate(climate: Climate, settings: ClimateSettings, outside: number, dt: number): void {
  const fresh = settings.recirculates ? 0.3 : 1;
  const exchange = shellLoss + fresh * 0.45 * settings.fan + 900 * settings.openness;
  let heat = 0;
  climate.load = settings.fan > 0 ? 15 + 0.018 * settings.fan * settings.fan : 0;
  if (settings.isActive && settings.fan > 0) {
    const most = (settings.economy ? 0.6 : 1) * Math.min(1, 0.25 + settings.fan / 60);
    const missing = settings.wanted - climate.cabin;
    climate.trim = Math.min(Math.max(climate.trim + missing * 6 * dt, -strongestCold), strongestHeat);
    heat = Math.min(Math.max(900 * missing + climate.trim, -strongestCold * most), strongestHeat * most);
    climate.load += heat > 0 ? heat / heatPerWatt(outside) : -heat / coldPerWatt(outside);
  } else climate.trim = 0;
  climate.cabin += ((heat - exchange * (climate.cabin - outside)) * dt) / heatCapacity;
}
