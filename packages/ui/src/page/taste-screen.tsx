import { useState, type ReactElement, type ReactNode } from "react";
import { ScreenProvider } from "../screen.tsx";
import type { ScreenKind } from "../tokens.ts";
import { keepTaste, readTaste, type Taste } from "./taste.ts";
import { useDeviceLook } from "./use-device-look.ts";

/** A page dressed by the taste that this browser keeps under `tasteKey`; `children` get it, and the way to change it. */
export function TasteScreen(props: {
  readonly screen: ScreenKind;
  readonly tasteKey: string;
  readonly children: (taste: Taste, onTaste: (taste: Taste) => void) => ReactNode;
}): ReactElement {
  const { screen, tasteKey, children } = props;
  const [taste, setTaste] = useState(() => readTaste(tasteKey));
  const deviceLook = useDeviceLook();
  const change = (next: Taste) => {
    setTaste(next);
    keepTaste(tasteKey, next);
  };
  return (
    <ScreenProvider
      screen={screen}
      look={taste.look === "device" ? deviceLook : taste.look}
      language={taste.language}
      units={taste.units}
    >
      {children(taste, change)}
    </ScreenProvider>
  );
}
