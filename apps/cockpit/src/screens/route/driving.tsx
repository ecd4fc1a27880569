import type { RouteSummary } from "@caravan/link";
import { Button, ListRow, Sheet } from "@caravan/ui";
import { useState, type ReactElement } from "react";
import { useCar, useCarState, useIsRestricted } from "../../car/context.tsx";
import { useNotices } from "../../shell/notices.tsx";
import type { SheetFrame } from "../../shell/sheet-frame.ts";
import { errorSentence } from "../../words/why.ts";
import { useSay } from "../../words/words.ts";
import { Notices } from "./notices.tsx";
import { Stops } from "./stops.tsx";

/** Stops that a moving screen has room for. */
const stopsMoving = 2;
/** The address of the place is for who gets the message; a driver is spared it. */
const link = /\s*https?:\/\/\S+/u;

/** The route that is being driven: its stops, a message to whoever waits, and the end of it. */
export function DrivingScreen(props: {
  readonly frame: SheetFrame;
  readonly route: RouteSummary;
  readonly onAddStop: () => void;
  readonly onEnd: () => void;
}): ReactElement {
  const say = useSay();
  const car = useCar();
  const notify = useNotices();
  const isRestricted = useIsRestricted();
  const nextStop = useCarState((state) => state.progress?.nextStop ?? 0);
  const driven = useCarState((state) => props.route.duration - (state.progress?.remainingTime ?? props.route.duration));
  const [text, setText] = useState<string>();
  const { route } = props;
  const left = route.stops.slice(nextStop);
  const share = async () => {
    const answer = await car.share();
    if (answer.kind === "ok") setText(answer.value.text);
    else notify({ text: errorSentence(say, answer), tone: "caution" });
  };
  const copy = async (words: string) => {
    try {
      await navigator.clipboard.writeText(words);
      notify({ text: say.copied, tone: "good", icon: "check" });
    } catch {
      // No permission to copy: the sentence stands there to be read.
    }
  };
  const remove = async (stop: number) => {
    const answer = await car.removeStop(nextStop + stop);
    if (answer.kind === "failed") notify({ text: errorSentence(say, answer), tone: "caution" });
  };
  return (
    <Sheet {...props.frame} title={say.tripSheet} closeLabel={say.close}>
      <Stops
        stops={isRestricted ? left.slice(0, stopsMoving) : left}
        isShort={isRestricted}
        startsIn={-Math.max(0, driven)}
        onRemove={(stop) => void remove(stop)}
        onAdd={props.onAddStop}
      />
      {isRestricted ? null : (
        <>
          <Notices route={route} />
          {route.charging === undefined || route.charging === "" ? null : (
            <p className="route-why" data-long-text>
              {route.charging}
            </p>
          )}
        </>
      )}
      {text === undefined ? (
        <ListRow
          icon="share"
          title={say.shareArrival}
          {...(isRestricted ? {} : { detail: say.shareHint })}
          onPress={() => void share()}
        />
      ) : (
        <div className="share">
          <p className="small share-text" data-long-text>
            {isRestricted ? text.replace(link, "") : text}
          </p>
          <Button wide icon="copy" onPress={() => void copy(text)}>
            {say.copy}
          </Button>
        </div>
      )}
      <div className="route-foot">
        <Button wide onPress={props.onEnd}>
          {say.endRoute}
        </Button>
      </div>
    </Sheet>
  );
}
