import type { Me } from "@caravan/link";
import { Button, Card, TasteCards, useWords, type Taste } from "@caravan/ui";
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
  const { me } = props;
  return (
    <main className="console-page console-settings">
      <h1>{say.settings}</h1>
      <TasteCards taste={props.taste} onTaste={props.onTaste} />
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
