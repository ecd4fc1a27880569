import type { RouteOffer } from "@caravan/link";
import { Button, Icon, useScreen } from "@caravan/ui";
import { useEffect, useEffectEvent, useState, type ReactElement } from "react";
import { useCar } from "../car/context.tsx";
import { useNotices } from "../shell/notices.tsx";
import { timeDifference } from "../words/time-difference.ts";
import { errorSentence } from "../words/why.ts";
import { useSay } from "../words/words.ts";

/** A driver who has not answered by then has something better to do; the other way stays on the map. */
const shownMs = 30_000;

/** One question: a better way, to take or not. */
export function OfferCard(props: { readonly offer: RouteOffer; readonly onClose: () => void }): ReactElement {
  const say = useSay();
  const car = useCar();
  const notify = useNotices();
  const { formats } = useScreen();
  const [isTaking, setIsTaking] = useState(false);
  const { route, saves, why } = props.offer;
  const close = useEffectEvent(() => props.onClose());
  useEffect(() => {
    const timer = setTimeout(() => close(), shownMs);
    return () => clearTimeout(timer);
  }, []);
  const time = formats.duration(Math.max(60, Math.round(saves / 60) * 60));
  const title = why === "closure" ? say.closedAhead : say.fasterWay({ time });
  const via = route.via === "" ? "" : say.via({ streets: route.via });
  const round = say.wayRound({ time: timeDifference(say, formats, -saves) });
  const take = () => {
    setIsTaking(true);
    void car.takeOffer().then((answer) => {
      setIsTaking(false);
      if (answer.kind === "failed") notify({ text: errorSentence(say, answer), tone: "caution" });
    });
  };
  const decline = () => {
    props.onClose();
    void car.dismissOffer();
  };
  return (
    <section className="card offer-card" aria-label={title} data-why={why}>
      <header className="offer-head">
        <Icon name={why === "closure" ? "closure" : "trip"} size="52px" />
        <div>
          <h2>{title}</h2>
          <p className="quiet small">
            {why === "closure" ? [round, via].filter((part) => part !== "").join(", ") : via}
          </p>
        </div>
      </header>
      <div className="offer-actions">
        <Button onPress={decline}>{say.noThanks}</Button>
        <Button kind="primary" busy={isTaking} onPress={take}>
          {say.take}
        </Button>
      </div>
    </section>
  );
}
