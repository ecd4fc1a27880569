import type { Journey } from "@caravan/link";
import { Button, Sheet } from "@caravan/ui";
import { useState, type ReactElement } from "react";
import type { Answer } from "../../car/answer.ts";
import { useCar, useCarState, useIsRestricted } from "../../car/context.tsx";
import { useNotices } from "../../shell/notices.tsx";
import { SaveButtons } from "../../shell/save-buttons.tsx";
import type { SheetFrame } from "../../shell/sheet-frame.ts";
import { errorSentence } from "../../words/why.ts";
import { useSay } from "../../words/words.ts";
import { Avoid } from "./avoid.tsx";
import { Notices } from "./notices.tsx";
import { Stops } from "./stops.tsx";
import { Ways } from "./ways.tsx";
import { waysInOrder } from "./ways-in-order.ts";

type Planned = Extract<Journey, { kind: "planned" }>;

/** The ways there, side by side: which one, over which stops, and off. */
export function PlannedScreen(props: {
  readonly frame: SheetFrame;
  readonly journey: Planned;
  readonly onAddStop: () => void;
}): ReactElement {
  const say = useSay();
  const car = useCar();
  const notify = useNotices();
  const isRestricted = useIsRestricted();
  const avoid = useCarState((state) => state.settings.avoid);
  const [isBusy, setIsBusy] = useState(false);
  const { route, alternatives } = props.journey;
  const answered = (answer: Answer<unknown>): boolean => {
    if (answer.kind === "failed") notify({ text: errorSentence(say, answer), tone: "caution" });
    return answer.kind === "ok";
  };
  const during = async (work: () => Promise<Answer<unknown>>) => {
    setIsBusy(true);
    answered(await work());
    setIsBusy(false);
  };
  const foot = (
    <div className="route-foot">
      <Button onPress={props.frame.onClose}>{say.cancel}</Button>
      <Button kind="primary" busy={isBusy} onPress={() => void during(() => car.drive())}>
        {say.drive}
      </Button>
    </div>
  );
  return (
    <Sheet {...props.frame} title={route.to.name} closeLabel={say.cancel}>
      <Ways
        chosen={route}
        ways={waysInOrder(route, alternatives)}
        onChoose={(id) => void during(() => car.choose(id))}
      />
      <Notices route={route} />
      {isRestricted ? null : (
        <>
          {route.charging === undefined || route.charging === "" ? null : (
            <p className="route-why" data-long-text>
              {route.charging}
            </p>
          )}
          <p className="route-part">{say.stops}</p>
          <Stops
            stops={route.stops}
            startsIn={0}
            onRemove={(stop) => void during(() => car.removeStop(stop))}
            onAdd={props.onAddStop}
          />
          <p className="route-part">{say.avoid}</p>
          <Avoid avoid={avoid} onChange={(next) => void during(() => car.change({ avoid: next }))} />
          <p className="route-part">{say.saveAs}</p>
          <SaveButtons place={route.to} />
        </>
      )}
      {foot}
    </Sheet>
  );
}
