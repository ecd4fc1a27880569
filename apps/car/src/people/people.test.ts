import { expect, test } from "vitest";

import { openCarDatabase } from "../vehicle/database.ts";
import { Remembered } from "../vehicle/remembered.store.ts";
import { languageOf } from "./language.ts";
import { bounds, People } from "./people.ts";
import { PeopleStore } from "./people.store.ts";

function someCar(database = openCarDatabase(":memory:")) {
  let now = 1_000;
  let id = 0;
  const parts = {
    store: new PeopleStore({ database }),
    remembered: new Remembered({ database }),
    clock: { now: () => (now += 1) },
    newId: () => `id-${(id += 1)}`,
    language: "en" as const,
  };
  return { database, people: new People(parts), again: () => new People(parts) };
}

const place = (name: string) => ({ lat: 57.7, lon: 11.97, name });

test("a new car has one driver without a name who has not seen the tour", () => {
  const { people } = someCar();
  expect(people.all()).toHaveLength(1);
  expect(people.current().name).toBe("");
  expect(people.settings()).toMatchObject({ language: "en", units: "metric", tourDone: false });
});

test("each person has their own settings and places, and the car remembers who drives", () => {
  const { people, again } = someCar();
  const first = people.current().id;
  people.change({ units: "imperial" });
  people.savePlace("home", place("Quay"));
  const added = people.add("Ada");
  if (added.kind !== "done") throw new Error("not added");
  people.select(added.value.id);
  expect(people.settings().units).toBe("metric");
  expect(people.places()).toEqual([]);
  people.change({ language: "zh-CN" });
  const restarted = again();
  expect(restarted.current()).toEqual({ id: added.value.id, name: "Ada" });
  expect(restarted.settings().language).toBe("zh-CN");
  restarted.select(first);
  expect(restarted.settings().units).toBe("imperial");
  expect(restarted.places()).toMatchObject([{ kind: "home", name: "Quay" }]);
});

test("another home takes the place of the first one", () => {
  const { people } = someCar();
  people.savePlace("home", place("Quay"));
  people.savePlace("home", place("Hill"));
  expect(people.places()).toMatchObject([{ kind: "home", name: "Hill" }]);
});

test("favourites end at their bound and say so", () => {
  const { people } = someCar();
  for (let i = 0; i < bounds.favourites; i++) people.savePlace("favourite", place(`Place ${i}`));
  expect(people.savePlace("favourite", place("One more"))).toMatchObject({ kind: "refused", code: "limit-reached" });
  expect(people.places()).toHaveLength(bounds.favourites);
  expect(people.savePlace("work", place("Yard")).kind).toBe("done");
});

test("the newest recent place is first, each is there once, and the oldest go", () => {
  const { people } = someCar();
  for (let i = 0; i < bounds.recent + 5; i++) people.visited(place(`Place ${i}`));
  people.visited(place("Place 20"));
  const recent = people.recent();
  expect(recent).toHaveLength(bounds.recent);
  expect(recent[0]?.name).toBe("Place 20");
  expect(new Set(recent.map(({ name }) => name)).size).toBe(bounds.recent);
  people.clearRecent();
  expect(people.recent()).toEqual([]);
});

test("the last person stays, and a removed one takes their places along", () => {
  const { people, database } = someCar();
  const first = people.current().id;
  expect(people.remove(first)).toMatchObject({ kind: "refused" });
  people.savePlace("favourite", place("Quay"));
  people.add("Ada");
  expect(people.remove(first).kind).toBe("done");
  expect(people.current().name).toBe("Ada");
  expect(database.prepare("SELECT count(*) AS count FROM places").get()).toMatchObject({ count: 0 });
});

test("settings of an older shape do not stop the car from starting", () => {
  const { people, database } = someCar();
  database.prepare("UPDATE persons SET settings = ?").run(JSON.stringify({ brightness: 12, language: "fr" }));
  expect(people.settings()).toMatchObject({ brightness: 1, language: "en" });
});

test("settings kept by an older version gain the defaults of what is new, and one bad value spoils no other", () => {
  const { people, database } = someCar();
  const kept = { units: "imperial", brightness: 12, tourDone: true, forgotten: 1 };
  database.prepare("UPDATE persons SET settings = ?").run(JSON.stringify(kept));
  const settings = people.settings();
  expect(settings).toMatchObject({ units: "imperial", tourDone: true, brightness: 1 });
  expect(settings).toMatchObject({ avoid: [], voice: true, mapUp: "heading", cameraAlerts: false, reserve: 10 });
  expect(settings).not.toHaveProperty("forgotten");
});

test("the language is the machine's where we speak it", () => {
  expect(languageOf({ LANG: "zh_CN.UTF-8" })).toBe("zh-CN");
  expect(languageOf({ LANG: "sv_SE.UTF-8" })).toBe("en");
  expect(languageOf({})).toBe("en");
});
