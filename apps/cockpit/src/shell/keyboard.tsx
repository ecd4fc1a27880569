import { Icon } from "@caravan/ui";
import { useEffect, useState, type ReactElement } from "react";
import { createPortal } from "react-dom";
import { useSay } from "../words/words.ts";

const letters = ["qwertyuiopå", "asdfghjklöä", "zxcvbnm-'"] as const;
const digits = ["1234567890", "éèüßøæñç", "&/.,:()"] as const;

/** Keys on the glass, over the dock; never while the car moves. Pinyin letters find Chinese names too. */
export function Keyboard(props: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onReady: () => void;
  /** Words begin with a capital, as names do. */
  readonly hasCapitals?: boolean;
}): ReactElement {
  const say = useSay();
  const [isDigits, setIsDigits] = useState(false);
  const { value, onChange } = props;
  useEffect(() => {
    document.documentElement.dataset["keyboard"] = "true";
    return () => {
      delete document.documentElement.dataset["keyboard"];
    };
  }, []);
  const type = (text: string) => onChange(value + text);
  const rows = isDigits ? digits : letters;
  const isCapital = props.hasCapitals === true && !isDigits && /(^|[\s-])$/.test(value);
  return createPortal(
    <div
      className="keyboard"
      role="group"
      aria-label={say.keyboard}
      // The field keeps the focus, so that a real keyboard goes on working.
      onPointerDown={(event) => event.preventDefault()}
    >
      {rows.map((row, index) => (
        <div key={row} className="keyboard-row">
          {Array.from(isCapital ? row.toUpperCase() : row, (letter) => (
            <button key={letter} type="button" className="key" onClick={() => type(letter)}>
              {letter}
            </button>
          ))}
          {index === 2 ? (
            <button
              type="button"
              className="key key-wide"
              aria-label={say.erase}
              onClick={() => onChange(Array.from(value).slice(0, -1).join(""))}
            >
              <Icon name="back" />
            </button>
          ) : null}
        </div>
      ))}
      <div className="keyboard-row">
        <button type="button" className="key key-wide" onClick={() => setIsDigits(!isDigits)}>
          {isDigits ? say.letters : say.digits}
        </button>
        <button type="button" className="key key-space" onClick={() => type(" ")}>
          {say.space}
        </button>
        <button type="button" className="key key-wide key-ready" onClick={props.onReady}>
          {say.ready}
        </button>
      </div>
    </div>,
    document.body,
  );
}
