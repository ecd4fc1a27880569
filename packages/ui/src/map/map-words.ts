import { createWords } from "../words.ts";

export const mapWords = createWords({
  en: {
    map: "Map",
    noMap: "No map picture here",
    noWebgl: "This browser has no WebGL 2, which the map is drawn with. Everything else works.",
    notLoaded: "The map could not be loaded. Reload the page to try again.",
  },
  "zh-CN": {
    map: "地图",
    noMap: "无法显示地图",
    noWebgl: "此浏览器不支持绘制地图所需的 WebGL 2，其他功能均可正常使用。",
    notLoaded: "地图加载失败，请刷新页面重试。",
  },
});
