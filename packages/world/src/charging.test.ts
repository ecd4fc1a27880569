import { chargeSeconds, readOcpiLocations, temperatureShare } from "@caravan/roads/charging";
import { Vehicle } from "@caravan/signals";
import { expect, test } from "vitest";
import { gears } from "./body.ts";
import { planPath } from "./plan-path.ts";
import { block, carAndStore, start } from "./test-car.ts";

const { Charging, StateOfCharge, CurrentPower } = Vehicle.Powertrain.TractionBattery;
const cable = Charging.ChargingPort.RearLeft.IsChargingCableConnected;

function chargerOf(power: number, type: "DC" | "AC_3_PHASE") {
  const [charger] = readOcpiLocations({
    id: "1",
    coordinates: { latitude: start.lat, longitude: start.lon },
    evses: [
      {
        status: "AVAILABLE",
        connectors: [
          {
            standard: type === "DC" ? "IEC_62196_T2_COMBO" : "IEC_62196_T2",
            power_type: type,
            max_electric_power: power,
          },
        ],
      },
    ],
  }).chargers;
  if (charger === undefined) throw new Error("no charger");
  return charger;
}

test("at a fast charger the car takes what its curve allows, tapers, stops by itself and drives on", () => {
  const charger = chargerOf(150_000, "DC");
  const { store, car, run } = carAndStore({ chargerAt: () => charger });
  car.setCharge(20);
  run(1);
  car.apply(Charging.ChargeLimit.path, 85);
  car.apply(Charging.StartStopCharging.path, "START");
  run(10);
  expect(store.value(Charging.IsCharging)).toBe(true);
  expect(store.value(cable)).toBe(true);
  const early = store.value(CurrentPower) ?? 0;
  expect(early).toBeGreaterThan(100_000);
  expect(store.value(Charging.ChargeCurrent.DC)).toBeGreaterThan(280);
  expect(store.value(Charging.ChargeVoltage.DC)).toBeGreaterThan(330);
  expect(store.value(Charging.ChargeCurrent.Phase1)).toBe(0);
  const promised = store.value(Charging.TimeToComplete) ?? 0;
  const share = temperatureShare(16);
  const planned = chargeSeconds(car.chargingCar(), charger.connectors[0], 0.2, 0.85, share);
  let seconds = 10;
  let late = 0;
  while (store.value(Charging.IsCharging) === true && seconds < 4_000) {
    run(1);
    seconds += 1;
    late = store.value(CurrentPower) ?? late;
  }
  expect(store.value(StateOfCharge.Displayed)).toBeGreaterThanOrEqual(84.9);
  expect(store.value(StateOfCharge.Displayed)).toBeLessThan(85.5);
  // A battery that warms while it charges is a little quicker than one that stays cold.
  expect(seconds / promised).toBeGreaterThan(0.85);
  expect(seconds / promised).toBeLessThan(1.05);
  expect(seconds / planned).toBeGreaterThan(0.85);
  expect(seconds / planned).toBeLessThan(1.05);
  run(2);
  expect(late).toBeLessThan(early / 2);
  expect(store.value(cable)).toBe(false);
  expect(store.value(Charging.StartStopCharging)).toBe("STOP");
  expect(store.value(Charging.TimeToComplete)).toBe(0);
  expect(store.value(Charging.MaxPower)).toBeGreaterThan(100);
  const path = planPath(block, { from: car.pose() });
  if (path === undefined) throw new Error("no path");
  expect(car.drive(path)).toEqual({ kind: "driving" });
  run(10);
  expect(store.value(Vehicle.IsMoving)).toBe(true);
});

test("alternating current flows on three phases, no more of it than the car's own charger takes", () => {
  const { store, car, run } = carAndStore({ chargerAt: () => chargerOf(22_000, "AC_3_PHASE") });
  car.apply(Charging.StartStopCharging.path, "START");
  run(5);
  expect(store.value(Charging.AveragePower)).toBe(11);
  for (const name of ["Phase1", "Phase2", "Phase3"] as const) {
    expect(store.value(Charging.ChargeCurrent[name])).toBeCloseTo(15.9, 1);
    expect(store.value(Charging.ChargeVoltage[name])).toBe(230);
  }
  expect(store.value(Charging.ChargeVoltage.DC)).toBe(0);
  // Who stops it may drive off in the same moment: the guard lets no car go at the cable.
  car.apply(Charging.StartStopCharging.path, "STOP");
  expect(store.value(Charging.IsCharging)).toBe(false);
  expect(store.value(cable)).toBe(false);
  expect(store.value(Charging.ChargeCurrent.Phase1)).toBe(0);
  run(5);
  expect(store.value(Charging.IsCharging)).toBe(false);
});

test("a charger whose plug does not fit, and no charger at all, leave the car to the pad without a cable", () => {
  for (const chargerAt of [() => chargerOf(150_000, "DC"), () => undefined]) {
    const { store, car, run } = carAndStore({ chargerAt, plugs: ["gbt-ac"] });
    car.apply(Charging.StartStopCharging.path, "START");
    run(5);
    expect(store.value(Charging.IsCharging)).toBe(true);
    expect(store.value(Charging.AveragePower)).toBe(11);
    expect(store.value(cable)).toBe(false);
  }
});

test("a cold battery takes less", () => {
  const power = (outsideTemperature: number): number => {
    const charger = chargerOf(150_000, "DC");
    const { store, car, run } = carAndStore({ chargerAt: () => charger, outsideTemperature });
    car.setCharge(30);
    car.apply(Charging.StartStopCharging.path, "START");
    run(5);
    return store.value(CurrentPower) ?? 0;
  };
  expect(power(-15)).toBeLessThan(0.4 * power(20));
});

test("whoever leaves P ends the charge", () => {
  const { store, car, run } = carAndStore({ chargerAt: () => chargerOf(50_000, "DC") });
  car.apply(Charging.StartStopCharging.path, "START");
  run(5);
  car.apply(Vehicle.Powertrain.Transmission.SelectedGear.path, gears.drive);
  run(3);
  expect(store.value(Charging.IsCharging)).toBe(false);
  expect(store.value(Charging.StartStopCharging)).toBe("STOP");
  expect(store.value(cable)).toBe(false);
});
