import type { ReactElement } from "react";

/** Drawn on a 24 x 24 grid with round strokes; also painted onto the map from the same table. */
export const iconPaths = {
  map: "M9 4 3 6.5v13.5L9 17.5l6 2.5 6-2.5V4l-6 2.5L9 4ZM9 4v13.5M15 6.5V20",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM20 20l-4.8-4.8",
  home: "M3.5 11 12 4l8.5 7M6 9.2V19.5h12V9.2M10 19.5v-6h4v6",
  work: "M4 8.5h16v11H4zM9 8.5V5h6v3.5M4 13h16M12 12v2",
  star: "m12 3.8 2.5 5.2 5.7.8-4.1 4 1 5.7-5.1-2.7-5.1 2.7 1-5.7-4.1-4 5.7-.8Z",
  clock: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 7.5V12l3 2",
  car: "M5 16.5v2.5M19 16.5v2.5M3.5 16.5v-4l2-1.3L7.2 6.6A1.6 1.6 0 0 1 8.7 5.5h6.6a1.6 1.6 0 0 1 1.5 1.1l1.7 4.6 2 1.3v4ZM5.5 11.2h13M6.8 14h1.4M15.8 14h1.4",
  battery: "M3.5 8h15v8h-15zM21 10.5v3M6.5 10.8v2.4M9.5 10.8v2.4M12.5 10.8v2.4",
  bolt: "M13 3 5.5 13.5H12L11 21l7.5-10.5H12Z",
  charge: "M3.5 8H8M14 16h4.5V8H16M3.5 8v8H8M21 10.5v3M12 5.5 8 12.5h5.5L11 18.5",
  lock: "M6 11h12v9H6zM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11M12 14.5v2",
  unlock: "M6 11h12v9H6zM8.5 11V7.5a3.5 3.5 0 0 1 6.7-1.3M12 14.5v2",
  door: "M5 12.5 10.5 5H19v15H5ZM5 12.5h14M15.5 15.5H17",
  window: "M4 13.5 10 5.5h10v13H4ZM4 13.5h16M12 16.5v-6M10 12l2-2 2 2",
  trunk: "M4 19.5v-5.5l3-2.5h10l3 2.5v5.5ZM7 11.5 9 4.5h9M7 16h2M15 16h2",
  lights: "M10 6c-3.5 0-6 2.5-6 6s2.5 6 6 6c2 0 2.5-3 2.5-6S12 6 10 6ZM15.5 8l5-1M15.5 12h5M15.5 16l5 1",
  fan: "M12 13.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3ZM12 10.5C10 8 10.5 4 13.5 4c2.5 0 2.5 3.5-.3 7M13.5 12c2.5-2 6.5-1.5 6.5 1.5 0 2.5-3.5 2.5-7-.3M12 13.5c2 2.5 1.5 6.5-1.5 6.5-2.5 0-2.5-3.5.3-7M10.5 12C8 14 4 13.5 4 10.5 4 8 7.5 8 11 10.8",
  seat: "M8 4.5c1.5 0 2 1 2.2 2.5l1 6.5H16c1.5 0 2.5 1 2.5 2.5v1.5H9.5L7 8.5c-.4-1.7-.5-4 1-4ZM9.5 17.5v2.5M17 17.5v2.5",
  temperature: "M10 14V5.5a2 2 0 0 1 4 0V14a4 4 0 1 1-4 0ZM12 9v8M17 6.5h2.5M17 10h2.5",
  snow: "M12 3.5v17M4.6 7.8l14.8 8.4M19.4 7.8 4.6 16.2M9.5 5 12 7l2.5-2M9.5 19l2.5-2 2.5 2",
  defrost: "M4 15.5C4 9 7.5 6 12 6s8 3 8 9.5ZM9 20c-1-1.2 1-1.8 0-3M12.5 20c-1-1.2 1-1.8 0-3M16 20c-1-1.2 1-1.8 0-3",
  volume: "M4 9.5v5h3.5L12 18.5v-13L7.5 9.5ZM15.5 9a4 4 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11",
  mute: "M4 9.5v5h3.5L12 18.5v-13L7.5 9.5ZM16 9.8l4.5 4.5M20.5 9.8 16 14.3",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4",
  moon: "M20 14.3A8.3 8.3 0 0 1 9.7 4 8.3 8.3 0 1 0 20 14.3Z",
  settings:
    "M4 7h9M17 7h3M4 12h3M11 12h9M4 17h9M17 17h3M15 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM9 14a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM15 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
  person: "M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c0-4 3.3-6 7.5-6s7.5 2 7.5 6",
  trip: "M6 21a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM18 7a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM8 19h6.5a3.5 3.5 0 0 0 0-7h-5a3.5 3.5 0 0 1 0-7H16",
  info: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 11v5.5M12 7.5v.2",
  warning: "M12 4 2.8 19.5h18.4ZM12 10v4.5M12 17v.2",
  close: "M6 6l12 12M18 6 6 18",
  back: "M19.5 12h-15M10.5 6l-6 6 6 6",
  check: "m5 12.5 4.5 4.5L19 7.5",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  up: "m6 14.5 6-6 6 6",
  down: "m6 9.5 6 6 6-6",
  left: "m14.5 6-6 6 6 6",
  right: "m9.5 6 6 6-6 6",
  menu: "M4 7h16M4 12h16M4 17h16",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  wifi: "M3 9.5a13 13 0 0 1 18 0M6 13a8.5 8.5 0 0 1 12 0M9 16.3a4.3 4.3 0 0 1 6 0M12 19.5v.2",
  offline:
    "M3 9.5a13 13 0 0 1 4.5-3M11 5.8a13 13 0 0 1 10 3.7M6 13a8.5 8.5 0 0 1 4-2.3M15.5 11.5c.9.4 1.7.9 2.5 1.5M9 16.3a4.3 4.3 0 0 1 4-1.1M12 19.5v.2M4 3.5l16 17",
  cloud: "M7 18.5a4.2 4.2 0 0 1-.5-8.4 5.5 5.5 0 0 1 10.7-.6 4.5 4.5 0 0 1-.2 9Z",
  steering:
    "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 14a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM3.6 11c3-1 4.5-1 6.4 0M20.4 11c-3-1-4.5-1-6.4 0M12 14v6.5",
  phone: "M7.5 3h9v18h-9zM11 18h2",
  send: "m4 11.5 16-7-5.5 16-3.5-6ZM11 14.5l9-10",
  recentre: "M12 3 5 20.5l7-4 7 4Z",
  pin: "M12 21s6.5-6.3 6.5-11.5a6.5 6.5 0 0 0-13 0C5.5 14.7 12 21 12 21ZM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z",
  flag: "M6 21V4M6 4.5h12l-2.5 4 2.5 4H6",
  edit: "M5 19l.8-3.8L16 5l3 3L8.8 18.2ZM13.5 7.5l3 3",
  bin: "M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 13h9l1-13M10.5 10.5v6M13.5 10.5v6",
  undo: "M4 9.5h10a5 5 0 0 1 0 10H9M8 5.5l-4 4 4 4",
  refresh: "M19.5 8.5A8 8 0 1 0 20 13M20 4v4.5h-4.5",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z",
  camera: "M3.5 7.5h4l1.5-2.5h6l1.5 2.5h4v11h-17ZM12 16a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Z",
  tyre: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM12 3.5v5M12 15.5v5M3.5 12h5M15.5 12h5",
  speed: "M5 18.5a9 9 0 1 1 14 0M12 13l4-4.5M12 14.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3Z",
  chart: "M4 4v16h16M7.5 15l3.5-4.5 3 2.5 5-6.5",
  table: "M3.5 5h17v14h-17ZM3.5 9.7h17M3.5 14.3h17M9 5v14",
  download: "M12 4v11M7 10.5l5 5 5-5M4.5 19.5h15",
  globe:
    "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM3.5 12h17M12 3.5c2.5 2.5 3.5 5.5 3.5 8.5s-1 6-3.5 8.5c-2.5-2.5-3.5-5.5-3.5-8.5s1-6 3.5-8.5Z",
  brightness:
    "M12 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM12 4v1.5M12 18.5V20M4 12h1.5M18.5 12H20M6.3 6.3l1 1M16.7 16.7l1 1M17.7 6.3l-1 1M7.3 16.7l-1 1",
  hazard: "M12 4 3 19.5h18ZM12 9l-4.7 8h9.4Z",
  power: "M12 3.5v8M7 6.5a7.5 7.5 0 1 0 10 0",
  leaf: "M5 19c0-9 5-13.5 14.5-14 .5 9-3.5 14-10 14A5.5 5.5 0 0 1 5 17M5 20.5c1.5-5 4.5-8.5 9-10.5",
  "turn-straight": "M12 21V4M6.5 9.5 12 4l5.5 5.5",
  "turn-slight-right": "M9 21v-6.5c0-2 .6-3.3 2-4.7L17 4M10.5 4H17v6.5",
  "turn-right": "M7 21v-8a4 4 0 0 1 4-4h8M14 4l5 5-5 5",
  "turn-sharp-right": "M7 21V6.5A2.5 2.5 0 0 1 11.3 4.8L18 12.5M18 5.5v7h-7",
  "turn-uturn": "M16.5 21V9.5a5 5 0 0 0-10 0V17M2.5 13l4 4 4-4",
  "turn-sharp-left": "M17 21V6.5A2.5 2.5 0 0 0 12.7 4.8L6 12.5M6 5.5v7h7",
  "turn-left": "M17 21v-8a4 4 0 0 0-4-4H5M10 4 5 9l5 5",
  "turn-slight-left": "M15 21v-6.5c0-2-.6-3.3-2-4.7L7 4M13.5 4H7v6.5",
  "turn-merge": "M12 21v-6M12 15c0-4-6-4-6-10M12 15c0-4 6-4 6-10M8.5 6.5 12 3l3.5 3.5M12 3v12",
  "turn-fork-right": "M8 21v-5.5C8 11 17 11 17 4M12.5 8.5 17 4l4.5 4.5M8 15.5V8",
  "turn-fork-left": "M16 21v-5.5C16 11 7 11 7 4M2.5 8.5 7 4l4.5 4.5M16 15.5V8",
  "turn-roundabout": "M12 21v-4.5M12 16.5a4.5 4.5 0 1 1 3.2-1.3M15.2 8.8 20 4M15.5 4H20v4.5",
  "turn-depart": "M12 21V8M7 13l5-5 5 5M7 3.5h10",
  "turn-arrive": "M12 21s6.5-6.3 6.5-11.5a6.5 6.5 0 0 0-13 0C5.5 14.7 12 21 12 21ZM9.3 9.5l2 2 3.5-4",
} as const;

/** Every icon there is. */
export type IconName = keyof typeof iconPaths;

/** An icon in the colour of the text around it; without `label` it is decoration to a screen reader. `size` is any CSS length. */
export function Icon(props: {
  readonly name: IconName;
  readonly size?: string;
  readonly label?: string;
}): ReactElement {
  const size = props.size ?? "var(--size-icon)";
  return (
    <svg
      className="ui-icon"
      viewBox="0 0 24 24"
      style={{ inlineSize: size, blockSize: size }}
      role={props.label === undefined ? undefined : "img"}
      aria-label={props.label}
      aria-hidden={props.label === undefined}
    >
      <path d={iconPaths[props.name]} />
    </svg>
  );
}

/** The sign for a manoeuvre, by its kind and the shape of its turn (as in OSRM). */
export function manoeuvreIcon(kind: string, modifier: string): IconName {
  if (kind === "arrive") return "turn-arrive";
  if (kind === "depart") return "turn-depart";
  if (kind === "roundabout") return "turn-roundabout";
  const left = modifier.endsWith("left");
  if (kind === "fork" || kind === "off ramp") return left ? "turn-fork-left" : "turn-fork-right";
  if (kind === "merge") return "turn-merge";
  switch (modifier) {
    case "slight right":
      return "turn-slight-right";
    case "right":
      return "turn-right";
    case "sharp right":
      return "turn-sharp-right";
    case "uturn":
      return "turn-uturn";
    case "sharp left":
      return "turn-sharp-left";
    case "left":
      return "turn-left";
    case "slight left":
      return "turn-slight-left";
    default:
      return "turn-straight";
  }
}
