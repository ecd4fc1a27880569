import type { FoundPlace, PlaceCategory } from "@caravan/link";
import type { IconName } from "@caravan/ui";
import type { Say } from "../../words/words.ts";

/** In the order in which a driver needs them. Written out, since importing link's list would ship the schemas of all messages. */
export const categories = [
  "charging",
  "parking",
  "coffee",
  "food",
  "groceries",
  "fuel",
  "hotel",
  "pharmacy",
  "hospital",
  "toilets",
  "cash",
  "sights",
] as const satisfies readonly PlaceCategory[];

export const categoryIcon = (category: PlaceCategory): IconName => (category === "charging" ? "charge" : category);

export function categoryWord(say: Say, category: PlaceCategory): string {
  return {
    charging: say.categoryCharging,
    parking: say.categoryParking,
    coffee: say.categoryCoffee,
    food: say.categoryFood,
    groceries: say.categoryGroceries,
    fuel: say.categoryFuel,
    hotel: say.categoryHotel,
    pharmacy: say.categoryPharmacy,
    hospital: say.categoryHospital,
    toilets: say.categoryToilets,
    cash: say.categoryCash,
    sights: say.categorySights,
  }[category];
}

const kindIcons: Readonly<Record<string, IconName>> = { street: "street", crossing: "crossing", address: "home" };

/** The sign of what was found. */
export const foundIcon = ({ category, kind }: Pick<FoundPlace, "category" | "kind">): IconName =>
  category === undefined ? (kindIcons[kind] ?? "pin") : categoryIcon(category);

/** What was found, in a word, where it has no detail of its own. */
export function foundWord(say: Say, { category, kind }: Pick<FoundPlace, "category" | "kind">): string {
  if (category !== undefined) return categoryWord(say, category);
  switch (kind) {
    case "street":
      return say.kindStreet;
    case "crossing":
      return say.kindCrossing;
    case "address":
      return say.kindAddress;
    case "point":
      return say.kindPoint;
    default:
      return "";
  }
}
