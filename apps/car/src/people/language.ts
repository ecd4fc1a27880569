import type { Settings } from "@caravan/link";

/** The language a machine speaks, from its `LC_ALL` or `LANG`; English where it is none of ours. */
export function languageOf(environment: Readonly<Record<string, string | undefined>>): Settings["language"] {
  const locale = environment["LC_ALL"] ?? environment["LC_MESSAGES"] ?? environment["LANG"] ?? "";
  return /^zh/i.test(locale) ? "zh-CN" : "en";
}
