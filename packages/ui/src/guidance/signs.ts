import { iconPaths } from "../icons.tsx";

/** What a sign is drawn from; degrees clockwise, 0 is straight on. */
export interface SignOf {
  /** Type and modifier of the manoeuvre, as in OSRM. */
  readonly kind: string;
  readonly modifier: string;
  /** Degrees from the way in to the way out of a roundabout, where they are known better than by the modifier. */
  readonly turn?: number;
  /** On which side one drives; the right unless told. */
  readonly side?: "left" | "right";
}

/** A sign on a 24 x 24 grid: the way to take, and faintly the roads one does not take. */
export interface Sign {
  readonly way: string;
  readonly others?: string;
  /** Drawn with left and right exchanged. */
  readonly mirrored: boolean;
  /** Middle of the ring of a roundabout, for the number of the exit. */
  readonly ring?: { readonly x: number; readonly y: number };
}

const straight = iconPaths["turn-straight"];

const turns: Readonly<Record<string, string>> = {
  "slight right": iconPaths["turn-slight-right"],
  right: iconPaths["turn-right"],
  "sharp right": iconPaths["turn-sharp-right"],
};

/** Way and the other roads, each for a way to the right. */
const pairs = {
  fork: { way: "M11 21v-5c0-4.5 6.5-6.5 6.5-12M13.5 7.7l4-4 4 4", others: "M11 21v-5C11 12 5 10.5 5 5" },
  straightFork: { way: straight, others: "M12 17.5c0-4-6-5-6-9.5M12 17.5c0-4 6-5 6-9.5" },
  ramp: { way: "M8 21v-4.5c0-4.5 9-5 9-12.5M13 7.7l4-4 4 4", others: "M8 13V3.5" },
  merge: { way: "M7 21v-4c0-4.5 6-4.5 6-9.5V4M9 7.7l4-4 4 4", others: "M13 21v-6" },
  endOfRoad: { way: "M10 21V11a4 4 0 0 1 4-4h6M16.5 3.2 20.3 7l-3.8 3.8", others: "M3.5 7h6" },
} as const;

const degreesOf: Readonly<Record<string, number>> = {
  straight: 0,
  "slight right": 45,
  right: 90,
  "sharp right": 135,
  uturn: 180,
  "sharp left": -135,
  left: -90,
  "slight left": -45,
};

const isRoundabout = (kind: string): boolean =>
  kind === "roundabout" || kind === "rotary" || kind === "roundabout turn";

/** The sign of a manoeuvre. A kind that is not known is drawn by the shape of its turn. */
export function signOf({ kind, modifier, turn, side = "right" }: SignOf): Sign {
  const isLeft = modifier.endsWith("left");
  const isAside = isLeft || modifier.endsWith("right");
  if (kind === "arrive") return { way: iconPaths["turn-arrive"], mirrored: false };
  if (kind === "depart") return { way: iconPaths["turn-depart"], mirrored: false };
  if (isRoundabout(kind)) return roundabout(turn ?? degreesOf[modifier] ?? 0, side);
  if (modifier === "uturn") return { way: iconPaths["turn-uturn"], mirrored: side === "left" };
  if (kind === "fork")
    return isAside ? { ...pairs.fork, mirrored: isLeft } : { ...pairs.straightFork, mirrored: false };
  if (kind === "merge" && isAside) return { ...pairs.merge, mirrored: isLeft };
  if (kind === "off ramp" || (kind === "on ramp" && modifier.startsWith("slight"))) {
    return { ...pairs.ramp, mirrored: isAside ? isLeft : side === "left" };
  }
  if (kind === "end of road" && isAside && !modifier.startsWith("slight"))
    return { ...pairs.endOfRoad, mirrored: isLeft };
  const way = turns[isLeft ? modifier.replace("left", "right") : modifier];
  return { way: way ?? straight, mirrored: way !== undefined && isLeft };
}

const centre = { x: 12, y: 10.5 } as const;
const ringRadius = 4.9;
const armLength = 9.6;
/** An exit nearer to the way in than this would be drawn over it. */
const leastSweep = 62;

const round = (value: number): number => Math.round(value * 100) / 100;

/** Round the ring against the clock where one drives on the right, and out at `turn`. */
function roundabout(turn: number, side: "left" | "right"): Sign {
  const degrees = side === "left" ? -turn : turn;
  const sweep = Math.max(leastSweep, Math.min(360 - leastSweep, (((180 - degrees) % 360) + 360) % 360 || 360));
  const out = ((180 - sweep) * Math.PI) / 180;
  const at = (radius: number, angle: number): string =>
    `${round(centre.x + radius * Math.sin(angle))} ${round(centre.y - radius * Math.cos(angle))}`;
  const long = sweep > 180 ? 1 : 0;
  const head = [out - 0.36, out + 0.36].map((angle) => at(armLength - 3.4, angle));
  return {
    way: `M12 22V${centre.y + ringRadius}A${ringRadius} ${ringRadius} 0 ${long} 0 ${at(ringRadius, out)}L${at(armLength, out)}M${head[0]}L${at(armLength, out)}L${head[1]}`,
    others: `M12 ${centre.y + ringRadius}a${ringRadius} ${ringRadius} 0 1 0 -.01 0Z`,
    mirrored: side === "left",
    ring: centre,
  };
}
