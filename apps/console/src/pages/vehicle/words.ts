import { createWords } from "@caravan/ui";
import type { VehicleView } from "../../address.ts";

const viewsEn: Readonly<Record<VehicleView, string>> = {
  signals: "Signals",
  charts: "Charts",
  trips: "Trips",
  sources: "Sources",
  link: "Link",
};
const viewsZh: Readonly<Record<VehicleView, string>> = {
  signals: "信号",
  charts: "曲线",
  trips: "行程",
  sources: "数据来源",
  link: "数据链路",
};

/** What the page of one car says around its views. */
export const words = createWords({
  en: {
    back: "Fleet",
    views: "Views of the car",
    view: (v: { view: VehicleView }): string => viewsEn[v.view],
    online: "Online",
    offline: "Offline",
    unknown: "No news",
    asOf: (v: { age: string }) => `as of ${v.age}`,
    momentAgo: "a moment ago",
    loading: "Loading the car…",
    unknownCar: "This car is not in your fleet",
    unknownCarText: "It may have been removed, or belongs to another account.",
    retry: "Try again",
  },
  "zh-CN": {
    back: "车队",
    views: "车辆视图",
    view: (v) => viewsZh[v.view],
    online: "在线",
    offline: "离线",
    unknown: "暂无消息",
    asOf: (v) => `${v.age}的数据`,
    momentAgo: "刚才",
    loading: "正在加载车辆…",
    unknownCar: "车队中没有这辆车",
    unknownCarText: "它可能已被移除，或属于其他账户。",
    retry: "重试",
  },
});
