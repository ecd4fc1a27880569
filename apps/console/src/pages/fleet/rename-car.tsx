import { Button, TextField, useWords } from "@caravan/ui";
import { useState, type ReactElement } from "react";
import { words } from "../../words/words.ts";

/** A field with the car's name; Enter saves, Escape leaves it as it was. */
export function RenameCar(props: {
  readonly name: string;
  readonly onName: (name: string) => void;
  readonly onCancel: () => void;
}): ReactElement {
  const say = useWords(words);
  const [name, setName] = useState(props.name);
  const wanted = name.trim();
  const save = () => {
    if (wanted !== "") props.onName(wanted);
  };
  return (
    <div
      className="console-rename"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        props.onCancel();
      }}
    >
      <TextField label={say.newName} value={name} onChange={setName} onSubmit={save} maxLength={60} autoFocus />
      <Button kind="primary" disabled={wanted === ""} onPress={save}>
        {say.save}
      </Button>
      <Button onPress={props.onCancel}>{say.cancel}</Button>
    </div>
  );
}
