import { generateKeyPairSync, sign } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signedBytes, standardCampaign } from "@caravan/link/campaigns";
import type { Campaign, CampaignList } from "@caravan/link/campaigns";
import { catalogue, Store, Vehicle } from "@caravan/signals";
import { pino } from "pino";
import { afterAll, expect, test } from "vitest";
import { Campaigns } from "./campaigns.ts";
import { authorityForTest } from "./fixtures/sign.ts";

const root = mkdtempSync(join(tmpdir(), "caravan-campaigns-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const log = pino({ level: "silent" });
const from = { source: "test" };
const vehicle = "abcdefgh2345";
const everything = { operation: true, service: true, research: true, marketing: true };
const authority = await authorityForTest();
const identity = { vehicle, ca: authority.certificate };

const when = {
  kind: "condition",
  expression: "Vehicle.Speed > 100",
  on: "rising",
  preMs: 3_000,
  postMs: 2_000,
} as const;
const fast: Campaign = {
  id: "fast1",
  revision: 1,
  name: "Fast",
  class: "alarm",
  purpose: "service",
  rules: [{ match: "Vehicle.Speed", everyMs: 100 }],
  when,
};

function signed(list: Partial<CampaignList>, key = authority.key): Uint8Array {
  const text = JSON.stringify({ v: 1, vehicle, revision: 10, consents: everything, campaigns: [fast], ...list });
  const signature = sign("sha256", signedBytes(text), { key, dsaEncoding: "ieee-p1363" }).toString("base64");
  return Buffer.from(JSON.stringify({ v: 1, list: text, signature }));
}

function car(folder = mkdtempSync(join(root, "car-"))) {
  const time = { utc: 1_800_000_000_000, ms: 0 };
  const store = new Store({ catalogue, clock: { now: () => time.utc + time.ms } });
  const clock = { now: () => time.utc + time.ms };
  const campaigns = new Campaigns({ store, folder, clock, monotonic: () => time.ms, log });
  const taken = () =>
    campaigns
      .take(time.ms)
      .flatMap(({ campaign, samples }) =>
        samples.path.map((which, index) => [campaign.id, samples.paths[which], samples.value[index]] as const),
      );
  /** Drives for some seconds, ten readings in each, and tells what was sent as speeds. */
  const drive = (seconds: number, speed: (ms: number) => number) => {
    const sent: unknown[] = [];
    for (const end = time.ms + seconds * 1_000; time.ms < end; time.ms += 100) {
      store.set(Vehicle.Speed, speed(time.ms), from);
      if (time.ms % 1_000 === 0) sent.push(...taken().map(([, , value]) => value));
    }
    return sent;
  };
  return { campaigns, store, time, taken, drive, folder, report: () => campaigns.report(time.ms, true) };
}

test("before the first list the standard campaign runs", async () => {
  const { campaigns, store, taken, report } = car();
  await campaigns.open(undefined);
  store.set(Vehicle.Speed, 5, from);
  expect(taken()).toEqual([["standard", "Vehicle.Speed", 5]]);
  expect(report()).toMatchObject({ revision: 0, campaigns: [{ id: "standard", state: { kind: "running" } }] });
});

test("a condition that comes true sends what was before it and what comes after, and nothing else", async () => {
  const { campaigns, drive, report, time } = car();
  await campaigns.open(identity);
  campaigns.heard(signed({}), identity);
  expect(drive(10, (ms) => 50 + ms / 1_000)).toEqual([]);
  const crossing = time.ms;
  const sent = drive(10, (ms) => 101 + (ms - crossing) / 1_000);
  // Three seconds before, at ten a second, the crossing itself, and two seconds after it.
  expect(sent).toHaveLength(30 + 1 + 20);
  expect(Math.min(...sent.map(Number))).toBeCloseTo(57);
  expect(Math.max(...sent.map(Number))).toBeCloseTo(103);
  expect(report()?.campaigns).toMatchObject([{ id: "fast1", triggers: 1, samples: 51, dropped: 0 }]);
});

test("a list that nobody of this cloud signed, or that is another car's, is not taken, and the car says so", async () => {
  const { campaigns, report } = car();
  await campaigns.open(identity);
  const stranger = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  campaigns.heard(signed({}, stranger), identity);
  expect(report()).toMatchObject({ fault: "signature", revision: 0, campaigns: [{ id: "standard" }] });
  campaigns.heard(signed({ vehicle: "zzzzzzzz2345" }), identity);
  expect(report()?.fault).toBe("other-vehicle");
  campaigns.heard(Buffer.from("{}"), identity);
  expect(report()?.fault).toBe("unreadable");
  campaigns.heard(signed({}), identity);
  expect(report()).toMatchObject({ revision: 10, campaigns: [{ id: "fast1", state: { kind: "running" } }] });
  expect(report()).not.toHaveProperty("fault");
  campaigns.heard(signed({ revision: 9, campaigns: [] }), identity);
  expect(report()).toMatchObject({ fault: "older", revision: 10, campaigns: [{ id: "fast1" }] });
});

test("campaigns go on after the car computer was started anew, and what held then does not fire again", async () => {
  const first = car();
  await first.campaigns.open(identity);
  first.campaigns.heard(signed({}), identity);
  first.drive(2, () => 120);
  await first.campaigns.close();

  const second = car(first.folder);
  await second.campaigns.open(identity);
  expect(second.report()).toMatchObject({ revision: 10, campaigns: [{ id: "fast1", state: { kind: "running" } }] });
  expect(second.drive(3, () => 120)).toEqual([]);
  second.drive(1, () => 90);
  expect(second.drive(3, () => 130)).not.toEqual([]);
  await second.campaigns.close();

  // Another cloud's car begins with the standard campaign.
  const moved = car(first.folder);
  await moved.campaigns.open({ vehicle, ca: (await authorityForTest()).certificate });
  expect(moved.report()).toMatchObject({ revision: 0, campaigns: [{ id: "standard" }] });
});

test("consent that is withdrawn in the car stops a campaign at once, also after a restart, and giving it starts it again", async () => {
  const { campaigns, drive, report, folder } = car();
  await campaigns.open(identity);
  campaigns.heard(signed({}), identity);
  await campaigns.consent("service", false);
  expect(report()?.campaigns).toMatchObject([{ state: { kind: "refused", why: "consent" } }]);
  expect(drive(3, () => 120)).toEqual([]);

  const again = car(folder);
  await again.campaigns.open(identity);
  expect(again.report()?.campaigns).toMatchObject([{ state: { kind: "refused", why: "consent" } }]);
  await again.campaigns.consent("service", true);
  again.drive(1, () => 80);
  expect(again.drive(3, () => 120)).not.toEqual([]);
});

test("what the owner withdraws stops a campaign whatever the car's people say, and research waits for both", async () => {
  const { campaigns, report } = car();
  await campaigns.open(identity);
  campaigns.heard(signed({ consents: { ...everything, service: false } }), identity);
  expect(report()?.campaigns).toMatchObject([{ state: { kind: "refused", why: "consent" } }]);
  campaigns.heard(signed({ revision: 11, campaigns: [{ ...fast, purpose: "research" }] }), identity);
  expect(report()?.campaigns).toMatchObject([{ state: { kind: "refused", why: "consent" } }]);
  await campaigns.consent("research", true);
  expect(report()?.campaigns).toMatchObject([{ state: { kind: "running" } }]);
});

test("a damaged file of the car's own is no consent", async () => {
  const folder = mkdtempSync(join(root, "car-"));
  writeFileSync(join(folder, "campaigns.json"), "{");
  const { campaigns } = car(folder);
  await campaigns.open(identity);
  expect(Object.values(campaigns.consents())).toEqual([false, false, false, false]);
});

test("a campaign ends with its time, and one that this car cannot run says why", async () => {
  const { campaigns, time, drive, report } = car();
  await campaigns.open(identity);
  const until = time.utc + 5_000;
  const strange = { ...fast, id: "strange", rules: [{ match: "Vehicle.NoSuchThing", everyMs: 100 }] };
  const newer = { ...fast, id: "newer", when: { ...when, expression: "Vehicle.Speed between 3" } };
  campaigns.heard(signed({ campaigns: [{ ...fast, until }, strange, newer] }), identity);
  expect(report()?.campaigns).toMatchObject([
    { id: "fast1", state: { kind: "running" } },
    { id: "strange", state: { kind: "refused", why: "no-such-signal" } },
    { id: "newer", state: { kind: "refused", why: "expression" } },
  ]);
  drive(6, () => 50);
  expect(report()?.campaigns[0]?.state).toEqual({ kind: "expired" });
  expect(drive(3, () => 130)).toEqual([]);
});

test("a new list leaves a campaign that it still holds as it is", async () => {
  const { campaigns, drive, time } = car();
  await campaigns.open(identity);
  campaigns.heard(signed({}), identity);
  drive(5, (ms) => 50 + ms / 1_000);
  campaigns.heard(signed({ revision: 11, campaigns: [standardCampaign, fast] }), identity);
  time.ms += 100;
  const before = campaigns.take(time.ms);
  expect(before.map(({ campaign }) => campaign.id)).toEqual(["standard"]);
  const sent = drive(1, () => 120);
  expect(sent).toContain(120);
  // The ring still has what was before the new list.
  expect(sent.length + drive(1, () => 120).length).toBeGreaterThan(20);
});
