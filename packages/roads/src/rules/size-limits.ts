import type { Tags } from "../import/map-data.ts";
import { kilogramsIn, metresIn } from "./measures.ts";
import { directed } from "./tag-reading.ts";
import type { Directed } from "./tag-reading.ts";

/** The car that limits of size are held against, in metres and kilograms: the one of OSRM's car profile. */
const car = { height: 2, width: 1.9, length: 4.8, weight: 2_000 };

/** Words for "as high as everywhere", which is enough for any car. */
const ordinaryHeight = new Set(["default", "none", "no-sign", "unsigned"]);

const widthKeys = ["maxwidth:physical", "maxwidth", "width", "est_width"];

/** Whether a height limit, as tagged on a way or a point, stops a car. */
export function isTooLow(text: string | undefined): boolean {
  if (text === undefined || ordinaryHeight.has(text)) return false;
  const height = metresIn(text);
  return height !== undefined && height < car.height;
}

/** Whether a car fits through a way in each direction, by what the map says of its height, width, length and weight. */
export function fits(tags: Tags): Directed<boolean> {
  const height = directed(tags, ["maxheight:physical", "maxheight"]);
  const width = directed(tags, widthKeys);
  const length = directed(tags, ["maxlength"]);
  const weight = directed(tags, ["maxweightrating", "maxweight"]);
  const isPassable = (side: "forward" | "backward") =>
    !isTooLow(height[side]) &&
    (metresIn(width[side]) ?? Infinity) > car.width &&
    (metresIn(length[side]) ?? Infinity) >= car.length &&
    (kilogramsIn(weight[side]) ?? Infinity) >= car.weight;
  return { forward: isPassable("forward"), backward: isPassable("backward") };
}
