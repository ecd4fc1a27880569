import type { CloudClient } from "@caravan/link";
import { Button, IconButton, TextField, useWords } from "@caravan/ui";
import { useState, type ReactElement } from "react";
import { words } from "../words/words.ts";
import { signInToken } from "./sign-in-token.ts";

/** How to get in. An installed app shares no cookies with the browser on some phones, so the link can be pasted here too. */
export function SignedOutScreen(props: { readonly cloud: CloudClient; readonly onSettings: () => void }): ReactElement {
  const say = useWords(words);
  const [link, setLink] = useState("");
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);

  const signIn = async () => {
    const token = signInToken(link);
    if (token === undefined) {
      setProblem(say.noLink);
      return;
    }
    setBusy(true);
    const asked = await props.cloud.signIn(token);
    setBusy(false);
    if (asked.kind === "failed") setProblem(asked.why === "refused" ? say.linkRefused : say.signInFailed);
  };

  return (
    <main className="phone-page phone-signed-out">
      <header className="phone-head">
        <img src="/phone/icon.svg" alt="Caravan" width="56" height="56" />
        <IconButton icon="settings" label={say.settings} onPress={props.onSettings} />
      </header>
      <h1>{say.signedOut}</h1>
      <p className="phone-plain">{say.signedOutText}</p>
      <code>npm run signin</code>
      <p className="phone-plain">{say.signedOutThen}</p>
      <TextField
        label={say.signInLink}
        value={link}
        onChange={(text) => {
          setLink(text);
          setProblem(undefined);
        }}
        onSubmit={() => void signIn()}
        clearLabel={say.clear}
        maxLength={400}
        {...(problem === undefined ? {} : { problem })}
      />
      <Button kind="primary" wide busy={isBusy} onPress={() => void signIn()}>
        {say.signIn}
      </Button>
    </main>
  );
}
