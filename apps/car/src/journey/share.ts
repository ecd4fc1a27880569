import type { RouteSummary, Settings } from "@caravan/link";

/** Where the car goes and when it is there, in the words of who sends it; `arrival` in UTC ms, said in the machine's own time. */
export function shareText(
  language: Settings["language"],
  to: RouteSummary["to"],
  arrival: number,
  timeZone?: string,
): string {
  const time = new Intl.DateTimeFormat(language === "zh-CN" ? "zh-CN" : "en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(arrival);
  const point = `https://www.openstreetmap.org/?mlat=${to.lat.toFixed(5)}&mlon=${to.lon.toFixed(5)}`;
  return language === "zh-CN"
    ? `我正在前往${to.name}，预计 ${time} 到达。${point}`
    : `On my way to ${to.name}, arriving at about ${time}. ${point}`;
}
