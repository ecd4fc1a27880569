import { useEffect, useEffectEvent, useRef, useState, type ReactElement } from "react";
import { ErrorState } from "../controls/states.tsx";
import { useScreen } from "../screen.tsx";
import { useWords } from "../use-words.ts";
import { createMapView } from "./create-map-view.ts";
import { mapWords } from "./map-words.ts";
import type { MapCity, MapHandle, MapInsets, MapOptions, MapProblem } from "./types.ts";

/** The map as a component: fills its parent, wears the screen's look and language. `onReady` hands over the living map, `undefined` when it goes. */
export function MapView(props: {
  readonly info: MapCity;
  readonly mode: MapOptions["mode"];
  readonly interactive?: boolean;
  readonly insets?: MapInsets;
  readonly onReady?: (map: MapHandle | undefined) => void;
  readonly onTap?: (lat: number, lon: number) => void;
  readonly onHover?: (lat: number, lon: number) => void;
  readonly onPinTap?: (id: string) => void;
  readonly onCarTap?: (id: string) => void;
  readonly onAlternativeTap?: (id: string) => void;
  readonly onFollowChange?: (following: boolean) => void;
}): ReactElement {
  const { look, language } = useScreen();
  const say = useWords(mapWords);
  const box = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<MapHandle>();
  const [problem, setProblem] = useState<MapProblem>();
  const { info, mode } = props;
  const interactive = props.interactive ?? true;

  const onTap = useEffectEvent((lat: number, lon: number) => props.onTap?.(lat, lon));
  const onHover = useEffectEvent((lat: number, lon: number) => props.onHover?.(lat, lon));
  const onPinTap = useEffectEvent((id: string) => props.onPinTap?.(id));
  const onCarTap = useEffectEvent((id: string) => props.onCarTap?.(id));
  const onAlternativeTap = useEffectEvent((id: string) => props.onAlternativeTap?.(id));
  const onFollowChange = useEffectEvent((following: boolean) => props.onFollowChange?.(following));
  const onReady = useEffectEvent((ready: MapHandle | undefined) => props.onReady?.(ready));

  const clothes = useEffectEvent(() => ({ look, language }));

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    let gone = false;
    let living: MapHandle | undefined;
    const open = async () => {
      const outcome = await createMapView(element, {
        info,
        mode,
        interactive,
        ...clothes(),
        onTap: (lat, lon) => onTap(lat, lon),
        onHover: (lat, lon) => onHover(lat, lon),
        onPinTap: (id) => onPinTap(id),
        onCarTap: (id) => onCarTap(id),
        onAlternativeTap: (id) => onAlternativeTap(id),
        onFollowChange: (following) => onFollowChange(following),
      });
      if (outcome.kind === "problem") {
        setProblem(outcome.why);
      } else if (gone) {
        outcome.map.destroy();
      } else {
        living = outcome.map;
        setMap(living);
        onReady(living);
      }
    };
    // A chunk that does not load (the car restarted with a newer build) ends in the same calm state.
    open().catch(() => setProblem("no-map"));
    return () => {
      gone = true;
      onReady(undefined);
      living?.destroy();
      setMap(undefined);
    };
  }, [info, mode, interactive]);

  useEffect(() => map?.setLook(look), [map, look]);
  useEffect(() => map?.setLanguage(language), [map, language]);
  const { insets } = props;
  useEffect(() => {
    if (insets !== undefined) map?.setInsets(insets);
  }, [map, insets]);

  return (
    <div className="ui-map" data-mode={mode}>
      <div ref={box} className="ui-map-canvas" role="application" aria-label={say.map} />
      {problem === undefined ? null : (
        <div className="ui-map-problem">
          <ErrorState icon="map" title={say.noMap} text={problem === "no-webgl" ? say.noWebgl : say.notLoaded} />
        </div>
      )}
    </div>
  );
}
