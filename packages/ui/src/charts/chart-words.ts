import { createWords } from "../words.ts";

export const chartWords = createWords({
  en: {
    summary: (v: { label: string; last: string; low: string; high: string }) =>
      `${v.label}: last ${v.last}, lowest ${v.low}, highest ${v.high}.`,
    help: "Arrow keys read single values.",
    moveHelp: "Shift with an arrow moves, plus and minus zoom, a drag with the mouse zooms into what it spans.",
  },
  "zh-CN": {
    summary: (v) => `${v.label}：最新 ${v.last}，最低 ${v.low}，最高 ${v.high}。`,
    help: "使用方向键逐点查看数值。",
    moveHelp: "Shift 加方向键平移，加减号缩放，拖动鼠标可放大所选区间。",
  },
});
