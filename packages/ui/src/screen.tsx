import { createContext, useContext, useLayoutEffect, useMemo, type ReactElement, type ReactNode } from "react";
import { createFormats, type Formats, type Units } from "./format.ts";
import type { Language } from "./words.ts";
import type { Look, ScreenKind } from "./tokens.ts";

/** What every control may ask about the screen it is on. */
export interface ScreenFacts {
  readonly screen: ScreenKind;
  readonly look: Look;
  readonly language: Language;
  readonly units: Units;
  readonly formats: Formats;
}

const Screen = createContext<ScreenFacts>({
  screen: "cockpit",
  look: "night",
  language: "en",
  units: "metric",
  formats: createFormats({ language: "en", units: "metric" }),
});

/** Dresses the whole page: sizes by `screen`, colours by `look`, words and figures by `language` and `units`. Changing any needs no reload. */
export function ScreenProvider(props: {
  readonly screen: ScreenKind;
  readonly look: Look;
  readonly language: Language;
  readonly units: Units;
  readonly children: ReactNode;
}): ReactElement {
  const { screen, look, language, units } = props;
  useLayoutEffect(() => {
    const root = document.documentElement;
    root.dataset["screen"] = screen;
    root.dataset["look"] = look;
    root.lang = language;
  }, [screen, look, language]);
  const facts = useMemo(
    () => ({ screen, look, language, units, formats: createFormats({ language, units }) }),
    [screen, look, language, units],
  );
  return <Screen value={facts}>{props.children}</Screen>;
}

/** The screen this component is on. */
export function useScreen(): ScreenFacts {
  return useContext(Screen);
}
