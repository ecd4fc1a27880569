import type { GuideLanguage } from "./texts.ts";

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Characters that XML 1.0 has no place for, section 2.2. */
const notXml = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** A sentence as a document of SSML 1.1 (W3C recommendation of 2010); names from the map are escaped. */
export function ssmlOf(language: GuideLanguage, text: string): string {
  const escaped = text.replace(notXml, "").replace(/[&<>"']/g, (character) => escapes[character] ?? "");
  return `<speak version="1.1" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="${language}">${escaped}</speak>`;
}
