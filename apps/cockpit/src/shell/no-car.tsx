import { Icon, useScreen } from "@caravan/ui";
import { useEffect, useState, type ReactElement } from "react";
import { useCarState } from "../car/context.tsx";
import { useSay } from "../words/words.ts";

/** A blink of the line is not worth a word. */
const calmMs = 1_200;
/** So short that its length says nothing. */
const shortMs = 10_000;

/** Says calmly that the car cannot be heard, and for how long already. */
export function NoCar(): ReactElement | null {
  const link = useCarState((state) => state.link);
  return link === "open" ? null : <NoCarWords key={link} />;
}

function NoCarWords(): ReactElement | null {
  const say = useSay();
  const { formats } = useScreen();
  const lostAt = useCarState((state) => state.lostAt);
  const isKnown = useCarState((state) => state.car !== undefined);
  const [since] = useState(() => Date.now());
  const [now, setNow] = useState(since);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const isPatient = now - since < calmMs;
  if (isPatient && isKnown) return null;
  const words = (heardAt: number) =>
    now - heardAt < shortMs ? say.noCarTrying : say.noCarAge({ age: formats.age(heardAt, now) });
  return (
    <div className="no-car" role="alert">
      <Icon name={isPatient ? "car" : "offline"} size="120px" />
      <h1>{isPatient ? say.starting : say.noCar}</h1>
      {isPatient ? null : <p className="quiet">{lostAt === undefined ? say.noCarYet : words(lostAt)}</p>}
    </div>
  );
}
