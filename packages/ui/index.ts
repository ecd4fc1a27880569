/**
 * The touch kit of Caravan's screens: tokens, controls, words, figures, map, charts and the portrait of the car.
 * Importing it brings its style sheet and fonts. Wrap the app in `ScreenProvider`; the rest reads the screen from there.
 * Nothing here fetches or stores anything, except the map its own tiles.
 */
import "./src/ui.css";

export { ScreenProvider, useScreen, type ScreenFacts } from "./src/screen.tsx";
export {
  colours,
  motion,
  sizes,
  speedTones,
  type Look,
  type Palette,
  type ScreenKind,
  type Sizes,
} from "./src/tokens.ts";

export { createWords, type Language, type WordTable } from "./src/words.ts";
export { useWords } from "./src/use-words.ts";
export { createFormats, type Figure, type Formats, type Units } from "./src/format.ts";
export { createLive, LiveText, useLive, useLiveElement, type Live, type LiveCell } from "./src/live.tsx";

export { Icon, type IconName } from "./src/icons.tsx";
export { ManoeuvreSign } from "./src/guidance/manoeuvre-sign.tsx";
export { turnAlong } from "./src/map/path.ts";
export { LaneStrip } from "./src/guidance/lane-strip.tsx";
export { Button, IconButton, type ButtonKind } from "./src/controls/button.tsx";
export { HoldButton } from "./src/controls/hold-button.tsx";
export { Chip, Segmented, Toggle, type Choice } from "./src/controls/choices.tsx";
export { Slider, Stepper } from "./src/controls/amounts.tsx";
export { Card, ListRow, Sheet } from "./src/controls/surfaces.tsx";
export { TextField } from "./src/controls/text-field.tsx";
export { Confirm, Dialog, Toast } from "./src/controls/dialog.tsx";
export { EmptyState, ErrorState, Skeleton } from "./src/controls/states.tsx";

export { MapView } from "./src/map/map-view.tsx";
export { createMapView, type MapOutcome } from "./src/map/create-map-view.ts";
export type {
  MapAlternative,
  MapCar,
  MapCity,
  MapHandle,
  MapInsets,
  MapOptions,
  MapPin,
  MapPose,
  MapProblem,
  MapRoute,
  MapTone,
  MapTrack,
  MapTraffic,
} from "./src/map/types.ts";

export { TimeChart } from "./src/charts/time-chart.tsx";
export type { ChartSeries } from "./src/charts/chart-series.ts";
export { Portrait, type PortraitState } from "./src/portrait/portrait.tsx";

export { browserParts } from "./src/page/browser-parts.ts";
export type { Taste } from "./src/page/taste.ts";
export { useNow } from "./src/page/use-now.ts";
export { useLoaded } from "./src/page/use-loaded.ts";
export { TasteCards } from "./src/page/taste-cards.tsx";
export { TasteScreen } from "./src/page/taste-screen.tsx";
