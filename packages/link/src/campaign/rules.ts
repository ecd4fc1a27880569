import type { Signal } from "@caravan/signals";
import type { CampaignRule } from "./terms.ts";

/** Is it a number that a sensor measures, rather than a switch, a text, or something somebody sets? */
function isMeasured({ kind, datatype }: Pick<Signal, "kind" | "datatype">): boolean {
  return kind === "sensor" && datatype !== "boolean" && datatype !== "string" && !datatype.endsWith("[]");
}

/** Does the pattern name this path: exactly, by a branch with `.*` behind it, or with `*` for one name in between? */
export function matchesPath(pattern: string, path: string): boolean {
  const wanted = pattern.split(".");
  const names = path.split(".");
  const isBranch = wanted.at(-1) === "*";
  if (isBranch ? names.length < wanted.length : names.length !== wanted.length) return false;
  return wanted.every((name, index) => name === "*" || name === names[index]);
}

/** The first rule that fits this signal, or undefined where the campaign does not want it. */
export function ruleFor(
  rules: readonly CampaignRule[],
  signal: Pick<Signal, "path" | "kind" | "datatype">,
): CampaignRule | undefined {
  const rule = rules.find(
    ({ match, only }) => matchesPath(match, signal.path) && (only === undefined || isMeasured(signal)),
  );
  return rule?.never === true ? undefined : rule;
}
