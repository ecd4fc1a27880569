import { useId, type ReactElement } from "react";
import { iconPaths } from "../icons.tsx";
import {
  batteryBox,
  body,
  door,
  glass,
  hinges,
  sides,
  windowShapes,
  type PortraitCorner,
  type PortraitSide,
} from "./shapes.ts";

/** What is known of the car's body, seen from above with the nose up: left is the car's own left. Undefined means not known, and is drawn so. */
export interface PortraitState {
  readonly doors?: Partial<Readonly<Record<PortraitCorner, boolean>>>;
  readonly trunkOpen?: boolean;
  readonly hoodOpen?: boolean;
  readonly locked?: boolean;
  /** How far open, 0..100. */
  readonly windows?: Partial<Readonly<Record<PortraitCorner, number>>>;
  readonly headlightsOn?: boolean;
  readonly highBeamOn?: boolean;
  readonly hazardOn?: boolean;
  readonly brakeLightsOn?: boolean;
  readonly charging?: boolean;
  /** Percent. */
  readonly charge?: number;
  readonly climateOn?: boolean;
  /** Is the driver on the left or on the right. */
  readonly driverSide?: PortraitSide;
}

const knownAs = (open: boolean | undefined): string => {
  if (open === undefined) return "unknown";
  return open ? "open" : "closed";
};

const mirrored = (side: PortraitSide): string | undefined => (side === "left" ? undefined : "matrix(-1 0 0 1 240 0)");

function Beam(props: { readonly side: PortraitSide; readonly high: boolean; readonly fill: string }): ReactElement {
  const far = props.high ? -88 : -44;
  return (
    <path fill={props.fill} transform={mirrored(props.side)} d={`M66 62 36 ${far}Q62 ${far - 16} 104 ${far}L92 52Z`} />
  );
}

function Flank(props: { readonly side: PortraitSide; readonly state: PortraitState }): ReactElement {
  const { side, state } = props;
  return (
    <g transform={mirrored(side)}>
      {(["front", "rear"] as const).map((row) => {
        const corner: PortraitCorner = `${row}${side === "left" ? "Left" : "Right"}`;
        const open = state.windows?.[corner];
        return (
          <g key={row}>
            <path
              className="ui-portrait-window"
              data-state={knownAs(open === undefined ? undefined : open > 0)}
              style={{ "--open": (open ?? 0) / 100 }}
              d={windowShapes[row]}
            />
            <g transform={`translate(${hinges[row].x} ${hinges[row].y})`}>
              <path className="ui-portrait-door" data-state={knownAs(state.doors?.[corner])} d={door} />
            </g>
          </g>
        );
      })}
      <path className="ui-portrait-mirror" d="M51 184c-8-3-17-3-20 1-2 4 3 8 9 8h9Z" />
      <path
        className="ui-portrait-head"
        data-on={state.headlightsOn === true}
        d="M60 78c4-12 14-20 26-23-2 8-12 18-26 23Z"
      />
      <path
        className="ui-portrait-tail"
        data-on={state.brakeLightsOn === true}
        d="M56 412c4 10 14 18 28 21-2-7-12-17-28-21Z"
      />
      <path
        className="ui-portrait-hazard"
        data-on={state.hazardOn === true}
        d="M52 92c1-6 3-11 6-15M50 398c1 8 3 14 7 18"
      />
    </g>
  );
}

function Sign(props: { readonly d: string; readonly y: number; readonly tone: string }): ReactElement {
  return (
    <path
      className="ui-portrait-sign"
      data-tone={props.tone}
      transform={`translate(98 ${props.y}) scale(1.85)`}
      d={props.d}
    />
  );
}

/** The car drawn from its state; `label` says the same in words. Fills its parent, keeping its shape. */
export function Portrait(props: { readonly state: PortraitState; readonly label: string }): ReactElement {
  const id = useId();
  const { state } = props;
  const charge = Math.min(100, Math.max(0, state.charge ?? 0)) / 100;
  const lit = state.headlightsOn === true || state.highBeamOn === true;
  const wheelSide = state.driverSide;
  return (
    <svg className="ui-portrait" viewBox="-40 -70 320 530" role="img" aria-label={props.label}>
      <defs>
        <linearGradient id={`${id}-beam`} x1="0" y1="1" x2="0" y2="0">
          <stop offset="0" className="ui-portrait-beam-near" />
          <stop offset="1" className="ui-portrait-beam-far" />
        </linearGradient>
        <clipPath id={`${id}-battery`}>
          <path d={batteryBox} />
        </clipPath>
      </defs>
      {lit
        ? sides.map((side) => (
            <Beam key={side} side={side} high={state.highBeamOn === true} fill={`url(#${id}-beam)`} />
          ))
        : null}
      <g className="ui-portrait-wheels">
        <path d="M42 108h14v48H42zM184 108h14v48h-14zM42 336h14v48H42zM184 336h14v48h-14z" />
      </g>
      <path className="ui-portrait-body" d={body} />
      <path
        className="ui-portrait-lid"
        data-state={knownAs(state.hoodOpen)}
        d="M70 150C78 112 84 84 92 66h56c8 18 14 46 22 84-26-9-74-9-100 0Z"
      />
      <path
        className="ui-portrait-lid"
        data-state={knownAs(state.trunkOpen)}
        d="M68 384c26 12 78 12 104 0l-6 36c-22 10-70 10-92 0Z"
      />
      {glass.map((shape) => (
        <path key={shape} className="ui-portrait-glass" d={shape} />
      ))}
      <path className="ui-portrait-roof" d={batteryBox} />
      {state.charge === undefined ? null : (
        <g clipPath={`url(#${id}-battery)`}>
          <rect
            className="ui-portrait-charge"
            data-low={charge < 0.15}
            data-charging={state.charging === true}
            x="70"
            y="206"
            width="100"
            height="122"
            style={{ "--charge": charge }}
          />
        </g>
      )}
      {sides.map((side) => (
        <Flank key={side} side={side} state={state} />
      ))}
      {wheelSide === undefined ? null : (
        <circle className="ui-portrait-wheel" cx={wheelSide === "left" ? 96 : 144} cy="192" r="9" />
      )}
      {state.locked === undefined ? null : (
        <Sign
          d={state.locked ? iconPaths.lock : iconPaths.unlock}
          y={state.climateOn === true ? 216 : 244}
          tone={state.locked ? "plain" : "caution"}
        />
      )}
      {state.climateOn === true ? <Sign d={iconPaths.fan} y={272} tone="accent" /> : null}
      {state.charging === true ? (
        <g className="ui-portrait-cable">
          <path d="M49 396H20c-16 0-16 18-16 30v34" />
          <path className="ui-portrait-bolt" transform="translate(-22 360) scale(1.6)" d={iconPaths.bolt} />
        </g>
      ) : null}
    </svg>
  );
}
