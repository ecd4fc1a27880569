import { IconButton, type MapHandle } from "@caravan/ui";
import type { Settings } from "@caravan/link";
import type { ReactElement } from "react";
import { useCar, useCarState } from "../../car/context.tsx";
import { useNotices } from "../../shell/notices.tsx";
import { errorSentence } from "../../words/why.ts";
import { useSay } from "../../words/words.ts";

/** What one does with the map by one touch. */
export function MapButtons(props: {
  readonly map: MapHandle;
  readonly isFollowing: boolean;
  /** Undefined where there is no route to show. */
  readonly onOverview: (() => void) | undefined;
}): ReactElement {
  const say = useSay();
  const car = useCar();
  const notify = useNotices();
  const { map, isFollowing, onOverview } = props;
  const isDriving = useCarState(({ journey }) => journey.kind === "driving" || journey.kind === "stopping");
  const isNorth = useCarState((state) => state.settings.mapUp === "north");
  const speaks = useCarState((state) => state.settings.voice);
  const change = (next: Partial<Settings>) => {
    void car.change(next).then((answer) => {
      if (answer.kind === "failed") notify({ text: errorSentence(say, answer), tone: "caution" });
    });
  };
  return (
    <div className="map-buttons" data-free={!isFollowing} data-driving={isDriving}>
      {isFollowing ? (
        <div className="map-up">
          <IconButton
            kind="over-map"
            icon={isNorth ? "recentre" : "north"}
            label={isNorth ? say.headingUp : say.northUp}
            onPress={() => change({ mapUp: isNorth ? "heading" : "north" })}
          />
        </div>
      ) : (
        <IconButton kind="over-map" icon="recentre" label={say.recentre} onPress={() => map.follow()} />
      )}
      {onOverview === undefined ? null : (
        <div className="map-overview">
          <IconButton kind="over-map" icon="trip" label={say.overview} onPress={onOverview} />
        </div>
      )}
      {isDriving ? (
        <IconButton
          kind="over-map"
          icon={speaks ? "volume" : "mute"}
          label={speaks ? say.mute : say.unmute}
          onPress={() => change({ voice: !speaks })}
        />
      ) : null}
      <IconButton kind="over-map" icon="plus" label={say.zoomIn} onPress={() => map.zoomBy(1)} />
      <IconButton kind="over-map" icon="minus" label={say.zoomOut} onPress={() => map.zoomBy(-1)} />
    </div>
  );
}
