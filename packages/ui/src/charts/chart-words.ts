import { createWords } from "../words.ts";

export const chartWords = createWords({
  en: {
    summary: (v: { label: string; last: string; low: string; high: string }) =>
      `${v.label}: last ${v.last}, lowest ${v.low}, highest ${v.high}.`,
    help: "Arrow keys read single values.",
    whole: "Show all",
  },
  "zh-CN": {
    summary: (v) => `${v.label}：最新 ${v.last}，最低 ${v.low}，最高 ${v.high}。`,
    help: "使用方向键逐点查看数值。",
    whole: "显示全部",
  },
});
