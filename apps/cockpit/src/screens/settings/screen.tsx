import { ListRow, Segmented, Sheet, Slider, useScreen } from "@caravan/ui";
import type { Settings } from "@caravan/link";
import { useState, type ReactElement, type ReactNode } from "react";
import { useCar, useCarState, useIsRestricted } from "../../car/context.tsx";
import { useNotices } from "../../shell/notices.tsx";
import type { SheetFrame } from "../../shell/sheet-frame.ts";
import { errorSentence } from "../../words/why.ts";
import { useSay } from "../../words/words.ts";
import { AboutPage } from "./about.tsx";
import { NavigationPage } from "./navigation.tsx";
import { PersonsPage } from "./persons.tsx";

type Page = "settings" | "persons" | "navigation" | "about";

/** What one person likes; the car keeps it for each of them. */
export function SettingsScreen(props: { readonly frame: SheetFrame; readonly onTour: () => void }): ReactElement {
  const isRestricted = useIsRestricted();
  const [page, setPage] = useState<Page>("settings");
  const back = () => setPage("settings");
  if (page === "persons" && !isRestricted) return <PersonsPage frame={props.frame} onBack={back} />;
  if (page === "navigation") return <NavigationPage frame={props.frame} isRestricted={isRestricted} onBack={back} />;
  if (page === "about" && !isRestricted) return <AboutPage frame={props.frame} onBack={back} />;
  return <SettingsPage {...props} isRestricted={isRestricted} onPage={setPage} />;
}

function SettingsPage(props: {
  readonly frame: SheetFrame;
  readonly onTour: () => void;
  readonly isRestricted: boolean;
  readonly onPage: (page: Page) => void;
}): ReactElement {
  const say = useSay();
  const car = useCar();
  const notify = useNotices();
  const { formats } = useScreen();
  const settings = useCarState((state) => state.settings);
  const person = useCarState((state) => state.person);
  const [brightness, setBrightness] = useState<number>();
  const change = async (next: Partial<Settings>) => {
    const answer = await car.change(next);
    if (answer.kind === "failed") notify({ text: errorSentence(say, answer), tone: "caution" });
  };
  return (
    <Sheet {...props.frame} title={say.settings} closeLabel={say.close}>
      <div className="rows">
        {props.isRestricted ? null : (
          <ListRow
            icon="person"
            title={person.name === "" ? say.driver : person.name}
            detail={say.person}
            onPress={() => props.onPage("persons")}
          />
        )}
        <ListRow
          icon="trip"
          title={say.navigation}
          detail={say.navigationHint}
          onPress={() => props.onPage("navigation")}
        />
        <Block label={say.look}>
          <Segmented
            label={say.look}
            choices={[
              { value: "headlights", label: say.lookHeadlights },
              { value: "sun", label: say.lookSun },
              { value: "day", label: say.lookDay },
              { value: "night", label: say.lookNight },
            ]}
            value={settings.look}
            onChange={(look) => void change({ look })}
          />
        </Block>
        <Slider
          label={say.brightness}
          icon="brightness"
          value={Math.round((brightness ?? settings.brightness) * 100)}
          min={20}
          max={100}
          step={5}
          format={(value) => formats.percent(value)}
          onChange={(value) => {
            setBrightness(value / 100);
            dim(value / 100);
          }}
          onCommit={(value) => {
            void change({ brightness: value / 100 }).then(() => setBrightness(undefined));
          }}
        />
        {props.isRestricted ? (
          <p className="quiet small note">{say.whileMoving}</p>
        ) : (
          <StandingOnly settings={settings} onChange={change} onTour={props.onTour} onPage={props.onPage} />
        )}
      </div>
    </Sheet>
  );
}

/** Shows the brightness under the finger before the car has kept it. */
function dim(brightness: number): void {
  document.documentElement.style.setProperty("--brightness", String(brightness));
}

function StandingOnly(props: {
  readonly settings: Settings;
  readonly onChange: (change: Partial<Settings>) => Promise<void>;
  readonly onTour: () => void;
  readonly onPage: (page: Page) => void;
}): ReactElement {
  const say = useSay();
  const { settings } = props;
  return (
    <>
      <Block label={say.language}>
        <Segmented
          label={say.language}
          choices={[
            { value: "en", label: "English" },
            { value: "zh-CN", label: "中文" },
          ]}
          value={settings.language}
          onChange={(language) => void props.onChange({ language })}
        />
      </Block>
      <Block label={say.units}>
        <Segmented
          label={say.units}
          choices={[
            { value: "metric", label: say.metric },
            { value: "imperial", label: say.imperial },
          ]}
          value={settings.units}
          onChange={(units) => void props.onChange({ units })}
        />
      </Block>
      <Block label={say.driverSide}>
        <Segmented
          label={say.driverSide}
          choices={[
            { value: "left", label: say.left },
            { value: "right", label: say.right },
          ]}
          value={settings.driverSide}
          onChange={(driverSide) => void props.onChange({ driverSide })}
        />
      </Block>
      <ListRow icon="eye" title={say.tourAgain} onPress={props.onTour} />
      <ListRow icon="info" title={say.about} onPress={() => props.onPage("about")} />
    </>
  );
}

function Block(props: { readonly label: string; readonly children: ReactNode }): ReactElement {
  return (
    <div className="block">
      <p className="block-label">{props.label}</p>
      {props.children}
    </div>
  );
}
