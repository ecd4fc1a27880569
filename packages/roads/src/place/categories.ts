import type { Tags } from "../import/map-data.ts";
import { fold } from "./fold.ts";

interface Category {
  /** `key=value` of OpenStreetMap. */
  readonly tags: readonly string[];
  /** What people type when they look for one, in English and Chinese. */
  readonly words: readonly string[];
}

/** What drivers look for on the way, in the order the screens offer it. */
const categories = {
  charging: {
    tags: ["amenity=charging_station"],
    words: ["charging", "charger", "charging station", "ev charging", "supercharger", "充电", "充电站", "充电桩"],
  },
  parking: {
    tags: ["amenity=parking", "amenity=parking_entrance"],
    words: ["parking", "car park", "parking garage", "parking lot", "停车", "停车场", "车库"],
  },
  coffee: {
    tags: ["amenity=cafe", "shop=coffee"],
    words: ["coffee", "cafe", "coffee shop", "espresso", "咖啡", "咖啡馆", "咖啡店", "咖啡厅"],
  },
  food: {
    tags: ["amenity=restaurant", "amenity=fast_food", "amenity=food_court"],
    words: [
      "food",
      "restaurant",
      "eat",
      "lunch",
      "dinner",
      "fast food",
      "餐厅",
      "餐馆",
      "饭店",
      "美食",
      "快餐",
      "吃饭",
    ],
  },
  groceries: {
    tags: ["shop=supermarket", "shop=convenience", "shop=greengrocer", "shop=bakery"],
    words: ["groceries", "supermarket", "grocery", "convenience store", "超市", "便利店", "买菜"],
  },
  fuel: {
    tags: ["amenity=fuel"],
    words: ["fuel", "gas", "gas station", "petrol", "petrol station", "filling station", "加油", "加油站"],
  },
  hotel: {
    tags: ["tourism=hotel", "tourism=motel", "tourism=hostel", "tourism=guest_house"],
    words: ["hotel", "motel", "hostel", "酒店", "宾馆", "旅馆", "旅店"],
  },
  pharmacy: { tags: ["amenity=pharmacy", "shop=chemist"], words: ["pharmacy", "chemist", "drugstore", "药店", "药房"] },
  hospital: {
    tags: ["amenity=hospital", "amenity=clinic"],
    words: ["hospital", "emergency", "clinic", "医院", "急诊", "诊所"],
  },
  toilets: { tags: ["amenity=toilets"], words: ["toilets", "toilet", "restroom", "wc", "厕所", "洗手间", "卫生间"] },
  cash: { tags: ["amenity=atm", "amenity=bank"], words: ["cash", "atm", "bank", "取款机", "银行", "提款机"] },
  sights: {
    tags: ["tourism=attraction", "tourism=museum", "tourism=viewpoint", "tourism=gallery", "amenity=theatre"],
    words: ["sights", "museum", "attraction", "viewpoint", "sightseeing", "景点", "博物馆", "观景"],
  },
} as const satisfies Readonly<Record<string, Category>>;

/** What kind of place it is, as a driver looks for one. */
export type PlaceCategory = keyof typeof categories;

function isCategory(name: string): name is PlaceCategory {
  return Object.hasOwn(categories, name);
}

/** All categories, in the order they are offered. */
export const placeCategories: readonly PlaceCategory[] = Object.keys(categories).filter(isCategory);

const categoryOfTag = new Map<string, PlaceCategory>(
  placeCategories.flatMap((name) => categories[name].tags.map((tag) => [tag, name] as const)),
);
const categoryOfWord = new Map<string, PlaceCategory>(
  placeCategories.flatMap((name) => categories[name].words.map((word) => [fold(word), name] as const)),
);
const categoryKeys = ["amenity", "shop", "tourism"] as const;

/** The category of a tagged place, and the tag's value, which is the map's own word for it. */
export function categoryOf(tags: Tags): { readonly category: PlaceCategory; readonly kind: string } | undefined {
  for (const key of categoryKeys) {
    const kind = tags.get(key) ?? "";
    const category = categoryOfTag.get(`${key}=${kind}`);
    if (category !== undefined) return { category, kind };
  }
  return undefined;
}

/** The shortest beginning of a category's word that is taken for it; less may be the beginning of anything. */
const shortestBeginning = 4;

/** The category somebody means who types this, whole or begun: "coffee", "coff", "加油站". */
export function categoryMeant(text: string): PlaceCategory | undefined {
  const folded = fold(text).trim().replace(/\s+/g, " ");
  const whole = categoryOfWord.get(folded) ?? categoryOfWord.get(folded.replace(/s$/, ""));
  if (whole !== undefined || folded.length < shortestBeginning) return whole;
  for (const [word, category] of categoryOfWord) if (word.startsWith(folded)) return category;
  return undefined;
}

/** The category of a stored place, undefined for a word that is none. */
export function readCategory(name: unknown): PlaceCategory | undefined {
  return typeof name === "string" && isCategory(name) ? name : undefined;
}
