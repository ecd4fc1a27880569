import fc from "fast-check";
import { expect, test } from "vitest";
import { readAddress, vehicleViews, writeAddress } from "./address.ts";

test("an address that was written reads back as the same place", () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1 }).filter((id) => !/[\uD800-\uDFFF]/.test(id)),
      (vehicle) => {
        expect(readAddress(writeAddress({ page: "fleet", vehicle }))).toEqual({ page: "fleet", vehicle });
        for (const view of vehicleViews) {
          const one = { page: "vehicle", vehicle, view } as const;
          expect(readAddress(writeAddress(one))).toEqual(one);
        }
        const campaign = { page: "campaigns", campaign: vehicle } as const;
        expect(readAddress(writeAddress(campaign))).toEqual(campaign);
      },
    ),
  );
});

test("the signals of a chart are kept in its address", () => {
  const chart = {
    page: "vehicle",
    vehicle: "car",
    view: "charts",
    signals: ["Vehicle.Speed", "Vehicle.Power"],
  } as const;
  const [path = "", search] = writeAddress(chart).split(/(?=\?)/);
  expect(readAddress(path, search)).toEqual(chart);
});

test("an unknown address shows the fleet", () => {
  expect(readAddress("/console/")).toEqual({ page: "fleet", vehicle: undefined });
  expect(readAddress("/console/else/where")).toEqual({ page: "fleet", vehicle: undefined });
});
