import { Icon, ListRow, Sheet, Stepper, Toggle, useScreen } from "@caravan/ui";
import { useState, type ReactElement } from "react";
import type { Simulated } from "../../car/car.ts";
import { useCar, useCarState, useNumber } from "../../car/context.tsx";
import { paths } from "../../paths.ts";
import { useNotices } from "../../shell/notices.tsx";
import type { SheetFrame } from "../../shell/sheet-frame.ts";
import { errorSentence } from "../../words/why.ts";
import { useSay } from "../../words/words.ts";

const batteryStep = 5;

/** Lets things happen to the simulated car that happen to real ones. A real car has no such page. */
export function SimulationPage(props: { readonly frame: SheetFrame; readonly onBack: () => void }): ReactElement {
  const say = useSay();
  const car = useCar();
  const notify = useNotices();
  const { formats } = useScreen();
  const hasRoute = useCarState(({ journey }) => journey.kind === "driving");
  const hasSatellites = useCarState((state) => state.position === "satellites");
  const charge = useNumber(paths.charge);
  const [wanted, setWanted] = useState<number>();
  const simulate = (what: Simulated) => {
    void car.simulate(what).then((answer) => {
      setWanted(undefined);
      if (answer.kind === "failed") notify({ text: errorSentence(say, answer), tone: "caution" });
      else notify({ text: say.simulateDone, icon: "check", tone: "good" });
    });
  };
  const onRoute = hasRoute ? {} : { disabled: true, why: say.needsRoute };
  const shown = wanted ?? charge;
  return (
    <Sheet {...props.frame} title={say.simulation} closeLabel={say.close} onBack={props.onBack} backLabel={say.back}>
      <ListRow
        icon="wrong"
        title={say.simulateWrongTurn}
        detail={say.simulateWrongTurnHint}
        onPress={() => simulate({ what: "wrong-turn" })}
        {...onRoute}
      />
      <ListRow icon="traffic" title={say.simulateJam} onPress={() => simulate({ what: "jam" })} {...onRoute} />
      <ListRow icon="closure" title={say.simulateClosure} onPress={() => simulate({ what: "closure" })} {...onRoute} />
      <Toggle
        icon="satellite"
        label={say.simulateSatellites}
        checked={hasSatellites}
        onChange={(on) => simulate({ what: "satellites", on })}
      />
      {shown === undefined ? null : (
        <div className="line">
          <Icon name="battery" />
          <span className="line-label">{say.simulateCharge}</span>
          <Stepper
            label={say.simulateCharge}
            value={Math.round(shown / batteryStep) * batteryStep}
            min={batteryStep}
            max={100}
            step={batteryStep}
            format={(value) => formats.percent(value)}
            onChange={(percent) => {
              setWanted(percent);
              simulate({ what: "charge", percent });
            }}
            lessLabel={`${say.simulateCharge} −`}
            moreLabel={`${say.simulateCharge} +`}
          />
        </div>
      )}
    </Sheet>
  );
}
