import type { LiveEvent, VehicleSummary } from "@caravan/link";
import { expect, test } from "vitest";
import { LiveHub } from "./live.ts";
import { Twin } from "./twin.ts";

const summary = (vehicle: string, name = vehicle): VehicleSummary => ({
  vehicle,
  name,
  model: "Test",
  simulated: true,
  online: true,
  values: {},
});
const speed = (value: number) => ({ paths: ["Vehicle.Speed"], path: [0], at: [value], value: [value] });

function setup(list: () => readonly VehicleSummary[]) {
  const twin = new Twin();
  const hub = new LiveHub({ twin });
  twin.listen((vehicle, paths) => hub.changed(vehicle, paths));
  const stop = new AbortController();
  const open = (account = "anna") => hub.open({ account, list: () => Promise.resolve(list()) }, stop.signal);
  return { twin, hub, stop, open };
}

async function next(stream: AsyncIterator<LiveEvent> | undefined): Promise<LiveEvent | undefined> {
  const result = await stream?.next();
  return result?.done === true ? undefined : result?.value;
}

test("a reader gets a snapshot, then only the newest of what changed since it last read", async () => {
  const { twin, stop, open } = setup(() => [summary("a")]);
  const stream = open()?.[Symbol.asyncIterator]();
  expect(await next(stream)).toMatchObject({ type: "snapshot", vehicles: [{ vehicle: "a" }] });
  const following = next(stream);
  for (let value = 1; value <= 1_000; value++) twin.apply("a", speed(value), 0);
  expect(await following).toEqual({
    type: "values",
    vehicle: "a",
    values: { "Vehicle.Speed": { value: 1_000, at: 1_000 } },
  });
  stop.abort();
  expect(await next(stream)).toBeUndefined();
});

test("a reader hears nothing of vehicles that are not theirs", async () => {
  const { twin, hub, stop, open } = setup(() => [summary("mine")]);
  const stream = open()?.[Symbol.asyncIterator]();
  await next(stream);
  const following = next(stream);
  twin.apply("other", speed(1), 0);
  hub.presence("other", true, 5);
  hub.presence("mine", false, 6);
  expect(await following).toEqual({ type: "presence", vehicle: "mine", online: false, at: 6 });
  stop.abort();
});

test("a vehicle that changes hands disappears, a renamed one comes with its new name", async () => {
  let list = [summary("a"), summary("b")];
  const { hub, stop, open } = setup(() => list);
  const stream = open()?.[Symbol.asyncIterator]();
  await next(stream);
  list = [summary("b", "Blue")];
  hub.factsChanged();
  expect(await next(stream)).toEqual({ type: "gone", vehicle: "a" });
  expect(await next(stream)).toMatchObject({ type: "snapshot", vehicles: [{ vehicle: "b", name: "Blue" }] });
  stop.abort();
});

test("a value that went away brings a new snapshot", async () => {
  const { twin, stop, open } = setup(() => [summary("a")]);
  twin.apply("a", speed(3), 0);
  const stream = open()?.[Symbol.asyncIterator]();
  await next(stream);
  twin.apply("a", { ...speed(3), value: [undefined] }, 0);
  expect(await next(stream)).toEqual({ type: "values", vehicle: "a", values: {} });
  expect(await next(stream)).toMatchObject({ type: "snapshot" });
  stop.abort();
});

test("one account cannot take all streams, and closed ones are free again", async () => {
  const { hub, open } = setup(() => []);
  const streams = Array.from({ length: 16 }, () => open()?.[Symbol.asyncIterator]());
  for (const stream of streams) await next(stream);
  expect(open()).toBeUndefined();
  expect(open("bert")).toBeDefined();
  for (const stream of streams) await stream?.return?.();
  expect(hub.readers()).toBe(0);
  expect(open()).toBeDefined();
});
