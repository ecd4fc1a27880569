import { colours, fontFamily, motion, sizes } from "./tokens.ts";

const dashed = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const block = (selector: string, prefix: string, values: Readonly<object>, unit = ""): string =>
  `${selector} {\n${Object.entries(values)
    .map(([name, value]) => `  --${prefix}${dashed(name)}: ${String(value).toLowerCase()}${unit};\n`)
    .join("")}}\n`;

/** The tokens as CSS custom properties: colours on `data-look`, sizes on `data-screen`. */
export function tokensCss(): string {
  return [
    "/* Made from tokens.ts by `node packages/ui/make-tokens.ts`; a test compares them. */\n",
    `:root {\n  --font: ${fontFamily};\n  --quick: ${motion.quickMs}ms;\n  --calm: ${motion.calmMs}ms;\n  --ease: cubic-bezier(0.2, 0, 0, 1);\n}\n`,
    block(':root,\n[data-look="night"]', "", colours.night),
    block('[data-look="day"]', "", colours.day),
    block(':root,\n[data-screen="cockpit"]', "size-", sizes.cockpit, "px"),
    block('[data-screen="phone"]', "size-", sizes.phone, "px"),
    block('[data-screen="console"]', "size-", sizes.console, "px"),
  ].join("\n");
}
