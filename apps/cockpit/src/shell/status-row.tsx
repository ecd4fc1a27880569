import { Icon, useScreen } from "@caravan/ui";
import { useEffect, useState, type ReactElement } from "react";
import { useCarState, useNumber } from "../car/context.tsx";
import { paths } from "../paths.ts";
import { useSay } from "../words/words.ts";

const minuteMs = 60_000;

/** The minute on the wall; renders again once a minute. */
export function useMinute(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const wait = () => {
      timer = setTimeout(tick, minuteMs - (Date.now() % minuteMs) + 20);
    };
    const tick = () => {
      setNow(Date.now());
      wait();
    };
    wait();
    return () => clearTimeout(timer);
  }, []);
  return now;
}

/** Clock, outside temperature, cloud link and who is driving. */
export function StatusRow(props: { readonly onPerson: () => void }): ReactElement {
  const say = useSay();
  const { formats } = useScreen();
  const now = useMinute();
  const outside = useNumber(paths.outside);
  const online = useCarState((state) => state.online);
  const person = useCarState((state) => state.person);
  const name = person.name === "" ? say.driver : person.name;
  return (
    <section className="card status-row" aria-label={say.status}>
      <time className="ui-figure" dateTime={new Date(now).toISOString()}>
        {formats.clock(now)}
      </time>
      {outside === undefined ? null : (
        <span
          className="ui-figure quiet"
          aria-label={say.outside({ temperature: formats.temperature(outside) })}
          role="img"
        >
          {formats.temperature(outside)}
        </span>
      )}
      <span className={online ? "link-on" : "quiet"}>
        <Icon name={online ? "cloud" : "offline"} label={online ? say.cloudOn : say.cloudOff} />
      </span>
      <button type="button" className="status-person" aria-label={say.personNow({ name })} onClick={props.onPerson}>
        <Icon name="person" />
        <span>{name}</span>
      </button>
    </section>
  );
}
