import type { Asked } from "@caravan/link";
import { Button, Card, IconButton, Toast, TasteCards, useWords, type Taste } from "@caravan/ui";
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
  const { onSignOut } = props;
  const [isRefused, setRefused] = useState(false);
  return (
    <main className="phone-page">
      <header className="phone-head">
        <h1>{say.settings}</h1>
        <IconButton icon="close" label={say.close} onPress={props.onClose} />
      </header>
      <TasteCards taste={props.taste} onTaste={props.onTaste} />
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
