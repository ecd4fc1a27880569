import type { ChargingCar } from "@caravan/roads";

/** What the simulated car's battery is to a charging planner: 54 kWh of which 93 % are usable, and the taper of such a battery. */
export const simulatedBattery: ChargingCar = {
  plugs: ["type2", "ccs2"],
  capacity: 50_200,
  curve: [
    [0, 100_000],
    [0.1, 165_000],
    [0.35, 140_000],
    [0.6, 85_000],
    [0.8, 55_000],
    [1, 15_000],
  ],
  acPower: 11_000,
  efficiency: 0.93,
};
