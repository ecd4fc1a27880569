import type { AlertKind, GuideWords } from "./words.ts";

/** 2 before a measure word is 两, never 二. */
const counted = (count: number, unit: string) => `${count === 2 ? "两" : count}${unit}`;

const fractions: Readonly<Record<string, string>> = { 0.25: "四分之一英里", 0.5: "半英里", 0.75: "四分之三英里" };

const alerts: Readonly<Record<AlertKind, string>> = {
  camera: "有测速摄像头",
  "rail-crossing": "有铁路道口",
  works: "道路施工",
  closure: "道路封闭",
  accident: "有交通事故",
  hazard: "路面有障碍",
  "limit-drop": "限速",
};

const newRoutes = {
  rerouted: "已重新规划路线",
  closure: "前方道路封闭，已重新规划路线",
  faster: "已重新规划路线，避开拥堵",
} as const;

const sides = { left: "左侧", right: "右侧", middle: "中间" } as const;
const places = { stop: "途经点", charge: "充电站", destination: "目的地" } as const;

function placeName(kind: keyof typeof places, name: string): string {
  if (name === "") return places[kind];
  return kind === "charge" && !name.includes("充电") ? `充电站${name}` : name;
}

/** After "300米后" the texts' own "前方" (ahead) would say it twice. */
const withoutAhead = (instruction: string) => instruction.replace(/^前方/, "");

export const chineseWords: GuideWords = {
  metres: (metres) => counted(metres, "米"),
  kilometres: (kilometres) => counted(kilometres, "公里"),
  feet: (feet) => counted(feet, "英尺"),
  miles: (miles) => fractions[miles] ?? counted(miles, "英里"),
  inDistance: (distance, instruction) => `${distance}后${withoutAhead(instruction)}`,
  linked: (first, second, isAtOnce) => `${first}，随后${isAtOnce ? "立即" : ""}${withoutAhead(second)}`,
  linkedBy: (first, distance, second) => `${first}，${distance}后${withoutAhead(second)}`,
  followRoad: (way, distance) => (way === "" ? `继续行驶${distance}` : `沿${way}继续行驶${distance}`),
  lanes: ({ side, count }) => `请走${sides[side]}${counted(count, "条")}车道`.replace("1条", ""),
  sentences: (first, second) => `${first}，${second}`,
  side: (side) => (side === "straight" ? "" : `在道路${sides[side]}`),
  arriveSoon: (kind, name, side) => [`到达${placeName(kind, name)}`, side].filter(Boolean).join("，"),
  arriveNow: (kind, name, side) => [`您已到达${placeName(kind, name)}`, side].filter(Boolean).join("，"),
  charge: (minutes, percent) => `充电${counted(minutes, "分钟")}，充至百分之${percent}`,
  newRoute: (why) => newRoutes[why],
  fasterWay: (minutes, why) =>
    why === "closure" ? "前方道路封闭，已找到其他路线" : `已找到更快的路线，可节省${counted(minutes, "分钟")}`,
  overspeed: (limit, unit) => `此处限速${limit}${unit === "mph" ? "英里" : ""}`,
  alert: (kind, distance, limit) =>
    kind === "limit-drop" ? `${distance}后限速${limit}` : `前方${distance}${alerts[kind]}`,
  positionLost: "无法确定当前位置",
  noRoute: "当前没有路线",
};
