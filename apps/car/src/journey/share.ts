import type { RouteSummary, Settings } from "@caravan/link";

/** Where the car goes and when it is there, in the words of who sends it; `arrival` in the time of the place where the car is. */
export function shareText(
  language: Settings["language"],
  to: RouteSummary["to"],
  arrival: { readonly hours: number; readonly minutes: number },
): string {
  const time = [arrival.hours, arrival.minutes].map((part) => String(part).padStart(2, "0")).join(":");
  const point = `https://www.openstreetmap.org/?mlat=${to.lat.toFixed(5)}&mlon=${to.lon.toFixed(5)}`;
  return language === "zh-CN"
    ? `我正在前往${to.name}，预计 ${time} 到达。${point}`
    : `On my way to ${to.name}, arriving at about ${time}. ${point}`;
}
