import { catalogue, type Signal } from "@caravan/signals";
import { TextField, useWords } from "@caravan/ui";
import { useId, useState, type ReactElement } from "react";
import { words } from "./words.ts";

const mostShown = 8;

/** A field that finds signals which can be drawn; arrows and Enter choose. */
export function SignalPicker(props: {
  readonly known: ReadonlySet<string>;
  readonly chosen: readonly string[];
  readonly onAdd: (path: string) => void;
}): ReactElement {
  const say = useWords(words);
  const id = useId();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const found = foundFor(text, props.known, props.chosen);
  const add = (signal: Signal | undefined) => {
    if (signal === undefined) return;
    props.onAdd(signal.path);
    setText("");
    setAt(0);
  };
  return (
    <div
      className="charts-picker"
      onKeyDown={(event) => {
        const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
        if (event.key === "Escape") setText("");
        if (step === 0 || found.length === 0) return;
        event.preventDefault();
        setAt((at + step + found.length) % found.length);
      }}
    >
      <TextField
        label={say.add}
        hideLabel
        icon="plus"
        kind="search"
        placeholder={`${say.add} · ${say.addHint}`}
        value={text}
        onChange={(next) => {
          setText(next);
          setAt(0);
        }}
        onSubmit={() => add(found[at])}
        clearLabel={say.clear}
      />
      {found.length === 0 ? null : (
        <ul className="charts-found" role="listbox" aria-label={say.suggestions}>
          {found.map((signal, index) => (
            <li
              key={signal.path}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              onPointerDown={(event) => {
                event.preventDefault();
                add(signal);
              }}
            >
              <span>{signal.path.replace("Vehicle.", "")}</span>
              <span className="console-quiet">{signal.unit ?? ""}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Numbers and yes or no, those that this car has first. */
function foundFor(text: string, known: ReadonlySet<string>, chosen: readonly string[]): readonly Signal[] {
  const wanted = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  const all = catalogue.signals.filter(({ path, datatype, description, unit }) => {
    if (datatype === "string" || datatype.endsWith("[]") || chosen.includes(path)) return false;
    const words = `${path} ${description} ${unit ?? ""}`.toLocaleLowerCase();
    return wanted.every((word) => words.includes(word));
  });
  return all.toSorted((a, b) => Number(known.has(b.path)) - Number(known.has(a.path))).slice(0, mostShown);
}
