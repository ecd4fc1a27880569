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

/** Where the manoeuvre leads, for the banner: on ramps the number and destination on the sign, else the street; the act itself where the map knows none. */
export function manoeuvreInto(say: Say, manoeuvre: Manoeuvre): string {
  const { street, ref, destination } = manoeuvre;
  const onSign = manoeuvre.kind === "on ramp" || manoeuvre.kind === "off ramp" || street === "";
  if (onSign && (ref !== "" || destination !== "")) return [ref, destination].filter((part) => part !== "").join("  ");
  return street === "" ? manoeuvreAct(say, manoeuvre) : street;
}

/** The whole sentence, for a screen reader: the car's own words, or the act where it sent none. */
export function manoeuvreSentence(say: Say, manoeuvre: Manoeuvre): string {
  return manoeuvre.text === "" ? manoeuvreAct(say, manoeuvre) : manoeuvre.text;
}
