import { EmptyState, useScreen } from "@caravan/ui";
import type { CSSProperties, ReactElement } from "react";
import { useFlag, useNumber } from "../../car/context.tsx";
import { paths } from "../../paths.ts";
import { useSay } from "../../words/words.ts";
import { PercentSlider } from "./controls.tsx";

const wattPerKilowatt = 1_000;

/** What the battery holds, takes and gives. */
export function EnergyPage(props: { readonly isRestricted: boolean }): ReactElement {
  const say = useSay();
  const { formats } = useScreen();
  const charge = useNumber(paths.charge);
  const range = useNumber(paths.range);
  const energy = useNumber(paths.batteryEnergy);
  const power = useNumber(paths.batteryPower);
  const temperature = useNumber(paths.batteryTemperature);
  const isCharging = useFlag(paths.isCharging);
  if (charge === undefined && range === undefined) return <EmptyState icon="battery" title={say.noSignals} />;
  const share: CSSProperties = { "--share": (charge ?? 0) / 100 };
  // VSS counts power into the battery as positive.
  const kilowatts = power === undefined ? undefined : power / wattPerKilowatt;
  return (
    <div className="rows">
      {charge === undefined ? null : (
        <div className="battery" style={share} data-low={charge < 15}>
          <div className="battery-fill" />
          <p className="battery-figures">
            <span className="ui-figure battery-percent">{formats.percent(charge)}</span>
            {range === undefined ? null : <span className="ui-figure">{formats.distance(range)}</span>}
          </p>
        </div>
      )}
      {isCharging === true ? <p className="line good">{say.charging}</p> : null}
      <dl className="facts">
        {kilowatts === undefined ? null : (
          <div>
            <dt>{kilowatts > 0.05 ? say.powerIn : say.powerOut}</dt>
            <dd className="ui-figure">{formats.power(Math.abs(kilowatts))}</dd>
          </div>
        )}
        {energy === undefined ? null : (
          <div>
            <dt>{say.inBattery}</dt>
            <dd className="ui-figure">{formats.energy(energy)}</dd>
          </div>
        )}
        {temperature === undefined ? null : (
          <div>
            <dt>{say.batteryTemperature}</dt>
            <dd className="ui-figure">{formats.temperature(temperature)}</dd>
          </div>
        )}
      </dl>
      {props.isRestricted ? null : (
        <PercentSlider path={paths.chargeLimit} label={say.chargeLimit} icon="charge" min={50} />
      )}
    </div>
  );
}
