export { MapError, mapErrorCodes } from "./src/map-error.ts";
export type { MapErrorCode } from "./src/map-error.ts";
export type { Bounds, City, ImportedCity, LatLon, NamedPlace, RoadClass } from "./src/city.ts";
export type { Lane, Manoeuvre, ManoeuvreKind, TravelMode, TurnModifier } from "./src/route/manoeuvre.ts";
export type {
  Route,
  RouteEvent,
  RouteIntersection,
  RouteLeg,
  RouteOutcome,
  RoutePiece,
  RoutesOutcome,
} from "./src/route/route.ts";
export { importCity } from "./src/import/import-city.ts";
export type { MapSource } from "./src/import/import-city.ts";
export { importerVersion } from "./src/file/layout.ts";
export { encodeCity } from "./src/file/encode-city.ts";
export { openCity } from "./src/file/open-city.ts";
export { createRouter } from "./src/route/router.ts";
export type { Router, RoutesQuestion } from "./src/route/router.ts";
export type { Stop } from "./src/route/stops.ts";
export { createEngine } from "./src/engine/engine.ts";
export type { Engine } from "./src/engine/engine.ts";
export type { AvoidClass, EdgeEnd, MetricChoice } from "./src/engine/choice.ts";
export type { FoundPath } from "./src/engine/path-search.ts";
export { orderRoads } from "./src/engine/order/order-roads.ts";
export type { OrderInParallel } from "./src/engine/order/order-roads.ts";
export { noWay } from "./src/engine/costs.ts";
export { nearestEdge } from "./src/place/nearest-edge.ts";
export type { Snap } from "./src/place/nearest-edge.ts";
export { createSearch } from "./src/place/search.ts";
export type { Search, SearchHit } from "./src/place/search.ts";
export { placeCategories, readCategory } from "./src/place/categories.ts";
export type { PlaceCategory } from "./src/place/categories.ts";
export { roadsNear } from "./src/place/roads-near.ts";
export type { NearRoad } from "./src/place/roads-near.ts";
export { buildTiles, tileZooms } from "./src/tiles/build-tiles.ts";
export { openTiles } from "./src/tiles/tile-archive.ts";
export type { TileArchive } from "./src/tiles/tile-archive.ts";
export { densityCorners, drawDensity } from "./src/tiles/density.ts";
export { classOf, hasFlag, isForward, lanesOfEdge, legalSpeedOf, wayOfEdge } from "./src/graph/edge-facts.ts";
export { headingArriving, headingLeaving } from "./src/graph/headings.ts";
export { instructionText } from "./src/guidance/instruction.ts";
export { bannersOf } from "./src/guidance/banners.ts";
export { voicesOf } from "./src/guidance/voices.ts";
export type { GuideLanguage } from "./src/guidance/texts.ts";
export { beginGuidance, guide, progressOf } from "./src/guidance/guidance.ts";
export type {
  Announcing,
  GuideEffect,
  GuideEvent,
  GuideFix,
  GuideProgress,
  GuideSettings,
  Guidance,
  RouteChange,
} from "./src/guidance/guidance.ts";
export { guideRouteOf } from "./src/guidance/guide-route.ts";
export type { GuideRoute, GuideStop } from "./src/guidance/guide-route.ts";
export type { AheadAlert } from "./src/guidance/alerts.ts";
export { roadAhead } from "./src/ahead/road-ahead.ts";
export type { RoadIncident } from "./src/ahead/road-ahead.ts";
export { mayWarnOfCameras } from "./src/guidance/camera-law.ts";
export { placeOnRoute } from "./src/guidance/place-on-route.ts";
export { createMatcher } from "./src/match/matcher.ts";
export type * from "./src/match/matching.ts";
export { createTracker } from "./src/match/tracker.ts";
export type { Fix, Motion, TrackedPlace, Tracker } from "./src/match/tracking.ts";
export { edgeEnergy } from "./src/charging/energy.ts";
export type { EnergyModel } from "./src/charging/energy.ts";
export { createOsrm } from "./src/osrm/osrm.ts";
export type { Osrm, OsrmLimits, OsrmParts } from "./src/osrm/osrm.ts";
export type { OsrmAnswer } from "./src/osrm/problem.ts";
export { createTraffic } from "./src/traffic/traffic.ts";
export type { HeardSpeed, HeardTraffic, SlowStretch, Traffic } from "./src/traffic/traffic.ts";
export type { Incident } from "./src/traffic/incidents.ts";
export { levelOf } from "./src/traffic/level.ts";
export type { TrafficLevel } from "./src/traffic/level.ts";
export { trafficTimes, usualWait } from "./src/traffic/edge-times.ts";
export { Segments } from "./src/traffic/segments.ts";
export { readSegmentSpeeds, writeSegmentSpeeds } from "./src/traffic/speed-file.ts";
export type { SegmentSpeed, SpeedFile } from "./src/traffic/speed-file.ts";
export { quarterOfWeek, TypicalWeek } from "./src/traffic/typical-week.ts";
export type { TypicalSegment } from "./src/traffic/typical-week.ts";
export { legEnergy } from "./src/charging/energy.ts";
export { readOsmCharger } from "./src/charging/osm-charger.ts";
export { readOcpiLocations } from "./src/charging/ocpi.ts";
export type { ReadChargers } from "./src/charging/ocpi.ts";
export type { Charger, ChargePrice, Connector, Plug } from "./src/charging/charger.ts";
export { bestConnector, chargeSeconds, powerInto, temperatureShare } from "./src/charging/curve.ts";
export type { ChargingCar } from "./src/charging/curve.ts";
export { planCharging } from "./src/charging/plan-charging.ts";
export type {
  ChargingCaveat,
  ChargingObstacle,
  ChargingPlan,
  ChargingStop,
  ChargingTask,
  ChargingWhy,
  Legs,
} from "./src/charging/charging-plan.ts";
