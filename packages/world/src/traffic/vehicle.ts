import type { FollowStyle } from "./follow-leader.ts";

/** A vehicle of the simulated traffic, or one of our cars among them. Mutable: one object from entering to leaving. */
export interface Vehicle {
  readonly id: number;
  readonly kind: "car" | "van" | "lorry";
  readonly isOurs: boolean;
  /** Metres. */
  readonly length: number;
  readonly width: number;
  readonly height: number;
  readonly style: FollowStyle;
  /** Share of the posted limit this driver keeps to. */
  readonly pace: number;
  edge: number;
  /** Metres of the front bumper from the beginning of the edge. */
  along: number;
  /** m/s */
  speed: number;
  /** Edges it will drive next, with the speed of the corner before each; no more than it can see. */
  readonly plan: { readonly edge: number; readonly speed: number }[];
  /** Seconds it has stood. */
  stood: number;
}

const shapes = {
  car: { length: 4.5, width: 1.8, height: 1.5 },
  van: { length: 5.9, width: 2, height: 2.4 },
  lorry: { length: 9.5, width: 2.5, height: 3.4 },
} as const;

/** A vehicle with its own driver: nine cars in twelve, the rest vans and a lorry; headways and paces differ from driver to driver. */
export function createVehicle(id: number, random: () => number): Vehicle {
  const draw = random();
  const kind = draw < 0.75 ? "car" : draw < 0.92 ? "van" : "lorry";
  const heavy = kind === "lorry" ? 0.6 : 1;
  return {
    id,
    kind,
    isOurs: false,
    ...shapes[kind],
    // Table II of Treiber, Hennecke and Helbing has 0.73 m/s2, 1.67 m/s2, 1.6 s and 2 m for motorways; in towns drivers start more briskly.
    style: {
      acceleration: heavy * (1.2 + 0.5 * random()),
      braking: 1.67,
      headway: 1.2 + 0.6 * random(),
      standstill: 2,
    },
    pace: (kind === "lorry" ? 0.9 : 0.97) + 0.1 * random(),
    edge: -1,
    along: 0,
    speed: 0,
    plan: [],
    stood: 0,
  };
}

export const ourStyle: FollowStyle = { acceleration: 1.6, braking: 1.7, headway: 1.5, standstill: 2.5 };

/** One of our cars as the others see it. */
export const createOurs = (id: number, length: number): Vehicle => ({
  id,
  kind: "car",
  isOurs: true,
  ...shapes.car,
  length,
  style: ourStyle,
  pace: 1,
  edge: -1,
  along: 0,
  speed: 0,
  plan: [],
  stood: 0,
});
