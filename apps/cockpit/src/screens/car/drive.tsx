import { Button, ListRow, Segmented, useScreen } from "@caravan/ui";
import type { ReactElement } from "react";
import { shownNumber, shownText, useActuator } from "../../car/actuator.ts";
import { useFlag, useNumber } from "../../car/context.tsx";
import { gearLetter, gears, paths, tyreIsLow, tyrePressure, wheels, type Wheel } from "../../paths.ts";
import { useLayout } from "../../shell/layout.ts";
import { gearChoices } from "../../shell/pedals.tsx";
import { useSay, type Say } from "../../words/words.ts";

const pascalPerKilopascal = 1_000;

const modes = ["ECONOMY", "NORMAL", "SPORT", "SNOW", "RAIN"] as const;
type Mode = (typeof modes)[number];
/** Every car of ours has these three; others are shown when the car is in them. */
const usualModes: readonly string[] = ["ECONOMY", "NORMAL", "SPORT"];
const isMode = (value: string | undefined): value is Mode => modes.some((mode) => mode === value);

const modeWord = (say: Say, mode: Mode): string =>
  ({
    NORMAL: say.modeNormal,
    SPORT: say.modeSport,
    ECONOMY: say.modeEconomy,
    SNOW: say.modeSnow,
    RAIN: say.modeRain,
  })[mode];

const wheelWord = (say: Say, wheel: Wheel): string =>
  ({
    "Row1.Wheel.Left": say.frontLeft,
    "Row1.Wheel.Right": say.frontRight,
    "Row2.Wheel.Left": say.rearLeft,
    "Row2.Wheel.Right": say.rearRight,
  })[wheel];

/** Whole degrees to one side; what is closer to the middle than half a degree is straight. */
function steeringWord(say: Say, degrees: number): string {
  const angle = String(Math.round(Math.abs(degrees)));
  if (angle === "0") return say.steeringStraight;
  return degrees > 0 ? say.steeringLeft({ angle }) : say.steeringRight({ angle });
}

/** Gear, drive mode, steering and tyres. */
export function DrivePage(props: {
  readonly isRestricted: boolean;
  readonly isSimulated: boolean;
  readonly onHandDrive: () => void;
  readonly onSimulation: () => void;
}): ReactElement {
  const say = useSay();
  const { formats } = useScreen();
  const gear = useActuator(paths.gear);
  const mode = useActuator(paths.driveMode);
  const odometer = useNumber(paths.odometer);
  const steering = useNumber(paths.steeringWheel);
  const isShort = useLayout().rows < 6 && props.isRestricted;
  const letter = gearLetter(shownNumber(gear));
  const shownMode = shownText(mode);
  return (
    <div className="rows">
      {letter === undefined || isShort ? null : (
        <div className="block" data-pending={gear.asked !== undefined}>
          <p className="block-label">{say.gearSelector}</p>
          <Segmented
            label={say.gearSelector}
            choices={gearChoices}
            value={letter}
            onChange={(next) => gear.set(gears[next])}
            disabled={props.isRestricted}
          />
          {props.isRestricted ? <p className="quiet small">{say.whyMoving}</p> : null}
        </div>
      )}
      {shownMode === undefined ? null : (
        <div className="block" data-pending={mode.asked !== undefined}>
          <p className="block-label">{say.driveMode}</p>
          <Segmented
            label={say.driveMode}
            choices={modes
              .filter((value) => usualModes.includes(value) || value === shownMode)
              .map((value) => ({ value, label: modeWord(say, value) }))}
            value={isMode(shownMode) ? shownMode : undefined}
            onChange={mode.set}
          />
        </div>
      )}
      {props.isSimulated && !props.isRestricted ? (
        <Button icon="steering" wide onPress={props.onHandDrive}>
          {say.handDrive}
        </Button>
      ) : null}
      {props.isSimulated ? (
        <ListRow
          icon="settings"
          title={say.simulation}
          {...(props.isRestricted ? {} : { detail: say.simulationHint })}
          onPress={props.onSimulation}
        />
      ) : null}
      {isShort ? null : (
        <ul className="tyres" aria-label={say.tyres}>
          {wheels.map((wheel) => (
            <Tyre key={wheel} wheel={wheel} />
          ))}
        </ul>
      )}
      {steering === undefined || (props.isRestricted && props.isSimulated) ? null : (
        <p className="line">
          <span className="line-label">{say.steeringWheel}</span>
          <span className="line-value ui-figure">{steeringWord(say, steering)}</span>
        </p>
      )}
      {odometer === undefined || props.isRestricted ? null : (
        <p className="line">
          <span className="line-label">{say.odometer}</span>
          <span className="line-value ui-figure">{formats.distance(odometer)}</span>
        </p>
      )}
    </div>
  );
}

function Tyre(props: { readonly wheel: Wheel }): ReactElement | null {
  const say = useSay();
  const { formats } = useScreen();
  const pressure = useNumber(tyrePressure(props.wheel));
  const isLow = useFlag(tyreIsLow(props.wheel));
  if (pressure === undefined) return null;
  const name = wheelWord(say, props.wheel);
  return (
    <li>
      <span className="quiet small">{name}</span>
      <span className="ui-figure tyre-figure" data-bad={isLow}>
        {formats.pressure(pressure * pascalPerKilopascal)}
      </span>
      {isLow === true ? <span className="small bad">{say.tyreLow}</span> : null}
    </li>
  );
}
