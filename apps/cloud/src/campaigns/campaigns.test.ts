import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { decodeSignedList, standardCampaign } from "@caravan/link/campaigns";
import type { CampaignReport, CampaignWish } from "@caravan/link/campaigns";
import { topics } from "@caravan/link";
import { connectTestCar, enrolTestCar } from "../broker/test-car.ts";
import type { TestIdentity } from "../broker/test-car.ts";
import { startTestCloud, temporaryFolder } from "../broker/test-cloud.ts";
import type { TestCloud } from "../broker/test-cloud.ts";
import type { Database } from "../engines/database.ts";
import { testDatabase } from "../engines/test-database.ts";

let database: Database;
let cloud: TestCloud;
let files: Awaited<ReturnType<typeof temporaryFolder>>;
let car: TestIdentity;
let other: TestIdentity;
const time = { now: Date.now() };

beforeAll(async () => {
  files = await temporaryFolder();
  database = await testDatabase();
  cloud = await startTestCloud({ database, folder: files.folder, clock: { now: () => time.now } });
  car = await enrolTestCar(cloud);
  other = await enrolTestCar(cloud);
});
beforeEach(() => {
  time.now += 1;
});
afterAll(async () => {
  await cloud.stop();
  await database.stop();
  await files.remove();
});

const wish: CampaignWish = {
  name: "Hard braking",
  rules: [{ match: "Vehicle.Speed", everyMs: 100 }],
  when: { kind: "condition", expression: "Vehicle.Speed > 100", on: "rising", preMs: 5_000, postMs: 5_000 },
  class: "alarm",
  purpose: "service",
};

async function listFor(identity: TestIdentity) {
  const decoded = decodeSignedList(await cloud.campaigns.messageFor(identity.vehicle));
  if (decoded === undefined) throw new Error("the list can be read");
  return decoded.list;
}

function report(revision: number, campaigns: CampaignReport["campaigns"]): Buffer {
  const consents = { operation: true, service: true, research: false, marketing: false };
  return Buffer.from(JSON.stringify({ v: 1, revision, consents, campaigns } satisfies CampaignReport));
}

test("a new cloud asks every car for the standard campaign", async () => {
  const list = await listFor(car);
  expect(list).toMatchObject({ v: 1, vehicle: car.vehicle, campaigns: [standardCampaign] });
  expect((await cloud.campaigns.list()).map(({ id, state }) => [id, state])).toEqual([["standard", "running"]]);
});

test("the same list is signed once, a changed one is a later revision, and other cars are left alone", async () => {
  const before = await listFor(car);
  expect((await listFor(car)).revision).toBe(before.revision);
  const otherBefore = await listFor(other);
  const made = await cloud.campaigns.make(wish, [car.vehicle]);
  if (made.kind !== "done") throw new Error("it is a good campaign");
  const after = await listFor(car);
  expect(after.revision).toBeGreaterThan(before.revision);
  expect(after.campaigns.at(-1)).toEqual({ id: made.campaign.id, revision: 1, ...wish });
  expect((await listFor(other)).revision).toBe(otherBefore.revision);
  await cloud.campaigns.run(made.campaign.id, false);
  expect((await listFor(car)).campaigns).toEqual([standardCampaign]);
});

test("a car that is connected hears of a campaign at once, and what it says of it is told", async () => {
  const client = await connectTestCar(cloud, car);
  const heard: { revision: number; ids: string[] }[] = [];
  client.on("message", (_topic, payload) => {
    const list = decodeSignedList(payload)?.list;
    if (list !== undefined) heard.push({ revision: list.revision, ids: list.campaigns.map(({ id }) => id) });
  });
  await client.subscribeAsync(topics(car.vehicle).campaigns);
  await expect.poll(() => heard.length).toBeGreaterThan(0);
  const made = await cloud.campaigns.make(wish, [car.vehicle, other.vehicle]);
  if (made.kind !== "done") throw new Error("it is a good campaign");
  const { id } = made.campaign;
  expect(made.campaign.cars).toMatchObject({ waiting: 2 });
  await expect.poll(() => heard.at(-1)?.ids).toEqual(["standard", id]);

  const state = { kind: "refused", why: "consent", detail: "no" } as const;
  const said = report(heard.at(-1)?.revision ?? 0, [{ id, revision: 1, state, samples: 7, triggers: 2, dropped: 0 }]);
  await client.publishAsync(topics(car.vehicle).report, said, { qos: 1 });
  await expect.poll(async () => (await cloud.campaigns.find(id))?.cars).toMatchObject({ refused: 1, waiting: 1 });
  const detail = await cloud.campaigns.find(id);
  expect(detail?.list.find(({ vehicle }) => vehicle === car.vehicle)).toMatchObject({ state, samples: 7, triggers: 2 });

  // A revised campaign is waited for anew; a stopped one, until the car no longer speaks of it.
  const revised = await cloud.campaigns.revise(id, { ...wish, name: "Harder" }, [car.vehicle]);
  expect(revised).toMatchObject({ kind: "done", campaign: { revision: 2, cars: { waiting: 1, refused: 0 } } });
  await cloud.campaigns.run(id, false);
  await client.publishAsync(topics(car.vehicle).report, report(heard.at(-1)?.revision ?? 0, []), { qos: 1 });
  await expect.poll(async () => (await cloud.campaigns.find(id))?.cars).toMatchObject({ stopped: 1 });
  await client.endAsync();
});

test("what an owner withdraws is in the car's list and kept with its time", async () => {
  await cloud.campaigns.consent(car.vehicle, "service", false, "owner");
  expect((await listFor(car)).consents).toMatchObject({ service: false, operation: true });
  expect((await listFor(other)).consents.service).toBe(true);
  time.now += 1;
  await cloud.campaigns.consent(car.vehicle, "service", true, "owner");
  expect((await listFor(car)).consents.service).toBe(true);
  expect((await cloud.campaigns.ofVehicle(car.vehicle)).consents.service).toMatchObject({ owner: true });
});

test.each<[string, Partial<CampaignWish>, object]>([
  [
    "a condition that cannot be read",
    { when: { kind: "condition", expression: "Vehicle.Speed >", on: "rising", preMs: 0, postMs: 0 } },
    { why: "expression", fault: { code: "value-expected", at: 15 } },
  ],
  ["a signal that does not exist", { rules: [{ match: "Vehicle.Sped", everyMs: 100 }] }, { why: "no-such-signal" }],
  ["an end that is past", { until: 1_000 }, { why: "over" }],
])("%s is refused", async (_, change, refusal) => {
  expect(await cloud.campaigns.make({ ...wish, ...change }, "all")).toMatchObject({ kind: "refused", ...refusal });
});

test("a car never gets more campaigns than it takes", async () => {
  let outcome = await cloud.campaigns.make(wish, [other.vehicle]);
  for (let count = 0; count < 20 && outcome.kind === "done"; count++) {
    outcome = await cloud.campaigns.make(wish, [other.vehicle]);
  }
  expect(outcome).toMatchObject({ kind: "refused", why: "too-many" });
  expect(await cloud.campaigns.make(wish, "all")).toMatchObject({ kind: "refused", why: "too-many" });
  expect((await listFor(other)).campaigns).toHaveLength(16);
  expect(await cloud.campaigns.make(wish, [car.vehicle])).toMatchObject({ kind: "done" });
});

test("a campaign that is long over makes room in its cars", async () => {
  const made = await cloud.campaigns.make({ ...wish, until: time.now + 1_000 }, [car.vehicle]);
  if (made.kind !== "done") throw new Error("it is a good campaign");
  const ids = async () => (await listFor(car)).campaigns.map(({ id }) => id);
  time.now += 2_000;
  expect(await ids()).toContain(made.campaign.id);
  expect((await cloud.campaigns.find(made.campaign.id))?.state).toBe("over");
  time.now += 86_400_000;
  expect(await ids()).not.toContain(made.campaign.id);
});
