import { Card, useScreen, useWords } from "@caravan/ui";
import type { ReactElement } from "react";
import { paths, tyreIsLow, tyrePressure, wheels, type WheelPlace } from "../paths.ts";
import { words } from "../words/words.ts";
import { closureWords } from "./portrait.ts";
import type { Closure, Readings } from "./readings.ts";

interface CardFacts {
  readonly readings: Readings;
  /** How old the values are, in words; set while nothing newer can come. */
  readonly asOf: string | undefined;
}

/** Charge, power and what was driven. Lines that this car does not tell are not drawn. */
export function EnergyCard({ readings, asOf }: CardFacts): ReactElement {
  const say = useWords(words);
  const { formats } = useScreen();
  const watts = readings.number(paths.power);
  const temperature = readings.number(paths.batteryTemperature);
  const odometer = readings.number(paths.odometer);
  return (
    <Card title={say.energy} icon="battery">
      <dl className="phone-lines">
        {readings.flag(paths.isCharging) === true ? (
          <Line name={say.charging} value={watts === undefined ? "✓" : formats.power(Math.abs(watts) / 1_000)} />
        ) : null}
        {watts === undefined || readings.flag(paths.isCharging) === true ? null : (
          <Line name={watts <= 0 ? say.drawing : say.recovering} value={formats.power(Math.abs(watts) / 1_000)} />
        )}
        {temperature === undefined ? null : (
          <Line name={say.batteryTemperature} value={formats.temperature(temperature)} />
        )}
        {odometer === undefined ? null : <Line name={say.odometer} value={formats.distance(odometer)} />}
      </dl>
      <Age text={asOf} />
    </Card>
  );
}

export function ClimateCard({ readings, asOf }: CardFacts): ReactElement | null {
  const say = useWords(words);
  const { formats } = useScreen();
  const lines = [
    [say.cabin, readings.number(paths.cabin)],
    [say.target, readings.number(paths.setTemperature)],
    [say.outside, readings.number(paths.outside)],
  ] as const;
  if (lines.every(([, celsius]) => celsius === undefined)) return null;
  const isOn = readings.flag(paths.airConditioning);
  return (
    <Card title={say.climate} icon="temperature">
      <dl className="phone-lines">
        {isOn === undefined ? null : <Line name={say.climate} value={isOn ? say.climateOn : say.climateOff} />}
        {lines.map(([name, celsius]) =>
          celsius === undefined ? null : <Line key={name} name={name} value={formats.temperature(celsius, 1)} />,
        )}
      </dl>
      <Age text={asOf} />
    </Card>
  );
}

export function ClosureCard(props: {
  readonly closure: Closure;
  readonly asOf: string | undefined;
}): ReactElement | null {
  const say = useWords(words);
  const phrases = closureWords(props.closure, say);
  if (phrases.length === 0) return null;
  return (
    <Card title={say.closure} icon={props.closure.lock === "locked" ? "lock" : "unlock"}>
      <ul className="phone-phrases">
        {phrases.map((phrase) => (
          <li key={phrase}>{phrase}</li>
        ))}
      </ul>
      <Age text={props.asOf} />
    </Card>
  );
}

export function TyreCard({ readings, asOf }: CardFacts): ReactElement | null {
  const say = useWords(words);
  const { formats } = useScreen();
  const names: Readonly<Record<WheelPlace, string>> = {
    "Row1.Wheel.Left": say.frontLeft,
    "Row1.Wheel.Right": say.frontRight,
    "Row2.Wheel.Left": say.rearLeft,
    "Row2.Wheel.Right": say.rearRight,
  };
  const known = wheels.flatMap((wheel) => {
    const kilopascal = readings.number(tyrePressure(wheel));
    return kilopascal === undefined ? [] : [{ wheel, kilopascal, isLow: readings.flag(tyreIsLow(wheel)) === true }];
  });
  if (known.length === 0) return null;
  return (
    <Card title={say.tyres} icon="tyre">
      <dl className="phone-tyres">
        {known.map(({ wheel, kilopascal, isLow }) => (
          <div key={wheel} data-low={isLow}>
            <dt>{names[wheel]}</dt>
            <dd>
              {formats.pressure(kilopascal * 1_000)}
              {isLow ? <em>{say.low}</em> : null}
            </dd>
          </div>
        ))}
      </dl>
      <Age text={asOf} />
    </Card>
  );
}

function Line(props: { readonly name: string; readonly value: string }): ReactElement {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.value}</dd>
    </div>
  );
}

function Age(props: { readonly text: string | undefined }): ReactElement | null {
  return props.text === undefined ? null : <p className="phone-quiet">{props.text}</p>;
}
