import type { CloudClient } from "@caravan/link";
import {
  EmptyState,
  ErrorState,
  IconButton,
  MapView,
  Skeleton,
  TimeChart,
  speedTones,
  useLoaded,
  useScreen,
  useWords,
  type MapHandle,
} from "@caravan/ui";
import { useCallback, useEffect, useMemo, useState, type ReactElement } from "react";
import { paths } from "../../../paths.ts";
import { lineOf } from "../../fleet/live-history.ts";
import { nearest, placeAt, pointsOf, toneEdges, trackOf, type TrackPoint } from "./track.ts";
import type { Trip } from "./trips.ts";
import { words } from "./words.ts";

const mostPoints = 4_000;
/** A hand that is farther from the way points at something else. */
const handMetres = 120;
const closeZoom = 17;
const kilometresPerMile = 1.609344;

/** The way of a trip on the map, coloured by speed, above its speed over time; a moment under the hand is shown in both. */
export function TripMap(props: {
  readonly cloud: CloudClient;
  readonly vehicle: string;
  readonly trip: Trip;
}): ReactElement {
  const { cloud, vehicle, trip } = props;
  const say = useWords(words);
  const { formats, units } = useScreen();
  const load = useCallback(
    () =>
      cloud.history(vehicle, {
        paths: [paths.latitude, paths.longitude, paths.speed],
        from: trip.from,
        to: trip.to + 1,
        points: mostPoints,
      }),
    [cloud, vehicle, trip.from, trip.to],
  );
  const loadMap = useCallback(() => cloud.map(), [cloud]);
  const [asked, retry] = useLoaded(load);
  const [city, retryMap] = useLoaded(loadMap);
  const [map, setMap] = useState<MapHandle>();
  const [moment, setMoment] = useState<TrackPoint>();
  const history = asked?.kind === "answer" ? asked.value : undefined;
  const points = useMemo(
    () =>
      history === undefined
        ? []
        : pointsOf({
            lat: lineOf(history, paths.latitude),
            lon: lineOf(history, paths.longitude),
            speed: lineOf(history, paths.speed),
          }),
    [history],
  );
  const speed = useMemo(() => {
    const line = history === undefined ? { at: [], values: [] } : lineOf(history, paths.speed);
    const factor = units === "metric" ? 1 : 1 / kilometresPerMile;
    return { at: line.at, values: line.values.map((value) => value * factor) };
  }, [history, units]);
  const speedUnit = formats.speedFigure(0).unit;

  useEffect(() => {
    map?.setTrack(trackOf(points));
    if (points.length > 0) map?.fit(points.flatMap(({ lat, lon }) => [lon, lat]));
  }, [map, points]);
  useEffect(() => {
    const last = points.at(-1);
    const name =
      moment === undefined
        ? ""
        : [formats.clock(moment.at), moment.speed === undefined ? "" : formats.speed(moment.speed / 3.6)].join(" · ");
    map?.setPins([
      ...(last === undefined ? [] : [{ id: "end", kind: "destination", lat: last.lat, lon: last.lon } as const]),
      ...(moment === undefined ? [] : [{ id: "now", kind: "found", lat: moment.lat, lon: moment.lon, name } as const]),
    ]);
  }, [map, points, moment, formats]);

  if (asked === undefined) return <Skeleton label={say.loading} rows={6} />;
  if (asked.kind === "failed") {
    return <ErrorState icon="trip" title={say.failed} action={{ label: say.retry, onPress: retry }} />;
  }
  return (
    <section className="trips-way" aria-label={say.map}>
      <div className="trips-map" data-testid="trip-map" data-points={points.length}>
        {points.length === 0 ? <EmptyState icon="lock" title={say.noPlaces} text={say.noPlacesText} /> : null}
        {city?.kind === "failed" ? (
          <ErrorState icon="map" title={say.noMap} action={{ label: say.retry, onPress: retryMap }} />
        ) : null}
        {city?.kind === "answer" && points.length > 0 ? (
          <>
            <MapView
              info={city.value}
              mode="overview"
              onReady={setMap}
              onHover={(lat, lon) => setMoment(nearest(points, lat, lon, handMetres))}
              onTap={(lat, lon) => {
                const place = nearest(points, lat, lon, handMetres);
                setMoment(place);
                if (place !== undefined) map?.lookAt(place.lat, place.lon, closeZoom);
              }}
            />
            <div className="console-map-tools">
              <IconButton
                icon="recentre"
                label={say.whole}
                kind="over-map"
                onPress={() => map?.fit(points.flatMap(({ lat, lon }) => [lon, lat]))}
              />
            </div>
            <Legend />
          </>
        ) : null}
      </div>
      <TimeChart
        label={say.speed}
        height={150}
        from={trip.from}
        to={trip.to}
        emptyText={say.nothing}
        onMoment={(at) => setMoment(at === undefined ? undefined : placeAt(points, at))}
        series={[
          {
            ...speed,
            label: say.speed,
            unit: speedUnit,
            least: 20,
            format: (value) => `${formats.number(value)}\u00a0${speedUnit}`,
          },
        ]}
      />
    </section>
  );
}

/** What the colours of the way mean. */
function Legend(): ReactElement {
  const say = useWords(words);
  const { look } = useScreen();
  const edges = [0, ...toneEdges];
  return (
    <p className="trips-legend">
      {edges.map((from, tone) => (
        <span key={from}>
          <i style={{ background: speedTones[look][tone] }} />
          {say.colour({ from, to: edges[tone + 1] })}
        </span>
      ))}
      {say.colours}
    </p>
  );
}
