import type { RouteStop } from "@caravan/link";
import { Button, Icon, useScreen } from "@caravan/ui";
import { useState, type ReactElement } from "react";
import { useCar } from "../car/context.tsx";
import { useNotices } from "../shell/notices.tsx";
import { isNamedSimulated, plainName } from "../words/plain-name.ts";
import { errorSentence } from "../words/why.ts";
import { useSay } from "../words/words.ts";

/** The car stands at a stop on purpose: until when, and the way on. */
export function StandingCard(props: { readonly stop: RouteStop }): ReactElement {
  const say = useSay();
  const car = useCar();
  const notify = useNotices();
  const { formats } = useScreen();
  const [isStarting, setIsStarting] = useState(false);
  const { charge } = props.stop;
  const isSimulated = isNamedSimulated(props.stop.name);
  const name = plainName(props.stop.name, isSimulated);
  const title = charge === undefined ? say.standingAt({ name }) : say.chargingAt({ name });
  const go = () => {
    setIsStarting(true);
    void car.drive().then((answer) => {
      setIsStarting(false);
      if (answer.kind === "failed") notify({ text: errorSentence(say, answer), tone: "caution" });
    });
  };
  return (
    <section className="card offer-card" aria-label={title}>
      <header className="offer-head">
        <Icon name={charge === undefined ? "pin" : "charge"} size="52px" />
        <div>
          <h2>{title}</h2>
          {isSimulated ? <p className="quiet small">{say.simulated}</p> : null}
          {charge === undefined ? null : (
            <p className="quiet small">{say.chargingUntil({ percent: formats.percent(charge.until) })}</p>
          )}
        </div>
      </header>
      <Button kind="primary" wide busy={isStarting} onPress={go}>
        {say.driveOn}
      </Button>
    </section>
  );
}
