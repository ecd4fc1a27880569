import { Icon, Stepper, useScreen, type IconName } from "@caravan/ui";
import { useEffect, useEffectEvent, useRef, useState, type ReactElement, type ReactNode } from "react";
import { shownNumber, useActuator } from "../car/actuator.ts";
import { useCar, useCarState } from "../car/context.tsx";
import { paths } from "../paths.ts";
import { errorSentence } from "../words/why.ts";
import { useSay } from "../words/words.ts";
import { useLayout } from "./layout.ts";
import { useNotices } from "./notices.tsx";

/** What can slide over the far side of the map. */
export type SheetName = "search" | "trips" | "car" | "settings" | "route" | "stop";

const fanStep = 20;
const volumeStep = 5;
/** Set temperatures that cars offer, °C; VSS itself names no limits. */
const coolest = 16;
const warmest = 28;

const places: readonly {
  readonly name: "search" | "trips" | "car" | "settings";
  readonly icon: IconName;
  readonly key: string;
}[] = [
  { name: "search", icon: "search", key: "s" },
  { name: "trips", icon: "trip", key: "t" },
  { name: "car", icon: "car", key: "c" },
  { name: "settings", icon: "settings", key: "," },
];

/** The bar that is always there: places, climate in the middle, sound. */
export function Dock(props: {
  readonly sheet: SheetName | undefined;
  readonly onSheet: (sheet: SheetName | undefined) => void;
}): ReactElement {
  const say = useSay();
  return (
    <nav className="dock" aria-label={say.dock}>
      <div className="dock-places">
        <DockPlace
          icon="map"
          label={say.mapLabel}
          shortcut="m"
          isHere={props.sheet === undefined}
          onPress={() => props.onSheet(undefined)}
        />
        {places.map(({ name, icon, key }) => (
          <DockPlace
            key={name}
            icon={icon}
            label={say[name]}
            shortcut={key}
            isHere={props.sheet === name}
            onPress={() => props.onSheet(props.sheet === name ? undefined : name)}
          />
        ))}
      </div>
      <Temperature />
      <div className="dock-end">
        <Fan />
        <Volume />
      </div>
    </nav>
  );
}

function DockPlace(props: {
  readonly icon: IconName;
  readonly label: string;
  readonly shortcut: string;
  readonly isHere: boolean;
  readonly onPress: () => void;
}): ReactElement {
  return (
    <button
      type="button"
      className="dock-place"
      aria-current={props.isHere}
      aria-keyshortcuts={props.shortcut}
      onClick={props.onPress}
    >
      <Icon name={props.icon} />
      <span>{props.label}</span>
    </button>
  );
}

function Temperature(): ReactElement | null {
  const say = useSay();
  const { formats } = useScreen();
  const actuator = useActuator(paths.setTemperature);
  if (actuator.value === undefined) return null;
  return (
    <div className="dock-climate" data-pending={actuator.asked !== undefined}>
      <Stepper
        label={say.setTemperature}
        value={shownNumber(actuator)}
        min={coolest}
        max={warmest}
        step={0.5}
        format={(value) => `${formats.temperatureFigure(value, 1).value}°`}
        onChange={actuator.set}
        lessLabel={say.cooler}
        moreLabel={say.warmer}
      />
    </div>
  );
}

function Fan(): ReactElement | null {
  const say = useSay();
  const actuator = useActuator(paths.fan);
  const shown = shownNumber(actuator);
  if (actuator.value === undefined) return null;
  const level = (value: number) => (value === 0 ? say.fanOff : String(Math.round(value / fanStep)));
  return (
    <Amount icon="fan" label={say.fan} shown={shown === undefined ? "–" : level(shown)}>
      <Stepper
        label={say.fan}
        value={shown === undefined ? undefined : Math.round(shown / fanStep) * fanStep}
        min={0}
        max={100}
        step={fanStep}
        format={level}
        onChange={actuator.set}
        lessLabel={say.fanLess}
        moreLabel={say.fanMore}
      />
    </Amount>
  );
}

/** Kept for the person by the car, and set on its amplifier where the car has one. */
function Volume(): ReactElement {
  const say = useSay();
  const car = useCar();
  const notify = useNotices();
  const amplifier = useActuator(paths.volume);
  const kept = useCarState((state) => state.settings.volume);
  const person = useCarState((state) => state.person.id);
  const heard = useRef(person);
  const percent = Math.round(shownNumber(amplifier) ?? kept * 100);
  const turnToKept = useEffectEvent(() => {
    if (amplifier.value !== undefined) amplifier.set(Math.round(kept * 100));
  });
  // Another person hears it as loud as that person left it.
  useEffect(() => {
    const before = heard.current;
    heard.current = person;
    if (before !== "" && before !== person) turnToKept();
  }, [person]);
  const set = (value: number) => {
    if (amplifier.value !== undefined) amplifier.set(value);
    void car.change({ volume: value / 100 }).then((answer) => {
      if (answer.kind === "failed") notify({ text: errorSentence(say, answer), tone: "caution" });
    });
  };
  return (
    <Amount icon={percent === 0 ? "mute" : "volume"} label={say.volume} shown={String(percent)}>
      <Stepper
        label={say.volume}
        value={percent}
        min={0}
        max={100}
        step={volumeStep}
        format={String}
        onChange={set}
        lessLabel={say.quieter}
        moreLabel={say.louder}
      />
    </Amount>
  );
}

/** A stepper in the bar, or behind one button where the bar is short. */
function Amount(props: {
  readonly icon: IconName;
  readonly label: string;
  readonly shown: string;
  readonly children: ReactNode;
}): ReactElement {
  const { isWide } = useLayout();
  const [isOpen, setIsOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    const close = (event: Event) => {
      const inside = event.target instanceof Node && box.current?.contains(event.target) === true;
      if (!inside || (event instanceof KeyboardEvent && event.key === "Escape")) setIsOpen(false);
    };
    document.addEventListener("pointerdown", close);
    document.addEventListener("keydown", close);
    return () => {
      document.removeEventListener("pointerdown", close);
      document.removeEventListener("keydown", close);
    };
  }, [isOpen]);
  if (isWide) {
    return (
      <div className="dock-amount">
        <Icon name={props.icon} />
        {props.children}
      </div>
    );
  }
  return (
    <div className="dock-amount" ref={box}>
      <button
        type="button"
        className="dock-place"
        aria-expanded={isOpen}
        aria-label={`${props.label} ${props.shown}`}
        onClick={() => setIsOpen(!isOpen)}
      >
        <Icon name={props.icon} />
        <span className="ui-figure">{props.shown}</span>
      </button>
      {isOpen ? <div className="card dock-popover">{props.children}</div> : null}
    </div>
  );
}
