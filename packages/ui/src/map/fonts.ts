/** Fonts of the page's own style sheets, in the shape of a style's `font-faces`. */
export type FontFaces = Record<string, { url: string; "unicode-range": string[] }[]>;

const firstIdeograph = 0x2e_80;

/** Ranges of a `unicode-range` that hold Chinese; Latin is drawn by the stack itself, where it has a weight. */
export function chineseRanges(unicodeRange: string): string[] {
  return unicodeRange
    .split(",")
    .map((range) => range.trim())
    .filter((range) => Number.parseInt(range.replace(/^U\+/i, ""), 16) >= firstIdeograph);
}

/** The web fonts of `family` that the page has, so that the map draws Chinese with the same files as the rest of the screen. */
export function fontFacesOfPage(family: string): FontFaces {
  const faces: { url: string; "unicode-range": string[] }[] = [];
  for (const sheet of document.styleSheets) {
    // A foreign sheet (a browser extension's) may not be read; it has none of our fonts.
    if (sheet.href !== null && new URL(sheet.href).origin !== location.origin) continue;
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSFontFaceRule)) continue;
      if (rule.style.getPropertyValue("font-family").replaceAll(/["']/g, "") !== family) continue;
      const url = /url\(["']?([^"')]+)/.exec(rule.style.getPropertyValue("src"))?.[1];
      const ranges = chineseRanges(rule.style.getPropertyValue("unicode-range"));
      if (url === undefined || ranges.length === 0) continue;
      faces.push({ url: new URL(url, sheet.href ?? location.href).href, "unicode-range": ranges });
    }
  }
  return { [family]: faces };
}

/** Glyphs are drawn once and kept, so the Latin fonts must be there before the first one. */
export async function loadLatin(): Promise<void> {
  await Promise.all([500, 600].map((weight) => document.fonts.load(`${weight} 20px "Inter Variable"`, "Aåł")));
}
