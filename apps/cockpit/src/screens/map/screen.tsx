import {
  EmptyState,
  ErrorState,
  MapView,
  useScreen,
  type MapAlternative,
  type MapHandle,
  type MapInsets,
  type MapPin,
} from "@caravan/ui";
import { useEffect, useMemo, useState, type ReactElement } from "react";
import type { Manoeuvre, Place, PositionQuality, RouteOffer, RouteSummary } from "@caravan/link";
import { useCar, useCarState } from "../../car/context.tsx";
import { useSay } from "../../words/words.ts";
import { timeDifference, wayDifference } from "../../words/time-difference.ts";
import { MapButtons } from "./buttons.tsx";
import { useMapInfo } from "./map-info.ts";

const certainties = {
  satellites: "sure",
  "dead-reckoned": "reckoned",
  lost: "lost",
} as const satisfies Record<PositionQuality, string>;

const noWays: readonly RouteSummary[] = [];

/** Is there something to do with the wheel, so that an arrow on the map helps? */
const isTurn = ({ kind, modifier }: Manoeuvre): boolean =>
  !["depart", "notification", "exit roundabout", "exit rotary", "arrive"].includes(kind) &&
  (kind !== "continue" || modifier !== "straight") &&
  // A street that only changes its name needs no arrow, unless it does so round a corner.
  (kind !== "new name" || ["left", "right", "sharp left", "sharp right", "uturn"].includes(modifier));

/** The desktop: the map that everything else comes to. */
export function MapScreen(props: {
  readonly insets: MapInsets;
  /** Shows the whole way. */
  readonly onOverview: () => void;
  readonly found: Place | undefined;
  /** A better way, drawn beside the one that is driven. */
  readonly offer: RouteOffer | undefined;
  /** Another way was tapped. */
  readonly onWay: (id: string) => void;
  readonly onTap: (lat: number, lon: number) => void;
  readonly onPinTap: (id: string) => void;
  readonly onMap: (map: MapHandle | undefined) => void;
}): ReactElement {
  const say = useSay();
  const { store } = useCar();
  const link = useCarState((state) => state.link);
  const hasPosition = useCarState((state) => state.hasPosition);
  const journey = useCarState((state) => state.journey);
  const { formats } = useScreen();
  const places = useCarState((state) => state.places);
  const mapUp = useCarState((state) => state.settings.mapUp);
  const showTraffic = useCarState((state) => state.settings.showTraffic);
  const position = useCarState((state) => state.position);
  const { state, retry } = useMapInfo(link === "open");
  const [map, setMap] = useState<MapHandle>();
  const [isFollowing, setIsFollowing] = useState(true);
  const route = "route" in journey ? journey.route : undefined;
  const { found, insets, offer } = props;

  useEffect(() => {
    if (map === undefined) return;
    const move = () => map.setPose(store.pose.get());
    move();
    return store.pose.subscribe(move);
  }, [map, store]);

  useEffect(() => {
    if (map === undefined) return;
    if (route === undefined) {
      map.setRoute(undefined);
      return;
    }
    map.setRoute({
      geometry: route.geometry,
      traffic: route.traffic,
      manoeuvres: route.manoeuvres.filter(isTurn).map(({ along }) => along),
      streets: Array.from(new Set(route.manoeuvres.map(({ street }) => street).filter((street) => street !== ""))),
    });
    const move = () => map.setProgress(store.progress.get()?.along ?? 0);
    move();
    return store.progress.subscribe(move);
  }, [map, route, store]);

  const others = journey.kind === "planned" ? journey.alternatives : noWays;
  const alternatives = useMemo((): readonly MapAlternative[] => {
    if (route === undefined) return [];
    const ways = others.map(({ id, geometry, duration }) => ({
      id,
      geometry,
      label: wayDifference(say, formats, duration, route.duration),
    }));
    if (offer === undefined) return ways;
    return [{ id: offer.route.id, geometry: offer.route.geometry, label: timeDifference(say, formats, -offer.saves) }];
  }, [formats, offer, others, route, say]);
  useEffect(() => map?.setAlternatives(alternatives), [map, alternatives]);

  useEffect(() => {
    if (map === undefined) return;
    const show = () => map.setTraffic(showTraffic ? store.traffic.get() : undefined);
    show();
    return store.traffic.subscribe(show);
  }, [map, showTraffic, store]);
  useEffect(() => map?.setUp(mapUp), [map, mapUp]);
  useEffect(() => map?.setCertainty(certainties[position]), [map, position]);

  // A planned route is shown whole; once it is driven or given up, the camera goes with the car again.
  const planned = journey.kind === "planned" ? journey.route : undefined;
  useEffect(() => {
    if (planned === undefined || map === undefined) return;
    map.setInsets(insets);
    map.fitRoute();
  }, [map, planned, insets]);
  const goesWithCar = journey.kind === "driving" || journey.kind === "idle";
  useEffect(() => {
    if (goesWithCar) map?.follow();
  }, [map, goesWithCar]);

  const isPlanned = planned !== undefined;
  const pins = useMemo(() => {
    // Among the ways to choose from, a saved place would only be in the way.
    const all: MapPin[] = isPlanned ? [] : places.map(({ id, lat, lon, name, kind }) => ({ id, lat, lon, name, kind }));
    for (const [index, stop] of (route?.stops ?? []).entries()) {
      if (stop.kind !== "destination") all.push({ id: `stop ${index}`, kind: stop.kind, ...positionOf(stop) });
    }
    if (route !== undefined) all.push({ id: "destination", kind: "destination", ...positionOf(route.to) });
    if (found !== undefined) all.push({ id: "found", kind: "found", ...positionOf(found) });
    return all;
  }, [isPlanned, places, route, found]);
  useEffect(() => map?.setPins(pins), [map, pins]);

  const { onMap } = props;
  const ready = (next: MapHandle | undefined) => {
    setMap(next);
    onMap(next);
  };

  return (
    <main className="desktop" aria-label={say.mapLabel}>
      {state.kind === "ready" ? (
        <MapView
          info={state.info}
          mode="drive"
          insets={insets}
          onReady={ready}
          onTap={props.onTap}
          onPinTap={props.onPinTap}
          onAlternativeTap={props.onWay}
          onFollowChange={setIsFollowing}
        />
      ) : null}
      {state.kind === "loading" && link === "open" ? (
        <div className="desktop-state">
          <EmptyState icon="map" title={say.mapLoading} />
        </div>
      ) : null}
      {state.kind === "missing" && link === "open" ? (
        <div className="desktop-state">
          <ErrorState
            icon="map"
            title={say.mapMissing}
            text={say.mapMissingHint}
            action={{ label: say.tryAgain, onPress: retry }}
          />
        </div>
      ) : null}
      {state.kind === "ready" && !hasPosition && link === "open" ? (
        <p className="card no-position" role="status">
          <strong>{say.noPosition}</strong>
          <span className="quiet">{say.noPositionHint}</span>
        </p>
      ) : null}
      {map === undefined ? null : (
        <MapButtons
          map={map}
          isFollowing={isFollowing}
          onOverview={route === undefined ? undefined : props.onOverview}
        />
      )}
    </main>
  );
}

const positionOf = ({ lat, lon, name }: Place) => ({ lat, lon, name });
