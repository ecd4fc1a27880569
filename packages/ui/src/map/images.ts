import { iconPaths, type IconName } from "../icons.tsx";
import { colours, type Look } from "../tokens.ts";
import { mapPalettes } from "./palette.ts";
import type { MapPin, MapTraffic } from "./types.ts";

/** A picture for the map's own atlas. */
export interface MapImage {
  readonly name: string;
  readonly data: ImageData;
  readonly options: {
    readonly pixelRatio: number;
    readonly stretchX?: [number, number][];
    readonly stretchY?: [number, number][];
    readonly content?: [number, number, number, number];
  };
}

const ratio = 2;

function draw(width: number, height: number, paint: (canvas: CanvasRenderingContext2D) => void): ImageData {
  const element = document.createElement("canvas");
  element.width = width * ratio;
  element.height = height * ratio;
  const canvas = element.getContext("2d", { willReadFrequently: true });
  if (canvas === null) return new ImageData(width * ratio, height * ratio);
  canvas.scale(ratio, ratio);
  canvas.lineCap = "round";
  canvas.lineJoin = "round";
  paint(canvas);
  return canvas.getImageData(0, 0, width * ratio, height * ratio);
}

const fillShape = (canvas: CanvasRenderingContext2D, path: Path2D): void => canvas.fill(path);

const pinIcons: Readonly<Record<MapPin["kind"], IconName>> = {
  home: "home",
  work: "work",
  favourite: "star",
  destination: "flag",
  found: "search",
  stop: "pin",
  charge: "bolt",
};

const pinKinds: readonly MapPin["kind"][] = ["home", "work", "favourite", "destination", "found", "stop", "charge"];

type Incident = MapTraffic["incidents"][number]["kind"];
const incidentIcons: Readonly<Record<Incident, IconName>> = {
  accident: "accident",
  works: "works",
  closure: "closure",
  hazard: "hazard",
};
const incidentKinds: readonly Incident[] = ["accident", "works", "closure", "hazard"];

/** A warning triangle's colour with the sign in it; a closed road is red. */
function incident(kind: Incident, look: Look): ImageData {
  const map = mapPalettes[look];
  return draw(44, 44, (canvas) => {
    canvas.fillStyle = kind === "closure" ? map.queue : map.slow;
    canvas.strokeStyle = map.halo;
    canvas.lineWidth = 3;
    canvas.beginPath();
    canvas.roundRect(3, 3, 38, 38, 11);
    canvas.fill();
    canvas.stroke();
    canvas.translate(9, 9);
    canvas.scale(26 / 24, 26 / 24);
    canvas.lineWidth = 2.2;
    canvas.strokeStyle = "#10171E";
    canvas.stroke(new Path2D(iconPaths[incidentIcons[kind]]));
  });
}

function pin(kind: MapPin["kind"], look: Look): ImageData {
  const palette = colours[look];
  const strong = kind !== "home" && kind !== "work" && kind !== "favourite";
  return draw(52, 62, (canvas) => {
    canvas.fillStyle = strong ? palette.accent : palette.card;
    canvas.strokeStyle = strong ? palette.onAccent : palette.background;
    canvas.lineWidth = 2;
    const body = new Path2D("M26 60C20 52 5 40 5 25a21 21 0 0 1 42 0c0 15-15 27-21 35Z");
    fillShape(canvas, body);
    canvas.globalAlpha = 0.5;
    canvas.stroke(body);
    canvas.globalAlpha = 1;
    canvas.translate(13, 12);
    canvas.scale(26 / 24, 26 / 24);
    canvas.lineWidth = 2;
    canvas.strokeStyle = strong ? palette.onAccent : palette.accent;
    canvas.stroke(new Path2D(iconPaths[pinIcons[kind]]));
  });
}

function car(fill: string, edge: string, ring: string | undefined): ImageData {
  return draw(44, 44, (canvas) => {
    if (ring !== undefined) {
      canvas.fillStyle = ring;
      canvas.globalAlpha = 0.3;
      canvas.beginPath();
      canvas.arc(22, 22, 21, 0, 2 * Math.PI);
      canvas.fill();
      canvas.globalAlpha = 1;
    }
    const arrow = new Path2D("M22 6 33.5 34.5 22 29 10.5 34.5Z");
    canvas.lineWidth = 4;
    canvas.strokeStyle = edge;
    canvas.stroke(arrow);
    canvas.fillStyle = fill;
    fillShape(canvas, arrow);
  });
}

function imagesOf(look: Look): MapImage[] {
  const map = mapPalettes[look];
  const palette = colours[look];
  const plain = { pixelRatio: ratio };
  const shield = draw(28, 24, (canvas) => {
    canvas.fillStyle = map.shield;
    canvas.beginPath();
    canvas.roundRect(0, 0, 28, 24, 7);
    canvas.fill();
  });
  const bubble = draw(40, 36, (canvas) => {
    canvas.fillStyle = map.bubble;
    canvas.strokeStyle = map.alternative;
    canvas.lineWidth = 2.5;
    canvas.beginPath();
    canvas.roundRect(2, 2, 36, 32, 14);
    canvas.fill();
    canvas.stroke();
  });
  const oneWay = draw(20, 20, (canvas) => {
    canvas.strokeStyle = map.oneWay;
    canvas.lineWidth = 2;
    canvas.stroke(new Path2D("M3 10h14M12 5.5l5 4.5-5 4.5"));
  });
  const group = draw(44, 44, (canvas) => {
    canvas.fillStyle = map.shield;
    canvas.strokeStyle = palette.accent;
    canvas.lineWidth = 3;
    canvas.beginPath();
    canvas.arc(22, 22, 19, 0, 2 * Math.PI);
    canvas.fill();
    canvas.stroke();
  });
  return [
    {
      name: `shield-${look}`,
      data: shield,
      options: { pixelRatio: ratio, stretchX: [[16, 40]], stretchY: [[16, 32]], content: [4, 4, 52, 44] },
    },
    {
      name: `bubble-${look}`,
      data: bubble,
      options: { pixelRatio: ratio, stretchX: [[34, 46]], stretchY: [[34, 38]], content: [16, 10, 64, 62] },
    },
    ...incidentKinds.map((kind) => ({ name: `incident-${kind}-${look}`, data: incident(kind, look), options: plain })),
    { name: `one-way-${look}`, data: oneWay, options: plain },
    { name: `car-online-${look}`, data: car(palette.accent, map.halo, undefined), options: plain },
    { name: `car-offline-${look}`, data: car(palette.quiet, map.halo, undefined), options: plain },
    { name: `car-selected-${look}`, data: car(palette.text, map.halo, palette.accent), options: plain },
    { name: `car-group-${look}`, data: group, options: plain },
    ...pinKinds.map((kind) => ({ name: `pin-${kind}-${look}`, data: pin(kind, look), options: plain })),
  ];
}

/** All pictures of both looks, so that changing the look only changes names. */
export function mapImages(): MapImage[] {
  const quiet: MapImage = { name: "quiet", data: draw(72, 72, () => {}), options: { pixelRatio: ratio } };
  const small: MapImage = { name: "quiet-route", data: draw(24, 24, () => {}), options: { pixelRatio: ratio } };
  return [...imagesOf("night"), ...imagesOf("day"), quiet, small];
}
