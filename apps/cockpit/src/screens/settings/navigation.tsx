import { Icon, Segmented, Sheet, Stepper, Toggle, useScreen } from "@caravan/ui";
import type { Settings } from "@caravan/link";
import type { ReactElement } from "react";
import { useCar, useCarState } from "../../car/context.tsx";
import { useLayout } from "../../shell/layout.ts";
import { useNotices } from "../../shell/notices.tsx";
import type { SheetFrame } from "../../shell/sheet-frame.ts";
import { errorSentence } from "../../words/why.ts";
import { useSay } from "../../words/words.ts";
import { Avoid } from "../route/avoid.tsx";

const reserve = { least: 5, most: 30, step: 5 } as const;

/** How one is led: voice, map, hints and what the routes keep away from. What is needed on the move stands first. */
export function NavigationPage(props: {
  readonly frame: SheetFrame;
  readonly isRestricted: boolean;
  readonly onBack: () => void;
}): ReactElement {
  const say = useSay();
  const car = useCar();
  const notify = useNotices();
  const layout = useLayout();
  const { formats } = useScreen();
  const settings = useCarState((state) => state.settings);
  const change = (next: Partial<Settings>, refused?: string) => {
    void car.change(next).then((answer) => {
      if (answer.kind === "failed") {
        notify({
          text: answer.code === "refused" && refused !== undefined ? refused : errorSentence(say, answer),
          tone: "caution",
        });
      }
    });
  };
  const rows = [
    <Toggle
      key="voice"
      icon={settings.voice ? "volume" : "mute"}
      label={say.voice}
      detail={say.voiceHint}
      checked={settings.voice}
      onChange={(voice) => change({ voice })}
    />,
    <div key="up" className="line">
      <Icon name="north" />
      <span className="line-label">{say.mapUp}</span>
      <Segmented
        label={say.mapUp}
        choices={[
          { value: "heading", label: say.mapUpHeading },
          { value: "north", label: say.mapUpNorth },
        ]}
        value={settings.mapUp}
        onChange={(mapUp) => change({ mapUp })}
      />
    </div>,
    <Toggle
      key="traffic"
      icon="traffic"
      label={say.showTraffic}
      checked={settings.showTraffic}
      onChange={(showTraffic) => change({ showTraffic })}
    />,
    <Toggle
      key="overspeed"
      icon="speed"
      label={say.overspeedHint}
      checked={settings.overspeedHint}
      onChange={(overspeedHint) => change({ overspeedHint })}
    />,
    <Toggle
      key="cameras"
      icon="camera"
      label={say.cameraAlerts}
      checked={settings.cameraAlerts}
      onChange={(cameraAlerts) => change({ cameraAlerts }, say.cameraForbidden)}
    />,
    <div key="reserve" className="line">
      <Icon name="battery" />
      <span className="line-label">{say.reserve}</span>
      <Stepper
        label={say.reserve}
        value={settings.reserve}
        min={reserve.least}
        max={reserve.most}
        step={reserve.step}
        format={(value) => formats.percent(value)}
        onChange={(value) => change({ reserve: value })}
        lessLabel={`${say.reserve} −`}
        moreLabel={`${say.reserve} +`}
      />
    </div>,
  ];
  return (
    <Sheet {...props.frame} title={say.navigation} closeLabel={say.close} onBack={props.onBack} backLabel={say.back}>
      {props.isRestricted ? (
        rows.slice(0, Math.min(4, layout.rows))
      ) : (
        <>
          {rows}
          <p className="route-part">{say.avoid}</p>
          <Avoid avoid={settings.avoid} onChange={(avoid) => change({ avoid })} />
        </>
      )}
    </Sheet>
  );
}
