/** One lane before a manoeuvre, in OSRM's words. */
export interface LaneArrows {
  readonly indications: readonly string[];
  readonly valid: boolean;
  readonly active?: string;
}

/** One arrow of a lane on a 24 x 24 grid; `mirrored` ones are drawn with left and right exchanged. */
export interface LaneStroke {
  readonly path: string;
  readonly mirrored: boolean;
  /** The route takes this arrow. */
  readonly active: boolean;
}

const straight = "M12 22V3.5M8 7.5l4-4 4 4";
/** To the right; all share the stem, so that several of them make one arrow with several heads. */
const rightward: Readonly<Record<string, string>> = {
  slight: "M12 22v-6.5c0-2 .7-3.3 2-4.7L18.5 6M13 5.8h5.6v5.6",
  plain: "M12 22v-8a3.5 3.5 0 0 1 3.5-3.5h5M17 6.5l4 4-4 4",
  sharp: "M12 22V11.5c0-2.4 2.3-3.2 3.8-1.6l4 4.7M20 9v6h-6",
  uturn: "M12 22V10a4 4 0 0 1 8 0v5M16.8 12l3.2 3.2 3.2-3.2",
};
/** Nothing is painted on the lane. */
const bare = "M12 22V9";

function strokeOf(indication: string, side: "left" | "right", active: boolean): LaneStroke {
  if (indication === "none") return { path: bare, mirrored: false, active };
  // One turns back across the oncoming lanes.
  if (indication === "uturn") return { path: rightward["uturn"] ?? straight, mirrored: side === "right", active };
  const [first = "", second] = indication.split(" ");
  const path = second === undefined ? rightward["plain"] : rightward[first];
  const sideways = second ?? first;
  if (path === undefined || (sideways !== "left" && sideways !== "right")) {
    return { path: straight, mirrored: false, active };
  }
  return { path, mirrored: sideways === "left", active };
}

/** The arrows of one lane, the one to take last so that it lies on top; `side` is where one drives. */
export function laneStrokes(lane: LaneArrows, side: "left" | "right"): readonly LaneStroke[] {
  const painted = lane.indications.length === 0 ? ["none"] : lane.indications;
  // A lane without paint that the route takes is shown with the way it takes.
  const shown =
    lane.active !== undefined && painted.every((indication) => indication === "none") ? [lane.active] : painted;
  const isTaken = (indication: string): boolean =>
    lane.valid && (lane.active === undefined ? shown.length === 1 : indication === lane.active);
  return shown
    .map((indication) => strokeOf(indication, side, isTaken(indication)))
    .toSorted((a, b) => Number(a.active) - Number(b.active));
}
