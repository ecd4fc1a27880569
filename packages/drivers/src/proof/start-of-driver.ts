const dbc = `VERSION ""

BS_:

BU_: CAR

BO_ 256 SPEED: 8 CAR
 SG_ SPEED : 7|16@0+ (0.01,0) [0|300] "km/h" Vector__XXX
 SG_ GEAR : 16|3@1+ (1,0) [0|3] "" Vector__XXX

VAL_ 256 GEAR 0 "P" 1 "R" 2 "N" 3 "D";
`;

const recording = `(0.000000) can0 100#0000000000000000
(1.000000) can0 100#03E8030000000000
(2.000000) can0 100#1388030000000000
`;

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** The files of a new driver by name: the smallest that passes its own test, to be replaced piece by piece. */
export function startOf(make: string): ReadonlyMap<string, string> {
  return new Map([
    [
      "driver.json",
      json({
        name: make,
        simulated: true,
        note: "Made by npm run driver:new; take simulated away when DBC and recording are those of a real car.",
        dbc: "car.dbc",
        mapping: "mapping.json",
        recording: "drive.candump",
        expected: "drive.expected.json",
      }),
    ],
    ["car.dbc", dbc],
    [
      "mapping.json",
      json({
        signals: {
          "Vehicle.Speed": "SPEED.SPEED",
          "Vehicle.Powertrain.Transmission.SelectedGear": {
            message: "SPEED",
            field: "GEAR",
            map: { P: 126, R: -1, N: 0, D: 127 },
          },
        },
      }),
    ],
    ["drive.candump", recording],
    [
      "drive.expected.json",
      json({
        signals: {
          "Vehicle.Speed": [
            { at: 1, value: 10, within: 0.01 },
            { at: 2, value: 50, within: 0.01 },
          ],
          "Vehicle.Powertrain.Transmission.SelectedGear": [
            { at: 0, value: 126 },
            { at: 1, value: 127 },
          ],
        },
        absent: ["Vehicle.Powertrain.FuelSystem.RelativeLevel"],
      }),
    ],
  ]);
}
