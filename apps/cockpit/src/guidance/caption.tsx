import type { Announcement } from "@caravan/link";
import { Icon, useLive, type IconName } from "@caravan/ui";
import { useEffect, useState, type ReactElement } from "react";
import { useCar } from "../car/context.tsx";

/** Long enough to read one sentence twice. */
const shownMs = 6_000;

const icons: Readonly<Record<Announcement["kind"], IconName>> = {
  manoeuvre: "voice",
  reroute: "refresh",
  overspeed: "speed",
  camera: "camera",
  arrive: "flag",
  traffic: "traffic",
  charge: "bolt",
  position: "satellite",
};

/** What the car says, to be read for a moment. */
export function Caption(): ReactElement | null {
  const { store } = useCar();
  const announcement = useLive(store.announcement);
  return announcement === undefined ? null : <Sentence key={announcement.id} announcement={announcement} />;
}

function Sentence(props: { readonly announcement: Announcement }): ReactElement | null {
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsOver(true), shownMs);
    return () => clearTimeout(timer);
  }, []);
  if (isOver) return null;
  const { kind, text, language } = props.announcement;
  return (
    <p className="card caption" role="status" data-kind={kind} lang={language} data-long-text>
      <Icon name={icons[kind]} size="34px" />
      <span>{text}</span>
    </p>
  );
}
