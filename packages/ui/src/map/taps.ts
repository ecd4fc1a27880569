import type { Map as Engine, MapMouseEvent } from "maplibre-gl";
import type { MapOptions } from "./types.ts";

// Half a finger.
const reach = 22;

/** Answers taps, and tells where the hand is. */
export function watchPointer(engine: Engine, options: MapOptions): void {
  engine.on("click", (event) => answerTap(engine, event, options));
  engine.on("mousemove", ({ lngLat }) => options.onHover?.(lngLat.lat, lngLat.lng));
}

/** Says what a tap meant: a group of cars opens, a car, a pin or another way is told by its id, anything else is a place. */
function answerTap(engine: Engine, event: MapMouseEvent, options: MapOptions): void {
  const { x, y } = event.point;
  const [hit] = engine.queryRenderedFeatures(
    [
      [x - reach, y - reach],
      [x + reach, y + reach],
    ],
    { layers: ["cars", "car-groups", "pins", "alternative-words", "alternatives"] },
  );
  const id: unknown = hit?.properties["id"];
  if (hit?.layer.id === "car-groups") {
    engine.easeTo({ center: event.lngLat, zoom: engine.getZoom() + 2, duration: 400 });
  } else if (hit?.layer.id === "cars" && typeof id === "string" && options.onCarTap !== undefined) {
    options.onCarTap(id);
  } else if (hit?.layer.id === "pins" && typeof id === "string" && options.onPinTap !== undefined) {
    options.onPinTap(id);
  } else if (typeof id === "string" && (hit?.layer.id === "alternatives" || hit?.layer.id === "alternative-words")) {
    options.onAlternativeTap?.(id);
  } else {
    options.onTap?.(event.lngLat.lat, event.lngLat.lng);
  }
}
