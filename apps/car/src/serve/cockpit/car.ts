import type {
  ActuateOutcome,
  CockpitMessage,
  DrivingState,
  FoundPlace,
  Place,
  Pose,
  PositionQuality,
  RearScene,
  Settings,
  Trip,
} from "@caravan/link";
import type { Store } from "@caravan/signals";

import type { PlaceQuestion } from "../../journey/search-around.ts";
import type { TrafficWatch } from "../../journey/traffic-watch.ts";
import type { Navigator } from "../../journey/navigator.ts";
import type { Scene, SceneOutcome } from "../../vehicle/scenario.ts";
import type { People } from "../../people/people.ts";

type Hello = Extract<CockpitMessage, { type: "hello" }>;

/** Everything of a car that its own screens may see and ask. */
export interface CockpitCar {
  readonly version: string;
  readonly facts: () => Hello["car"];
  readonly store: Store;
  readonly navigator: Navigator;
  readonly traffic: Pick<TrafficWatch, "offer" | "picture" | "take" | "dismiss">;
  /** Settings of the person who drives are others now. */
  readonly settingsChanged: (change: Partial<Settings>) => void;
  readonly people: People;
  readonly pose: () => Pose | undefined;
  readonly position: () => PositionQuality;
  readonly driving: () => DrivingState;
  readonly isOnline: () => boolean;
  /** What the rear camera sees; undefined unless the car is in reverse and has such a camera. */
  readonly rearScene: () => RearScene | undefined;
  readonly actuate: (path: string, value: unknown, person: string) => Promise<ActuateOutcome>;
  readonly search: (question: PlaceQuestion) => Promise<readonly FoundPlace[]>;
  readonly nameOf: (point: { readonly lat: number; readonly lon: number }) => Place;
  readonly trips: { latest(): readonly Trip[]; remove(id: string): boolean };
  /** Is there anything that can be driven from a screen? */
  readonly isSimulated: boolean;
  /** Lets something happen to a simulated car. */
  readonly play: (scene: Scene) => Promise<SceneOutcome>;
  /** A person planned, drove or ended something: the simulation stops driving around by itself. */
  readonly takeOver: () => void;
}
