import { writeFileSync } from "node:fs";
import { tokensCss } from "./src/tokens-css.ts";

// Run by hand after a change of tokens.ts: `node packages/ui/make-tokens.ts`.
writeFileSync(new URL("src/tokens.css", import.meta.url), tokensCss());
