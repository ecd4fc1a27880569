import type { Alert } from "@caravan/link";
import { Icon, useScreen, type Formats, type IconName } from "@caravan/ui";
import type { ReactElement } from "react";
import { useCarState } from "../car/context.tsx";
import { useSay, type Say } from "../words/words.ts";

const kmhPerMs = 3.6;
/** More than two at once is no glance. */
const mostShown = 2;

const icons: Readonly<Record<Exclude<Alert["kind"], "limit-drop">, IconName>> = {
  camera: "camera",
  "rail-crossing": "rail",
  works: "works",
  closure: "closure",
  accident: "accident",
  hazard: "hazard",
};

function alertWord(say: Say, formats: Formats, alert: Alert): string {
  switch (alert.kind) {
    case "camera":
      return say.alertCamera;
    case "rail-crossing":
      return say.alertRail;
    case "works":
      return say.alertWorks;
    case "closure":
      return say.alertClosure;
    case "accident":
      return say.alertAccident;
    case "hazard":
      return say.alertHazard;
    case "limit-drop":
      return say.alertLimit({ limit: formats.speed((alert.limit ?? 0) / kmhPerMs) });
  }
}

/** What lies ahead, the nearest first: a sign and how far. */
export function Alerts(): ReactElement | null {
  const say = useSay();
  const { formats } = useScreen();
  const alerts = useCarState((state) => state.alerts);
  const shown = alerts.toSorted((a, b) => a.distance - b.distance).slice(0, mostShown);
  if (shown.length === 0) return null;
  return (
    <ul className="alerts list">
      {shown.map((alert) => {
        const distance = formats.distance(Math.max(0, alert.distance));
        const what = alertWord(say, formats, alert);
        return (
          <li key={`${alert.kind} ${alert.limit ?? ""}`}>
            <span className="card alert" role="img" aria-label={say.alertIn({ what, distance })}>
              {alert.kind === "limit-drop" ? (
                <span className="limit-sign limit-small ui-figure">
                  {formats.speedFigure((alert.limit ?? 0) / kmhPerMs).value}
                </span>
              ) : (
                <Icon name={icons[alert.kind]} />
              )}
              <span className="alert-word">{alert.kind === "limit-drop" ? "" : what}</span>
              <span className="ui-figure">{distance}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
