import { createWords } from "@caravan/ui";

/** What the console says of a car's link: what it sends, what its people allow, what did not come, and files of it all. */
export const words = createWords({
  en: {
    loading: "Loading…",
    failed: "That could not be loaded.",
    retry: "Try again",
    campaigns: "What it sends",
    noCampaigns: "Nothing: this car is in no campaign.",
    consents: "What its owner allows",
    carRefuses: "Refused in the car",
    notDone: "That could not be changed. Check the connection and try again.",
    gaps: "Gaps of the last 30 days",
    noGaps: "None: every batch came.",
    gapKind: (v: { kind: string }): string =>
      v.kind === "lost" ? "Lost in the car" : v.kind === "filled" ? "Came later" : "Still waited for",
    batches: (v: { count: number }): string => (v.count === 1 ? "1 batch" : `${v.count} batches`),
    export: "All of it, as a file",
    day: "24 hours",
    week: "7 days",
    month: "31 days",
    span: "Time span",
  },
  "zh-CN": {
    loading: "正在加载…",
    failed: "未能加载。",
    retry: "重试",
    campaigns: "上报内容",
    noCampaigns: "无：该车未加入任何采集任务。",
    consents: "车主授权",
    carRefuses: "车内已拒绝",
    notDone: "未能修改，请检查网络后重试。",
    gaps: "近 30 天的数据缺口",
    noGaps: "无：所有数据均已收到。",
    gapKind: (v) => (v.kind === "lost" ? "车内已舍弃" : v.kind === "filled" ? "已补传" : "等待补传"),
    batches: (v) => `${v.count} 批`,
    export: "导出全部数据",
    day: "24 小时",
    week: "7 天",
    month: "31 天",
    span: "时间范围",
  },
});
