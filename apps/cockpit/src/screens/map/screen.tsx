import { EmptyState, ErrorState, IconButton, MapView, type MapHandle, type MapInsets, type MapPin } from "@caravan/ui";
import { useEffect, useMemo, useState, type ReactElement } from "react";
import type { Place } from "@caravan/link";
import { useCar, useCarState } from "../../car/context.tsx";
import { useSay } from "../../words/words.ts";
import { useMapInfo } from "./map-info.ts";

/** The desktop: the map that everything else comes to. */
export function MapScreen(props: {
  readonly insets: MapInsets;
  readonly found: Place | undefined;
  readonly onTap: (lat: number, lon: number) => void;
  readonly onPinTap: (id: string) => void;
  readonly onMap: (map: MapHandle | undefined) => void;
}): ReactElement {
  const say = useSay();
  const { store } = useCar();
  const link = useCarState((state) => state.link);
  const hasPosition = useCarState((state) => state.hasPosition);
  const journey = useCarState((state) => state.journey);
  const places = useCarState((state) => state.places);
  const { state, retry } = useMapInfo(link === "open");
  const [map, setMap] = useState<MapHandle>();
  const [isFollowing, setIsFollowing] = useState(true);
  const route = "route" in journey ? journey.route : undefined;
  const { found } = props;

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
      manoeuvres: route.manoeuvres.map(({ along }) => along),
      streets: Array.from(new Set(route.manoeuvres.map(({ street }) => street).filter((street) => street !== ""))),
    });
    const move = () => map.setProgress(store.progress.get()?.along ?? 0);
    move();
    return store.progress.subscribe(move);
  }, [map, route, store]);

  // A planned route is shown whole; once it is driven or given up, the camera goes with the car again.
  const planned = journey.kind === "planned" ? journey.route : undefined;
  useEffect(() => {
    if (planned !== undefined) map?.fitRoute();
  }, [map, planned]);
  const goesWithCar = journey.kind === "driving" || journey.kind === "idle";
  useEffect(() => {
    if (goesWithCar) map?.follow();
  }, [map, goesWithCar]);

  const pins = useMemo(() => {
    const all: MapPin[] = places.map(({ id, lat, lon, name, kind }) => ({ id, lat, lon, name, kind }));
    if (route !== undefined) all.push({ id: "destination", kind: "destination", ...positionOf(route.to) });
    if (found !== undefined) all.push({ id: "found", kind: "found", ...positionOf(found) });
    return all;
  }, [places, route, found]);
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
          insets={props.insets}
          onReady={ready}
          onTap={props.onTap}
          onPinTap={props.onPinTap}
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
        <div className="map-buttons">
          {isFollowing ? null : (
            <IconButton kind="over-map" icon="recentre" label={say.recentre} onPress={() => map.follow()} />
          )}
          {route === undefined ? null : (
            <IconButton kind="over-map" icon="trip" label={say.overview} onPress={() => map.fitRoute()} />
          )}
          <IconButton kind="over-map" icon="plus" label={say.zoomIn} onPress={() => map.zoomBy(1)} />
          <IconButton kind="over-map" icon="minus" label={say.zoomOut} onPress={() => map.zoomBy(-1)} />
        </div>
      )}
    </main>
  );
}

const positionOf = ({ lat, lon, name }: Place) => ({ lat, lon, name });
