import type { ReactElement } from "react";
import { laneStrokes, type LaneArrows } from "./lanes.ts";

/** The lanes before a manoeuvre from left to right: those that lead there bright, the arrow to follow brightest. */
export function LaneStrip(props: {
  readonly lanes: readonly LaneArrows[];
  readonly side: "left" | "right";
  readonly label: string;
}): ReactElement {
  return (
    <div className="ui-lanes" role="img" aria-label={props.label}>
      {props.lanes.map((lane, index) => (
        <svg key={index} className="ui-lane" viewBox="0 0 24 24" data-valid={lane.valid} aria-hidden="true">
          {laneStrokes(lane, props.side).map((stroke) => (
            <path
              key={`${stroke.path} ${String(stroke.mirrored)}`}
              d={stroke.path}
              data-active={stroke.active}
              transform={stroke.mirrored ? "matrix(-1 0 0 1 24 0)" : undefined}
            />
          ))}
        </svg>
      ))}
    </div>
  );
}
