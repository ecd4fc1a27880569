import { Sheet } from "@caravan/ui";
import type { ReactElement } from "react";
import { licences } from "virtual:licences";
import { useCarState } from "../../car/context.tsx";
import type { SheetFrame } from "../../shell/sheet-frame.ts";
import { useSay } from "../../words/words.ts";
import { useMapInfo } from "../map/map-info.ts";

/** Versions, whose map it is, and the licences of all parts inside. */
export function AboutPage(props: { readonly frame: SheetFrame; readonly onBack: () => void }): ReactElement {
  const say = useSay();
  const car = useCarState((state) => state.car);
  const version = useCarState((state) => state.version);
  const { state } = useMapInfo(true);
  return (
    <Sheet {...props.frame} title={say.about} closeLabel={say.close} onBack={props.onBack} backLabel={say.back}>
      <dl className="facts">
        <Fact label={say.version} value={version} />
        {car === undefined ? null : (
          <>
            <Fact label={say.car} value={car.name} />
            <Fact label={say.model} value={car.model} />
            {car.vehicle === "" ? null : <Fact label={say.vehicle} value={car.vehicle} />}
          </>
        )}
        {state.kind === "ready" ? (
          <>
            <Fact label={say.mapCity} value={state.info.name} />
            <Fact label={say.mapData} value={state.info.attribution} />
          </>
        ) : null}
      </dl>
      {car?.simulated === true ? <p className="quiet small note">{say.simulatedCar}</p> : null}
      <h3 className="block-label">{say.licences}</h3>
      {/* The list scrolls and holds nothing to press, so the keyboard needs a place to stand in it. */}
      <dl className="facts licences" tabIndex={0} aria-label={say.licences}>
        {licences.map(({ name, version: of, licence }) => (
          <Fact key={name} label={`${name} ${of}`} value={licence} />
        ))}
      </dl>
      <p className="quiet small note">{say.licenceTexts}</p>
    </Sheet>
  );
}

function Fact(props: { readonly label: string; readonly value: string }): ReactElement {
  return (
    <div>
      <dt>{props.label}</dt>
      <dd>{props.value}</dd>
    </div>
  );
}
