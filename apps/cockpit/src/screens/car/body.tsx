import { Button, ListRow, Portrait, Segmented, useScreen, type IconName, type PortraitState } from "@caravan/ui";
import { useState, type ReactElement } from "react";
import { useCar, useCarState, useFlag, useNumber } from "../../car/context.tsx";
import { doorLocked, doorOpen, paths, seats, windowPosition, type Seat } from "../../paths.ts";
import { useLayout } from "../../shell/layout.ts";
import { useNotices } from "../../shell/notices.tsx";
import { errorSentence, whySentence } from "../../words/why.ts";
import { useSay, type Say } from "../../words/words.ts";
import { FlagRow, StepRow } from "./controls.tsx";

const seatWord = (say: Say, seat: Seat): string =>
  ({
    "Row1.DriverSide": say.frontDriver,
    "Row1.PassengerSide": say.frontPassenger,
    "Row2.DriverSide": say.rearDriver,
    "Row2.PassengerSide": say.rearPassenger,
  })[seat];

const parts = ["doors", "windows", "lights"] as const;
type Part = (typeof parts)[number];
/** Percent of a window's way with one touch. */
const windowStep = 25;

/** Locks, doors, boot, windows and lights, with the car drawn as it stands. */
export function BodyPage(props: { readonly isRestricted: boolean }): ReactElement {
  const say = useSay();
  const layout = useLayout();
  const [part, setPart] = useState<Part>(props.isRestricted ? "windows" : "doors");
  const why = props.isRestricted ? say.whyMoving : undefined;
  const rows = {
    doors: <Doors why={why} />,
    windows: <Windows />,
    lights: <Lights />,
  }[part];
  if (props.isRestricted) {
    return (
      <>
        <Locks />
        <Segmented
          label={say.body}
          choices={parts.map((value) => ({ value, label: say[value] }))}
          value={part}
          onChange={setPart}
        />
        <div className="rows" data-most={layout.rows - 2}>
          {rows}
        </div>
      </>
    );
  }
  return (
    <>
      <div className="body-top">
        <BodyPortrait />
        <div className="body-parts">
          <Locks />
          <div className="body-choice" role="group" aria-label={say.body}>
            {parts.map((value) => (
              <IconRow key={value} part={value} isHere={value === part} onPress={() => setPart(value)} />
            ))}
          </div>
        </div>
      </div>
      <div className="rows">{rows}</div>
    </>
  );
}

const partIcons: Readonly<Record<Part, IconName>> = { doors: "door", windows: "window", lights: "lights" };

function IconRow(props: { readonly part: Part; readonly isHere: boolean; readonly onPress: () => void }): ReactElement {
  const say = useSay();
  return (
    <ListRow icon={partIcons[props.part]} title={say[props.part]} selected={props.isHere} onPress={props.onPress} />
  );
}

function Doors(props: { readonly why: string | undefined }): ReactElement {
  const say = useSay();
  return (
    <>
      {seats.map((seat) => (
        <Door key={seat} seat={seat} why={props.why} />
      ))}
      <FlagRow path={paths.trunkOpen} icon="trunk" label={say.trunk} on={say.open} off={say.closed} why={props.why} />
    </>
  );
}

/** A locked door says so before it is tried. */
function Door(props: { readonly seat: Seat; readonly why: string | undefined }): ReactElement {
  const say = useSay();
  const isLocked = useFlag(doorLocked(props.seat)) === true;
  const isShut = useFlag(doorOpen(props.seat)) === false;
  return (
    <FlagRow
      path={doorOpen(props.seat)}
      icon="door"
      label={seatWord(say, props.seat)}
      on={say.open}
      off={say.closed}
      why={props.why ?? (isLocked && isShut ? say.whyLocked : undefined)}
    />
  );
}

function Windows(): ReactElement {
  const say = useSay();
  const { formats } = useScreen();
  return (
    <>
      {seats.map((seat) => (
        <StepRow
          key={seat}
          path={windowPosition(seat)}
          label={say.windowOf({ seat: seatWord(say, seat) })}
          short={seatWord(say, seat)}
          icon="window"
          min={0}
          max={100}
          step={windowStep}
          format={(value) => (value === 0 ? say.shut : formats.percent(value))}
        />
      ))}
    </>
  );
}

function Lights(): ReactElement {
  const say = useSay();
  return (
    <>
      <FlagRow path={paths.lowBeam} icon="lights" label={say.lowBeam} />
      <FlagRow path={paths.highBeam} icon="lights" label={say.highBeam} />
      <FlagRow path={paths.rearFog} icon="lights" label={say.rearFog} />
      <FlagRow path={paths.hazard} icon="hazard" label={say.hazard} />
      <FlagRow path={paths.dome} icon="brightness" label={say.dome} />
      <Indicators />
    </>
  );
}

/** What the stalk does; nobody sets it by touch. */
function Indicators(): ReactElement | null {
  const say = useSay();
  const left = useFlag(paths.leftIndicator);
  const right = useFlag(paths.rightIndicator);
  if (left === undefined && right === undefined) return null;
  const both = left === true && right === true;
  const one = left === true ? say.indicatorLeft : right === true ? say.indicatorRight : say.off;
  return (
    <p className="line">
      <span className="line-label">{say.indicators}</span>
      <span className="line-value">{both ? say.indicatorBoth : one}</span>
    </p>
  );
}

/** All locks of the car together: the word says how they are, the buttons how they shall be. */
function Locks(): ReactElement | null {
  const say = useSay();
  const car = useCar();
  const notify = useNotices();
  const known = useCarState((state) => {
    const states = seats
      .map((seat) => state.values.get(doorLocked(seat)))
      .filter((value) => typeof value === "boolean");
    if (states.length === 0) return "none";
    if (states.every(Boolean)) return "locked";
    return states.some(Boolean) ? "partly" : "unlocked";
  });
  const [asked, setAsked] = useState<boolean>();
  if (known === "none") return null;
  const set = async (isLocked: boolean) => {
    setAsked(isLocked);
    const has = seats.map(doorLocked).filter((path) => car.store.state().values.has(path));
    const answers = await Promise.all(has.map((path) => car.actuate(path, isLocked)));
    setAsked(undefined);
    for (const answer of answers) {
      if (answer.kind === "failed") {
        notify({ text: errorSentence(say, answer), tone: "caution" });
        return;
      }
      if (answer.value.kind === "refused") {
        notify({ text: whySentence(say, answer.value.why), tone: "caution" });
        return;
      }
    }
  };
  const words = { locked: say.locked, unlocked: say.unlocked, partly: say.partlyLocked }[known];
  return (
    <div className="locks" role="group" aria-label={words}>
      <p className="locks-word" data-locked={known === "locked"}>
        {asked === undefined ? words : say.waitingForCar}
      </p>
      <Button
        wide
        icon={known === "locked" ? "unlock" : "lock"}
        busy={asked !== undefined}
        onPress={() => void set(known !== "locked")}
      >
        {known === "locked" ? say.unlockAll : say.lockAll}
      </Button>
    </div>
  );
}

/** Drops what is not known: a missing value is drawn as missing, not as closed. */
const known = <Key extends string, Value>(key: Key, value: Value | undefined): Partial<Record<Key, Value>> => {
  const out: Partial<Record<Key, Value>> = {};
  if (value !== undefined) out[key] = value;
  return out;
};

function BodyPortrait(): ReactElement {
  const say = useSay();
  const driverSide = useCarState((state) => state.settings.driverSide);
  const driver = { open: useFlag(doorOpen(seats[0])), window: useNumber(windowPosition(seats[0])) };
  const passenger = { open: useFlag(doorOpen(seats[1])), window: useNumber(windowPosition(seats[1])) };
  const behindDriver = { open: useFlag(doorOpen(seats[2])), window: useNumber(windowPosition(seats[2])) };
  const behindPassenger = { open: useFlag(doorOpen(seats[3])), window: useNumber(windowPosition(seats[3])) };
  const isLeft = driverSide === "left";
  const [frontLeft, frontRight] = isLeft ? [driver, passenger] : [passenger, driver];
  const [rearLeft, rearRight] = isLeft ? [behindDriver, behindPassenger] : [behindPassenger, behindDriver];
  const lockStates = [useFlag(doorLocked(seats[0])), useFlag(doorLocked(seats[1]))];
  const isLocked = lockStates.includes(undefined) ? undefined : lockStates.every(Boolean);
  const state: PortraitState = {
    doors: {
      ...known("frontLeft", frontLeft.open),
      ...known("frontRight", frontRight.open),
      ...known("rearLeft", rearLeft.open),
      ...known("rearRight", rearRight.open),
    },
    windows: {
      ...known("frontLeft", frontLeft.window),
      ...known("frontRight", frontRight.window),
      ...known("rearLeft", rearLeft.window),
      ...known("rearRight", rearRight.window),
    },
    ...known("trunkOpen", useFlag(paths.trunkOpen)),
    ...known("locked", isLocked),
    ...known("headlightsOn", useFlag(paths.lowBeam)),
    ...known("highBeamOn", useFlag(paths.highBeam)),
    ...known("hazardOn", useFlag(paths.hazard)),
    ...known("charge", useNumber(paths.charge)),
    ...known("charging", useFlag(paths.isCharging)),
    driverSide,
  };
  return (
    <div className="body-portrait">
      <Portrait state={state} label={say.car} />
    </div>
  );
}
