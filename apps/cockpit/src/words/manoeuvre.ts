import type { Manoeuvre } from "@caravan/link";
import type { Say } from "./words.ts";

/** What to do, in the fewest words: "Turn right", "Roundabout, exit 2". */
export function manoeuvreAct(say: Say, manoeuvre: Manoeuvre): string {
  const { kind, modifier, exit } = manoeuvre;
  switch (kind) {
    case "depart":
      return say.setOff;
    case "notification":
    case "new name":
    case "continue":
      return modifier === "straight" ? say.follow : turn(say, modifier);
    case "turn":
    case "end of road":
      return turn(say, modifier);
    case "merge":
      return say.merge;
    case "fork":
      if (modifier.endsWith("left")) return say.keepLeft;
      return modifier.endsWith("right") ? say.keepRight : say.keepStraight;
    case "on ramp":
      return say.takeRamp;
    case "off ramp":
      return say.takeExit;
    case "roundabout":
    case "rotary":
    case "roundabout turn":
      return exit === undefined ? say.roundabout : say.roundaboutExit({ exit });
    case "exit roundabout":
    case "exit rotary":
      return say.leaveRoundabout;
    case "arrive":
      return say.arriveThere;
  }
}

function turn(say: Say, modifier: Manoeuvre["modifier"]): string {
  switch (modifier) {
    case "straight":
      return say.goStraight;
    case "slight right":
      return say.bearRight;
    case "right":
      return say.turnRight;
    case "sharp right":
      return say.turnSharpRight;
    case "uturn":
      return say.turnBack;
    case "sharp left":
      return say.turnSharpLeft;
    case "left":
      return say.turnLeft;
    case "slight left":
      return say.bearLeft;
  }
}

/** Numbers of a road that fit on a shield: the first two. */
export const shieldOf = (ref: string): string =>
  ref
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .slice(0, 2)
    .join(" / ");

/** Where the manoeuvre leads, for the banner: the number of the road and of the exit, and a name. */
export interface RoadAhead {
  readonly shield: string;
  readonly exit: string;
  readonly name: string;
}

/** On ramps the destination on the sign counts more than the name; where the map knows nothing, the act itself is said. */
export function roadAhead(say: Say, manoeuvre: Manoeuvre): RoadAhead {
  const { street, ref, destination, junction, kind } = manoeuvre;
  const shield = shieldOf(ref);
  const onSign = kind === "on ramp" || kind === "off ramp" || kind === "fork" || street === "";
  const name = onSign && destination !== "" ? destination : street;
  const isSaid = name !== "" || shield !== "";
  return {
    shield: shield === name ? "" : shield,
    exit: junction ?? "",
    name: isSaid ? name : manoeuvreAct(say, manoeuvre),
  };
}

/** The whole sentence, for a screen reader: the car's own words, or the act where it sent none. */
export function manoeuvreSentence(say: Say, manoeuvre: Manoeuvre): string {
  return manoeuvre.text === "" ? manoeuvreAct(say, manoeuvre) : manoeuvre.text;
}
