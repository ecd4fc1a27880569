import { Button, Dialog, Icon, type IconName } from "@caravan/ui";
import { useState, type ReactElement } from "react";
import { useSay } from "../words/words.ts";

/** Three cards for somebody who sits here for the first time. */
export function Tour(props: { readonly onDone: () => void }): ReactElement {
  const say = useSay();
  const [step, setStep] = useState(0);
  const cards: readonly { readonly icon: IconName; readonly title: string; readonly text: string }[] = [
    { icon: "map", title: say.tourMapTitle, text: say.tourMapText },
    { icon: "car", title: say.tourDockTitle, text: say.tourDockText },
    { icon: "steering", title: say.tourCalmTitle, text: say.tourCalmText },
  ];
  const card = cards[step];
  const isLast = step === cards.length - 1;
  if (card === undefined) return <></>;
  return (
    <Dialog
      title={card.title}
      onClose={props.onDone}
      actions={
        <>
          <Button kind="primary" onPress={() => (isLast ? props.onDone() : setStep(step + 1))}>
            {isLast ? say.start : say.next}
          </Button>
          {isLast ? null : <Button onPress={props.onDone}>{say.skip}</Button>}
        </>
      }
    >
      <div className="tour-card">
        <Icon name={card.icon} size="96px" />
        <p>{card.text}</p>
        <p className="small" aria-label={say.tourStep({ step: step + 1, of: cards.length })} role="img">
          {cards.map(({ icon }, index) => (
            <span key={icon} className="tour-dot" data-here={index === step} />
          ))}
        </p>
      </div>
    </Dialog>
  );
}
