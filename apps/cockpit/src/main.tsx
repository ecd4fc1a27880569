import { ScreenProvider } from "@caravan/ui";
import type { cockpitProtocol } from "@caravan/link";
import { StrictMode, type ReactElement } from "react";
import { createRoot } from "react-dom/client";
import { Car } from "./car/car.ts";
import { CarProvider, useCarState } from "./car/context.tsx";
import { useLook } from "./shell/look.ts";
import { NoticesProvider } from "./shell/notices.tsx";
import { Shell } from "./shell/shell.tsx";
import "./shell/shell.css";

const address = new URL("/cockpit", window.location.href);
address.protocol = address.protocol === "https:" ? "wss:" : "ws:";

// Written out, since importing it would ship the schemas of all messages; the type keeps both alike.
const protocol: typeof cockpitProtocol = "caravan.cockpit.v1";

const car = new Car({
  open: () => new WebSocket(address, protocol),
  after: (ms, task) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
  now: () => Date.now(),
});

/** The screen in the look, language and units of the person at the wheel. */
function Cockpit(): ReactElement {
  const look = useLook();
  const language = useCarState((state) => state.settings.language);
  const units = useCarState((state) => state.settings.units);
  return (
    <ScreenProvider screen="cockpit" look={look} language={language} units={units}>
      <NoticesProvider>
        <Shell />
      </NoticesProvider>
    </ScreenProvider>
  );
}

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no element #root.");
createRoot(root).render(
  <StrictMode>
    <CarProvider car={car}>
      <Cockpit />
    </CarProvider>
  </StrictMode>,
);
car.start();
