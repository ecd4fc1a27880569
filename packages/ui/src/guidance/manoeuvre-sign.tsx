import type { CSSProperties, ReactElement } from "react";
import { signOf, type SignOf } from "./signs.ts";

/** The sign of a manoeuvre; the number of a roundabout's exit stands in its ring. `size` is any CSS length. */
export function ManoeuvreSign(
  props: SignOf & { readonly size: string; readonly exit?: number; readonly label?: string },
): ReactElement {
  const { way, others, mirrored, ring } = signOf(props);
  const place: CSSProperties = { inlineSize: props.size, blockSize: props.size };
  return (
    <span
      className="ui-sign"
      style={place}
      role={props.label === undefined ? undefined : "img"}
      aria-label={props.label}
      aria-hidden={props.label === undefined}
    >
      <svg className="ui-icon" viewBox="0 0 24 24">
        <g transform={mirrored ? "matrix(-1 0 0 1 24 0)" : undefined}>
          {others === undefined ? null : <path d={others} className="ui-sign-others" />}
          <path d={way} />
        </g>
      </svg>
      {ring === undefined || props.exit === undefined ? null : (
        <span
          className="ui-sign-exit ui-figure"
          style={{ left: `${(ring.x / 24) * 100}%`, top: `${(ring.y / 24) * 100}%` }}
        >
          {props.exit}
        </span>
      )}
    </span>
  );
}
