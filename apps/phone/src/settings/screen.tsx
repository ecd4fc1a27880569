import type { Asked } from "@caravan/link";
import { Button, Card, IconButton, Segmented, Toast, useWords, type Taste } from "@caravan/ui";
import { useState, type ReactElement } from "react";
import { words } from "../words/words.ts";

/** Language, units and look of this phone; signing out; whose work this is. */
export function SettingsScreen(props: {
  readonly taste: Taste;
  readonly onTaste: (taste: Taste) => void;
  readonly onSignOut: (() => Promise<Asked<true>>) | undefined;
  readonly onClose: () => void;
}): ReactElement {
  const say = useWords(words);
  const { taste, onTaste, onSignOut } = props;
  const [isRefused, setRefused] = useState(false);
  return (
    <main className="phone-page">
      <header className="phone-head">
        <h1>{say.settings}</h1>
        <IconButton icon="close" label={say.close} onPress={props.onClose} />
      </header>
      <Card title={say.language} icon="globe">
        <Segmented
          label={say.language}
          value={taste.language}
          choices={[
            { value: "en", label: "English" },
            { value: "zh-CN", label: "中文" },
          ]}
          onChange={(language) => onTaste({ ...taste, language })}
        />
      </Card>
      <Card title={say.units} icon="speed">
        <Segmented
          label={say.units}
          value={taste.units}
          choices={[
            { value: "metric", label: say.metric },
            { value: "imperial", label: say.imperial },
          ]}
          onChange={(units) => onTaste({ ...taste, units })}
        />
      </Card>
      <Card title={say.look} icon="sun">
        <Segmented
          label={say.look}
          value={taste.look}
          choices={[
            { value: "device", label: say.lookDevice },
            { value: "day", label: say.lookDay },
            { value: "night", label: say.lookNight },
          ]}
          onChange={(look) => onTaste({ ...taste, look })}
        />
      </Card>
      <Card title={say.about} icon="info">
        <p>{say.aboutText}</p>
        <p className="phone-quiet">{say.mapCredit}</p>
      </Card>
      {onSignOut === undefined ? null : (
        <Button wide onPress={() => void onSignOut().then((asked) => setRefused(asked.kind === "failed"))}>
          {say.signOut}
        </Button>
      )}
      {isRefused ? <Toast text={say.signOutFailed} tone="caution" onClose={() => setRefused(false)} /> : null}
    </main>
  );
}
