import { Icon, LiveText, useLive, useLiveElement, useScreen } from "@caravan/ui";
import type { SignalValue } from "@caravan/link";
import type { ReactElement } from "react";
import { useCar, useCarState, useNumber } from "../car/context.tsx";
import { showsLastValues } from "../car/store.ts";
import { gearLetter, paths } from "../paths.ts";
import { useSay } from "../words/words.ts";

const kmhPerMs = 3.6;
/** A speedometer and a sign differ by about so much before it is worth a hint: km/h, and the share of the limit. */
const tolerance = { kmh: 3, share: 0.03 } as const;

/** Speed, limit, gear, battery and range: what a driver reads at a glance, always in the same place. */
export function DriveCard(): ReactElement {
  const say = useSay();
  const { formats } = useScreen();
  const { store } = useCar();
  const isOpen = useCarState((state) => state.link === "open");
  const isOver = useCarState(showsLastValues);
  const limit = useCarState((state) => state.road?.limit);
  const gear = gearLetter(useLive(store.signal(paths.gear)));
  const charge = useNumber(paths.charge);
  const range = useNumber(paths.range);
  const unit = formats.speedFigure(0).unit;
  const hasHint = useCarState((state) => state.settings.overspeedHint);
  const card = useLiveElement<HTMLElement, SignalValue | undefined>(store.signal(paths.speed), (element, speed) => {
    const most = limit === undefined ? Infinity : limit + Math.max(tolerance.kmh, limit * tolerance.share);
    const isFast = hasHint && isOpen && !isOver && typeof speed === "number" && speed > most;
    if (element.dataset["fast"] !== String(isFast)) element.dataset["fast"] = String(isFast);
  });
  const limitText = limit === undefined ? undefined : formats.speedFigure(limit / kmhPerMs).value;
  return (
    <section ref={card} className="card drive-card" data-over={isOver} aria-label={say.driveCard}>
      <div className="drive-speed">
        {isOpen ? (
          <LiveText
            source={store.signal(paths.speed)}
            format={(value) =>
              typeof value === "number" ? formats.speedFigure(Math.abs(value) / kmhPerMs).value : "–"
            }
            className="drive-figure ui-figure"
          />
        ) : (
          <span className="drive-figure">–</span>
        )}
        {limitText === undefined ? null : (
          <span className="limit-sign ui-figure" role="img" aria-label={say.limit({ limit: `${limitText} ${unit}` })}>
            {limitText}
          </span>
        )}
      </div>
      <p className="drive-line">
        <span className="quiet">{unit}</span>
        {gear === undefined ? null : (
          <span className="drive-gear" role="img" aria-label={say.gear({ gear })}>
            {gear}
          </span>
        )}
      </p>
      {charge === undefined && range === undefined ? null : (
        <p className="drive-line">
          {charge === undefined ? null : (
            <span className="drive-charge" data-low={charge < 15}>
              <Icon name="battery" size="34px" />
              <span className="ui-figure">{formats.percent(charge)}</span>
            </span>
          )}
          {range === undefined ? null : <span className="ui-figure quiet">{formats.distance(range)}</span>}
        </p>
      )}
    </section>
  );
}
