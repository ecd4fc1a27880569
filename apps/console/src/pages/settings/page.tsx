import type { Me } from "@caravan/link";
import { Button, Card, Segmented, useWords, type Taste } from "@caravan/ui";
import type { ReactElement } from "react";
import { words } from "../../words/words.ts";

/** Language, units and look of this browser; who is signed in; whose work this is. */
export function SettingsPage(props: {
  readonly taste: Taste;
  readonly onTaste: (taste: Taste) => void;
  readonly me: Me | undefined;
  readonly onSignOut: (() => void) | undefined;
}): ReactElement {
  const say = useWords(words);
  const { taste, onTaste, me } = props;
  return (
    <main className="console-page console-settings">
      <h1>{say.settings}</h1>
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
      {me === undefined || props.onSignOut === undefined ? null : (
        <Card title={say.account} icon="person">
          <p>{me.name}</p>
          <p className="console-quiet">{say.role({ role: me.role })}</p>
          <Button onPress={props.onSignOut}>{say.signOut}</Button>
        </Card>
      )}
      <Card title={say.about} icon="info">
        <p>{say.aboutText}</p>
        <p className="console-quiet">{say.keys}</p>
      </Card>
    </main>
  );
}
