import { Map as Engine, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { fontFacesOfPage, loadLatin } from "./fonts.ts";
import { LivingMap } from "./living-map.ts";
import { mapImages } from "./images.ts";
import { firstAboveRoute, mapStyle } from "./style/map-style.ts";
import type { MapHandle, MapOptions } from "./types.ts";

const nameSizes = { cockpit: 1, phone: 0.75, console: 0.7 } as const;

const screenSize = (): number => {
  const screen = document.documentElement.dataset["screen"];
  return screen === "phone" || screen === "console" ? nameSizes[screen] : nameSizes.cockpit;
};

/** Builds the living map; its chunk holds the engine. */
export async function startMap(element: HTMLElement, options: MapOptions): Promise<MapHandle> {
  await loadLatin();
  setWorkerUrl(workerUrl);
  const size = screenSize();
  const { info, look, language } = options;
  const interactive = options.interactive ?? true;
  const drive = options.mode === "drive";
  const box = document.createElement("div");
  element.append(box);
  const engine = new Engine({
    container: box,
    style: mapStyle(info, {
      look,
      language,
      size,
      unsaid: [],
      origin: location.origin,
      fontFaces: fontFacesOfPage("Noto Sans SC Variable"),
    }),
    center: [info.centre[0], info.centre[1]],
    zoom: drive ? 15.5 : Math.max(info.minZoom, 11.5),
    pitch: drive ? 50 : 0,
    minZoom: Math.max(0, info.minZoom - 1),
    maxZoom: 19,
    maxPitch: 60,
    attributionControl: false,
    renderWorldCopies: false,
    refreshExpiredTiles: false,
    fadeDuration: 250,
    interactive,
    dragRotate: drive,
    pitchWithRotate: drive,
    touchPitch: drive,
    validateStyle: false,
    canvasContextAttributes: { antialias: false, powerPreference: "high-performance" },
    pixelRatio: Math.min(2, window.devicePixelRatio),
  });
  const living = new LivingMap({ engine, element, options, size });
  engine.on("style.load", () => {
    // Fewer, larger tiles towards the sky, where the eye sees none of it: half the draw calls of a tilted frame.
    engine.setSourceTileLodParams(4, 2);
    for (const image of mapImages()) engine.addImage(image.name, image.data, image.options);
    engine.addLayer(living.routeLayer, firstAboveRoute);
    living.styled();
  });
  return living;
}
