import type { CloudClient } from "@caravan/link";
import { Button, Dialog, ErrorState, Skeleton, useLoaded, useScreen, useWords } from "@caravan/ui";
import { Fragment, useCallback, useState, type ReactElement } from "react";
import { words } from "../../words/words.ts";
import { joinCommand } from "./join-command.ts";

/** Makes one code when it opens, and tells what to run on the new car's computer. */
export function AddCar(props: {
  readonly cloud: CloudClient;
  /** Whose the car will be. */
  readonly account: string;
  readonly onClose: () => void;
}): ReactElement {
  const { cloud, account } = props;
  const say = useWords(words);
  const { formats } = useScreen();
  const load = useCallback(() => cloud.joinCode(account), [cloud, account]);
  const [asked, retry] = useLoaded(load);
  const [isCopied, setCopied] = useState(false);
  const command = asked?.kind === "answer" ? joinCommand(location.origin, asked.value.code) : undefined;

  const copy = async (text: string) => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <Dialog
      title={say.addCar}
      onClose={props.onClose}
      actions={
        <>
          {/* Browsers lend the clipboard to secure pages only; elsewhere the command is selected by a click. */}
          {command === undefined || !isSecureContext ? null : (
            <Button kind="primary" onPress={() => void copy(command)}>
              {isCopied ? say.copied : say.copy}
            </Button>
          )}
          <Button onPress={props.onClose}>{say.close}</Button>
        </>
      }
    >
      {asked === undefined ? <Skeleton label={say.makingCode} rows={3} /> : null}
      {asked?.kind === "failed" ? (
        asked.why === "forbidden" ? (
          <ErrorState icon="lock" title={say.addCarForbidden} />
        ) : (
          <ErrorState title={say.addCarFailed} action={{ label: say.retry, onPress: retry }} />
        )
      ) : null}
      {asked?.kind === "answer" ? (
        <div className="console-add">
          <p>{say.addCarText}</p>
          <p>{say.addCarRun}</p>
          <code className="console-command" tabIndex={0}>
            {/* A line never breaks within a flag. */}
            {command?.split(" ").map((word) => (
              <Fragment key={word}>
                <span>{word}</span>{" "}
              </Fragment>
            ))}
          </code>
          <p>{say.addCarUntil({ until: formats.dateTime(asked.value.expiresAt) })}</p>
          {location.hostname === "localhost" ? <p>{say.addCarHost}</p> : null}
        </div>
      ) : null}
    </Dialog>
  );
}
