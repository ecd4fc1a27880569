import type { Settings } from "@caravan/link";
import type { ChargingPlan } from "@caravan/roads/charging";

/** Why the charging stops are what they are, or why the destination cannot be reached, in one or two sentences; undefined where nobody has to charge. */
export function chargingWords(language: Settings["language"], plan: ChargingPlan): string | undefined {
  if (plan.kind === "not-needed") return undefined;
  const words = language === "zh-CN" ? chinese : english;
  if (plan.kind === "impossible") return words.impossible(plan.why.kind);
  const { withoutCharging, charging, detour, caveats } = plan.why;
  const minutes = (seconds: number): number => Math.max(1, Math.round(seconds / 60));
  return [
    words.why(Math.round(withoutCharging)),
    words.cost(minutes(charging), detour < 60 ? undefined : minutes(detour)),
    ...(caveats.includes("cold-battery") ? [words.cold] : []),
  ].join(language === "zh-CN" ? "" : " ");
}

interface Words {
  readonly impossible: (why: Extract<ChargingPlan, { kind: "impossible" }>["why"]["kind"]) => string;
  /** `left`: percent, below 0 where the destination would not be reached. */
  readonly why: (left: number) => string;
  readonly cost: (charging: number, detour: number | undefined) => string;
  readonly cold: string;
}

const english: Words = {
  impossible: (why) =>
    why === "no-charger"
      ? "The battery does not last, and no charger that fits is known here."
      : why === "out-of-reach"
        ? "The battery does not last as far as the nearest charger."
        : "The battery does not last, and no charging stops lead there.",
  why: (left) =>
    left < 0
      ? "The battery does not last to the destination."
      : `Without charging only ${left} % would be left at the destination.`,
  cost: (charging, detour) =>
    `Charging takes ${charging} min${detour === undefined ? "" : `, the way there ${detour} min more`}.`,
  cold: "The battery is cold and charges slowly.",
};

const chinese: Words = {
  impossible: (why) =>
    why === "no-charger"
      ? "电量不足，附近没有已知的适配充电桩。"
      : why === "out-of-reach"
        ? "电量不足以到达最近的充电站。"
        : "电量不足，沿途充电也无法到达。",
  why: (left) => (left < 0 ? "电量不足以到达目的地。" : `不充电的话，到达目的地时仅剩 ${left}%。`),
  cost: (charging, detour) => `充电约 ${charging} 分钟${detour === undefined ? "" : `，绕行约 ${detour} 分钟`}。`,
  cold: "电池温度低，充电较慢。",
};
