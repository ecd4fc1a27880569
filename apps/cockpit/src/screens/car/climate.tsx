import { EmptyState, useScreen } from "@caravan/ui";
import type { ReactElement } from "react";
import { useCarState, useNumber } from "../../car/context.tsx";
import { paths } from "../../paths.ts";
import { useLayout } from "../../shell/layout.ts";
import { useSay } from "../../words/words.ts";
import { FlagRow, StepRow } from "./controls.tsx";

const fanStep = 20;
/** Three levels of a seat's 0..100 %. */
const seatStep = 33;
const climatePaths = [paths.setTemperature, paths.fan, paths.airConditioning, paths.driverSeat];

/** The air in the cabin and the warmth of the seats; what is needed most stands first, since less is shown on the move. */
export function ClimatePage(props: { readonly isRestricted: boolean }): ReactElement {
  const say = useSay();
  const layout = useLayout();
  const { formats } = useScreen();
  const cabin = useNumber(paths.cabin);
  const hasAny = useCarState((state) => climatePaths.some((path) => state.values.has(path)));
  if (!hasAny) return <EmptyState icon="fan" title={say.noSignals} />;
  const seat = (path: string, label: string) => (
    <StepRow
      key={path}
      path={path}
      label={label}
      icon="seat"
      min={0}
      max={99}
      step={seatStep}
      format={(value) => say.seatLevel({ level: Math.round(value / seatStep) })}
    />
  );
  const rows = [
    <StepRow
      key="temperature"
      path={paths.setTemperature}
      label={say.setTemperature}
      icon="temperature"
      min={16}
      max={28}
      step={0.5}
      format={(value) => `${formats.temperatureFigure(value, 1).value}°`}
    />,
    <StepRow
      key="fan"
      path={paths.fan}
      label={say.fan}
      icon="fan"
      min={0}
      max={100}
      step={fanStep}
      format={(value) => (value === 0 ? say.fanOff : String(value / fanStep))}
    />,
    <FlagRow key="defroster" path={paths.frontDefroster} icon="defrost" label={say.frontDefroster} />,
    <FlagRow key="cooling" path={paths.airConditioning} icon="snow" label={say.airConditioning} />,
    seat(paths.driverSeat, say.driverSeat),
    seat(paths.passengerSeat, say.passengerSeat),
    <FlagRow key="rear" path={paths.rearDefroster} icon="defrost" label={say.rearDefroster} />,
    <FlagRow key="recirculation" path={paths.recirculation} icon="refresh" label={say.recirculation} />,
    cabin === undefined ? null : (
      <p key="cabin" className="line">
        <span className="line-label">{say.cabinNow}</span>
        <span className="line-value ui-figure">{formats.temperature(cabin, 1)}</span>
      </p>
    ),
  ];
  return <div className="rows">{props.isRestricted ? rows.slice(0, layout.rows) : rows}</div>;
}
