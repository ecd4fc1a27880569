import type { CloudClient, MapInfo } from "@caravan/link";
import {
  Card,
  ErrorState,
  IconButton,
  MapView,
  Skeleton,
  useLoaded,
  useScreen,
  useWords,
  type MapHandle,
} from "@caravan/ui";
import { useCallback, useEffect, useEffectEvent, useState, type ReactElement } from "react";
import { paths } from "../paths.ts";
import { words } from "../words/words.ts";
import type { Readings } from "./readings.ts";

/** The car on the map, its street and speed. */
export function WhereCard(props: {
  readonly readings: Readings;
  readonly cloud: CloudClient;
  readonly asOf: string | undefined;
  /** True while the cloud does not answer. */
  readonly isCutOff: boolean;
}): ReactElement {
  const { readings, cloud, isCutOff } = props;
  const say = useWords(words);
  const { formats } = useScreen();
  const loadMap = useCallback(() => cloud.map(), [cloud]);
  const [city, retry] = useLoaded(loadMap);
  const retryWhenBack = useEffectEvent(() => {
    if (city?.kind === "failed") retry();
  });
  useEffect(() => {
    if (!isCutOff) retryWhenBack();
  }, [isCutOff]);
  const lat = readings.number(paths.latitude);
  const lon = readings.number(paths.longitude);
  const speed = readings.number(paths.speed);
  const street = readings.text(paths.street);

  return (
    <Card title={say.where} icon="pin">
      {lat === undefined || lon === undefined ? <p>{say.noPosition}</p> : null}
      <div className="phone-map" data-lat={lat} data-lon={lon} data-testid="where">
        {city === undefined ? <Skeleton label={say.where} rows={1} /> : null}
        {city?.kind === "failed" ? (
          <ErrorState
            icon="map"
            title={isCutOff ? say.noMapOffline : say.noMap}
            {...(isCutOff ? {} : { action: { label: say.retry, onPress: retry } })}
          />
        ) : null}
        {city?.kind === "answer" ? <CarOnMap city={city.value} readings={readings} /> : null}
      </div>
      <p className="phone-where">
        <span>{street === undefined ? "" : say.onStreet({ street })}</span>
        <span data-testid="speed">{speed === undefined ? "" : formats.speed(speed / 3.6)}</span>
      </p>
      {props.asOf === undefined ? null : <p className="phone-quiet">{props.asOf}</p>}
    </Card>
  );
}

/** The camera goes with the car until a finger moves the map. */
function CarOnMap(props: { readonly city: MapInfo; readonly readings: Readings }): ReactElement {
  const say = useWords(words);
  const [map, setMap] = useState<MapHandle>();
  const [isFollowing, setFollowing] = useState(true);
  const lat = props.readings.number(paths.latitude);
  const lon = props.readings.number(paths.longitude);
  const heading = props.readings.number(paths.heading) ?? 0;
  const speed = (props.readings.number(paths.speed) ?? 0) / 3.6;
  useEffect(() => {
    map?.setPose(lat === undefined || lon === undefined ? undefined : { lat, lon, heading, speed });
  }, [map, lat, lon, heading, speed]);
  useEffect(() => map?.follow(), [map]);
  return (
    <>
      <MapView info={props.city} mode="overview" onFollowChange={setFollowing} onReady={setMap} />
      {isFollowing ? null : (
        <div className="phone-map-follow">
          <IconButton icon="recentre" label={say.follow} kind="over-map" onPress={() => map?.follow()} />
        </div>
      )}
    </>
  );
}
