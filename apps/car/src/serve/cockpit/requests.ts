import type { CockpitError, CockpitRequest } from "@caravan/link";
import { mayWarnOfCameras } from "@caravan/roads/guidance";

import type { JourneyOutcome } from "../../journey/navigator.ts";
import type { PeopleOutcome } from "../../people/people.ts";
import type { Scene } from "../../vehicle/scenario.ts";
import type { CockpitCar } from "./car.ts";

/** Answers of a search: more than a driver can look at while moving are not sent. */
const mostFound = { moving: 6, standing: 20 } as const;

/** What a request led to; `tell` names what all screens of the car must hear of. */
export type Reply =
  | { readonly kind: "answer"; readonly result: unknown; readonly tell?: "persons" | "places" }
  | { readonly kind: "failed"; readonly error: CockpitError };

/** Answers one request of a screen. What a person may not do while the car moves is refused here, whatever the screen allows. */
export async function answer(car: CockpitCar, request: CockpitRequest): Promise<Reply> {
  if (needsStandstill(request) && car.driving() === "moving") {
    return failed("moving", "Not while the car is moving.");
  }
  switch (request.do) {
    case "actuate":
      return done(await car.actuate(request.path, request.value, car.people.current().id));
    case "search":
      return done(
        await car.search({
          text: request.text,
          category: request.category,
          onRoute: request.onRoute ?? false,
          limit: car.driving() === "moving" ? mostFound.moving : mostFound.standing,
        }),
      );
    case "name":
      return done(car.nameOf(request));
    case "plan": {
      if (!car.isSimulated) return notSimulated;
      car.takeOver();
      const outcome = await car.navigator.plan([...(request.stops ?? []), request.to], "person");
      if (outcome.kind === "failed") return fromJourney(outcome);
      car.people.visited(request.to);
      return { ...done(outcome.journey), tell: "places" };
    }
    case "drive":
      if (!car.isSimulated) return notSimulated;
      car.takeOver();
      return fromJourney(await car.navigator.drive());
    case "end":
      car.takeOver();
      return done(car.navigator.end());
    case "pedals": {
      if (!car.isSimulated) return notSimulated;
      car.takeOver();
      const refusal = car.navigator.pedals(request.accelerator, request.steering);
      return refusal === undefined ? done({}) : failed("refused", refusal);
    }
    case "choose":
      return fromJourney(car.navigator.choose(request.route));
    case "stop.add":
      return fromJourney(await car.navigator.addStop(request.place, request.before));
    case "stop.remove":
      return fromJourney(await car.navigator.removeStop(request.stop));
    case "resume":
      return fromJourney(await car.navigator.takeBack());
    case "share": {
      const text = car.navigator.share();
      return text === undefined ? failed("not-found", "There is no route.") : done({ text });
    }
    case "say.again":
      return car.navigator.sayAgain() ? done({}) : failed("not-found", "There is nothing to say.");
    case "offer.take":
      if (car.traffic.take() === undefined) return failed("not-found", "There is no better way any more.");
      return fromJourney(await car.navigator.planAnew("faster"));
    case "offer.dismiss":
      car.traffic.dismiss();
      return done({});
    case "simulate":
      return simulate(car, request);
    case "settings": {
      const { change } = request;
      const pose = car.pose();
      if (change.cameraAlerts === true && pose !== undefined && !mayWarnOfCameras(pose)) {
        return failed("refused", "Speed cameras may not be announced where the car is.");
      }
      const settings = car.people.change(change);
      car.settingsChanged(change);
      return { ...done(settings), tell: "persons" };
    }
    case "person.add":
      return fromPeople(car.people.add(request.name), "persons");
    case "person.select":
      return selectPerson(car, request.person);
    case "person.rename":
      return fromPeople(car.people.rename(request.person, request.name), "persons");
    case "person.remove":
      return fromPeople(car.people.remove(request.person), "persons");
    case "place.save":
      return fromPeople(car.people.savePlace(request.kind, request.place), "places");
    case "place.remove":
      return fromPeople(car.people.removePlace(request.place), "places");
    case "recent.clear":
      car.people.clearRecent();
      return { ...done({}), tell: "places" };
    case "trips":
      return done(car.trips.latest());
    case "trip.remove":
      return car.trips.remove(request.trip) ? done({}) : failed("not-found", "There is no such trip.");
  }
}

function selectPerson(car: CockpitCar, person: string): Reply {
  const outcome = car.people.select(person);
  if (outcome.kind === "done") car.settingsChanged(car.people.settings());
  return fromPeople(outcome, "persons");
}

async function simulate(car: CockpitCar, request: Extract<CockpitRequest, { do: "simulate" }>): Promise<Reply> {
  if (!car.isSimulated) return notSimulated;
  const outcome = await car.play(sceneOf(request, car.people.settings().reserve));
  return outcome.kind === "done" ? done({}) : failed("refused", outcome.why);
}

/** Without a word about it there are no satellites, and so little is in the battery that the next drive needs a charging stop. */
function sceneOf({ what, on = false, percent }: Extract<CockpitRequest, { do: "simulate" }>, reserve: number): Scene {
  if (what === "satellites") return { what, on };
  return what === "charge" ? { what, percent: percent ?? reserve - 1 } : { what };
}

/** Free text is for a standing car. */
function needsStandstill(request: CockpitRequest): boolean {
  if (request.do === "search") return request.category === undefined;
  return request.do === "person.add" || request.do === "person.rename";
}

function done(result: unknown): Reply & { kind: "answer" } {
  return { kind: "answer", result };
}

function failed(code: CockpitError["code"], message: string): Reply {
  return { kind: "failed", error: { code, message } };
}

const notSimulated = failed("not-simulated", "Only a simulated car drives by itself.");

function fromJourney(outcome: JourneyOutcome): Reply {
  return outcome.kind === "done" ? done(outcome.journey) : failed(outcome.code, outcome.why);
}

function fromPeople(outcome: PeopleOutcome<unknown>, tell: "persons" | "places"): Reply {
  return outcome.kind === "done"
    ? { kind: "answer", result: outcome.value ?? {}, tell }
    : failed(outcome.code, outcome.why);
}
