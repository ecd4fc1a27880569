import { join } from "node:path";
import type { Journey, RouteSummary } from "@caravan/link";
import { afterAll, expect, test } from "vitest";
import { openBrowser } from "./browser.ts";
import { CockpitClient } from "./cockpit-client.ts";
import { hears, takeSeat } from "./driver.ts";
import { signalOf } from "./signal.ts";

/**
 * Three drives in three cities, in real time, seen from the driver's seat: a jam that appears on the way, a tunnel and a charging stop,
 * Chinese names and voice and a wrong turn. Each takes minutes, so they are told when everything is (npm run test:all).
 */
const tellsAll = process.env.CARAVAN_TEST_ALL !== undefined;
const data = process.env.CARAVAN_TESTDATA;
const maps = data === undefined ? undefined : join(data, "maps");
const opened = tellsAll ? await openBrowser() : undefined;

const minute = 60_000;

afterAll(() => opened?.close());

const minutesOf = (count: number) => ({ timeout: count * minute });

function routeOf(said: { readonly journey: Journey } | undefined): RouteSummary {
  if (said?.journey.kind !== "driving") throw new Error("not driving");
  return said.journey.route;
}

const queueOn = ({ traffic }: RouteSummary) => traffic.find(({ level }) => level === "queue");

/** Seconds of our clock at which the car thinks it will be there. */
const arrivalOf = (car: CockpitClient) =>
  Date.now() / 1_000 + (car.latest("progress")?.progress.remainingTime ?? Infinity);

/** Metres from a place to the nearest point of a line of lon, lat, lon, lat. */
function metresFrom({ lat, lon }: { readonly lat: number; readonly lon: number }, line: readonly number[]): number {
  const perDegree = 111_195;
  const east = perDegree * Math.cos((lat * Math.PI) / 180);
  let nearest = Infinity;
  for (let i = 0; i + 1 < line.length; i += 2)
    nearest = Math.min(nearest, Math.hypot(((line[i] ?? 0) - lon) * east, ((line[i + 1] ?? 0) - lat) * perDegree));
  return nearest;
}

/** Where the car is too fast for the next street, or there is none, it turns off at a later one. */
const turnWrong = (car: CockpitClient) => {
  const asked = () => car.ask({ do: "simulate", what: "wrong-turn" }).then(String, String);
  return expect.poll(asked, { timeout: minute, interval: 1_000 }).not.toContain("refused");
};

test.skipIf(opened === undefined)(
  "Gothenburg: a jam appears on the way, the time of arrival follows, the quicker way that is offered leads around it, and a wrong turn back to the way",
  minutesOf(20),
  async () => {
    if (opened === undefined) return;
    // The second car is on the first one's way, far ahead: it runs into the queue, and so tells the cloud of it.
    const drive = await takeSeat(opened.browser, {
      port: 28_500,
      flags: ["--cars", "2", "--at", "57.707362,12.012467", "--at", "57.699937,11.985516"],
      language: "en",
    });
    const { car, page, caravan } = drive;
    const goal = { lat: 57.69573, lon: 11.969533, name: "Föreningsgatan" };
    const ahead = { cockpit: `http://localhost:${Number(new URL(caravan.cockpit).port) + 1}` };
    const other = await CockpitClient.open(ahead.cockpit);
    const speedAhead = async () => Number(await signalOf(ahead, "Vehicle.Speed"));
    try {
      await other.ask({ do: "end" });
      await expect.poll(() => signalOf(ahead, "Vehicle.IsMoving"), { timeout: minute }).toBe("false");
      await other.ask({ do: "plan", to: goal });
      await other.ask({ do: "drive" });
      await expect.poll(speedAhead, { timeout: minute }).toBeGreaterThan(10);
      await other.ask({ do: "simulate", what: "jam" });
      await car.ask({ do: "plan", to: goal });
      await page.getByRole("button", { name: "Drive", exact: true }).waitFor();
      await drive.picture("gothenburg-ways");
      await expect.poll(speedAhead, { timeout: 3 * minute, interval: 200 }).toBeLessThan(2);

      // Nobody has measured anything of the queue yet: the way leads through it.
      await page.getByRole("button", { name: "Drive", exact: true }).click();
      const isOnItsWay = ({ journey }: { readonly journey: Journey }) =>
        journey.kind === "driving" && journey.route.to.name === goal.name;
      const chosen = routeOf(await hears(drive, "journey", isOnItsWay, minute));
      expect(chosen.delay).toBeLessThan(15);
      expect(queueOn(chosen)).toBeUndefined();
      const along = () => car.latest("progress")?.progress.along;
      await expect.poll(along, { timeout: minute, interval: 100 }).toBeLessThan(20);
      await expect.poll(along, { timeout: minute, interval: 100 }).toBeGreaterThan(20);
      const arrival = arrivalOf(car);

      await hears(
        drive,
        "journey",
        ({ journey }) => journey.kind === "driving" && journey.route.delay > 15 && queueOn(journey.route) !== undefined,
        3 * minute,
      );
      const slowed = routeOf(car.latest("journey"));
      expect(slowed.id).toBe(chosen.id);
      expect(queueOn(slowed)?.from).toBeGreaterThan(2_000);

      const { offer } = await hears(drive, "offer", (message) => message.offer !== undefined, 3 * minute);
      expect(offer?.why).toBe("traffic");
      expect(offer?.saves).toBeGreaterThan(30);
      await expect.poll(() => arrivalOf(car), { timeout: 10_000 }).toBeGreaterThan(arrival + 15);
      const question = page.getByRole("region", { name: /^Faster way/ });
      await question.waitFor({ timeout: minute });
      await drive.picture("gothenburg-jam");

      await question.getByRole("button", { name: "Take it", exact: true }).click();
      await hears(drive, "announce", ({ announcement }) => announcement.text.startsWith("New route around"), minute);
      const taken = routeOf(car.latest("journey"));
      expect(taken.id).not.toBe(chosen.id);
      expect(queueOn(taken)).toBeUndefined();
      const queue = other.latest("pose")?.pose;
      expect(queue === undefined ? Infinity : metresFrom(queue, chosen.geometry)).toBeLessThan(30);
      expect(queue === undefined ? 0 : metresFrom(queue, taken.geometry)).toBeGreaterThan(30);
      expect((await drive.spoken()).some(({ text }) => text.startsWith("There is a faster way"))).toBe(true);
      await question.waitFor({ state: "hidden", timeout: minute });
      await drive.picture("gothenburg-around-the-jam");

      // On by the new way, past where the others wait, and no later offer leads back to them.
      const comesBy = ({ geometry }: RouteSummary) => queue !== undefined && metresFrom(queue, geometry) < 30;
      const asked = car.heard("offer").length;
      await expect.poll(along, { timeout: 5 * minute }).toBeGreaterThan(1_000);
      expect(routeOf(car.latest("journey")).id).toBe(taken.id);
      expect(
        car
          .heard("offer")
          .slice(asked)
          .map(({ offer: later }) => later !== undefined && comesBy(later.route)),
      ).not.toContain(true);
      expect(arrivalOf(car)).toBeLessThan(arrival + 240);

      const turns = car.heard("announce").length;
      await turnWrong(car);
      const isLedBack = () =>
        car
          .heard("announce")
          .slice(turns)
          .some(({ announcement }) => announcement.kind === "reroute");
      await expect.poll(isLedBack, { timeout: 2 * minute }).toBe(true);
      await drive.picture("gothenburg-led-back");
      const back = routeOf(car.latest("journey"));
      expect(back.id).not.toBe(taken.id);
      expect(comesBy(back)).toBe(false);
      expect(car.latest("progress")?.progress.route).toBe(back.id);
      await car.ask({ do: "end" });
      await expect.poll(() => signalOf(caravan, "Vehicle.IsMoving"), { timeout: minute }).toBe("false");
    } finally {
      other.close();
      await drive.stop();
    }
  },
);

test.skipIf(opened === undefined || maps === undefined)(
  "Monaco: the car finds its way through a tunnel without satellites and charges on the way",
  minutesOf(20),
  async () => {
    if (opened === undefined || maps === undefined) return;
    const drive = await takeSeat(opened.browser, {
      port: 28_520,
      flags: ["--car-only", "--map", join(maps, "monaco.osm.pbf"), "--at", "43.7372,7.4215"],
      language: "en",
    });
    try {
      const { car, page, caravan } = drive;
      // Through the tunnel below the Louis II stadium's boulevard, in the dark of which there are no satellites.
      await car.ask({ do: "plan", to: { lat: 43.7459, lon: 7.4337, name: "Larvotto" } });
      await page.getByRole("button", { name: "Drive", exact: true }).waitFor();
      await drive.picture("monaco-ways");
      await page.getByRole("button", { name: "Drive", exact: true }).click();
      await hears(drive, "position", ({ position }) => position === "dead-reckoned", 4 * minute);
      await drive.picture("monaco-tunnel");
      const within = await signalOf(caravan, "Vehicle.CurrentLocation.GNSSReceiver.FixType");
      expect(within).toBe("NONE");
      await hears(drive, "position", ({ position }) => position === "satellites", 2 * minute);
      await hears(drive, "journey", ({ journey }) => journey.kind === "arrived", 4 * minute);
      await page.getByRole("region", { name: "You have arrived" }).waitFor();
      await drive.picture("monaco-arrived");
      expect(car.heard("announce").filter(({ announcement }) => announcement.kind === "reroute")).toEqual([]);
      expect((await drive.spoken()).some(({ lang }) => lang === "en-GB")).toBe(true);

      // With too little in the battery for the way back, the way leads over a charger.
      await car.ask({ do: "simulate", what: "charge", percent: 8 });
      await car.ask({ do: "plan", to: { lat: 43.7279, lon: 7.4143, name: "Fontvieille" } });
      const planned = await hears(
        drive,
        "journey",
        ({ journey }) => journey.kind === "planned" && journey.route.stops.some(({ kind }) => kind === "charge"),
        minute,
      );
      if (planned.journey.kind !== "planned") throw new Error("not planned");
      expect(planned.journey.route.charging ?? "").not.toBe("");
      await page.getByRole("button", { name: "Drive", exact: true }).waitFor();
      await drive.picture("monaco-charging-plan");
      const before = Number(await signalOf(caravan, "Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed"));
      await page.getByRole("button", { name: "Drive", exact: true }).click();
      await expect
        .poll(() => signalOf(caravan, "Vehicle.Powertrain.TractionBattery.Charging.IsCharging"), {
          timeout: 8 * minute,
        })
        .toBe("true");
      await drive.picture("monaco-charging");
      await expect.poll(() => signalOf(caravan, "Vehicle.IsMoving"), { timeout: 8 * minute }).toBe("true");
      const after = Number(await signalOf(caravan, "Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed"));
      expect(after).toBeGreaterThan(before);
    } finally {
      await drive.stop();
    }
  },
);

test.skipIf(opened === undefined || maps === undefined)(
  "Shanghai: a street is found by its first letters, the voice is Chinese, and after a wrong turn the car arrives",
  minutesOf(16),
  async () => {
    if (opened === undefined || maps === undefined) return;
    const drive = await takeSeat(opened.browser, {
      port: 28_540,
      flags: ["--car-only", "--map", join(maps, "shanghai-centre.osm"), "--at", "31.2324,121.4769"],
      language: "zh-CN",
    });
    try {
      const { car, page } = drive;
      await page.getByRole("button", { name: "搜索", exact: true }).click();
      await page.getByRole("textbox").fill("rmdd");
      await page
        .getByRole("button", { name: /^人民大道/ })
        .first()
        .click();
      await hears(drive, "journey", ({ journey }) => journey.kind === "planned", minute);
      await page.getByRole("button", { name: "出发", exact: true }).waitFor();
      await drive.picture("shanghai-ways");
      await page.getByRole("button", { name: "出发", exact: true }).click();
      await hears(drive, "announce", ({ announcement }) => announcement.language === "zh-CN", minute);
      await expect
        .poll(
          async () => (await drive.spoken()).some(({ lang, text }) => lang === "zh-CN" && /\p{sc=Han}/u.test(text)),
          {
            timeout: minute,
          },
        )
        .toBe(true);
      await drive.picture("shanghai-drive");

      await turnWrong(car);
      await hears(drive, "announce", ({ announcement }) => announcement.kind === "reroute", 4 * minute);
      await drive.picture("shanghai-led-back");
      await hears(drive, "journey", ({ journey }) => journey.kind === "arrived", 9 * minute);
      expect(car.heard("announce").some(({ announcement }) => announcement.kind === "arrive")).toBe(true);
      await page.getByRole("region", { name: "已到达目的地" }).waitFor();
      await drive.picture("shanghai-arrived");
    } finally {
      await drive.stop();
    }
  },
);
