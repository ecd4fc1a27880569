import fc from "fast-check";
import { expect, test } from "vitest";
import { readAddress, writeAddress } from "./address.ts";

test("an address that was written reads back as the same place", () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1 }).filter((id) => !/[\uD800-\uDFFF]/.test(id)),
      (vehicle) => {
        expect(readAddress(writeAddress({ page: "fleet", vehicle }))).toEqual({ page: "fleet", vehicle });
        const campaign = { page: "campaigns", campaign: vehicle } as const;
        expect(readAddress(writeAddress(campaign))).toEqual(campaign);
      },
    ),
  );
});

test("an unknown address shows the fleet", () => {
  expect(readAddress("/console/")).toEqual({ page: "fleet", vehicle: undefined });
  expect(readAddress("/console/else/where")).toEqual({ page: "fleet", vehicle: undefined });
});
