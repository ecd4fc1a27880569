import { join } from "node:path";
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

test.skipIf(opened === undefined)(
  "Gothenburg: a jam that another car stands in shows on the way and in the time of arrival",
  minutesOf(20),
  async () => {
    if (opened === undefined) return;
    // The second car stands on the first one's way, runs into the queue, and so tells the cloud of it.
    const drive = await takeSeat(opened.browser, {
      port: 28_500,
      flags: ["--cars", "2", "--at", "57.687845,11.960734", "--at", "57.686911,11.965928"],
      language: "en",
    });
    const { car, page, caravan } = drive;
    const ahead = `http://localhost:${Number(new URL(caravan.cockpit).port) + 1}`;
    const other = await CockpitClient.open(ahead);
    try {
      await other.ask({ do: "end" });
      await expect.poll(() => signalOf({ cockpit: ahead }, "Vehicle.IsMoving"), { timeout: minute }).toBe("false");
      const goal = { lat: 57.692442, lon: 11.964742, name: "Södra Viktoriagatan" };
      await other.ask({ do: "plan", to: goal });
      await other.ask({ do: "drive" });
      await expect.poll(() => other.latest("progress")?.progress.along ?? 0, { timeout: minute }).toBeGreaterThan(30);
      await other.ask({ do: "simulate", what: "jam" });
      await expect
        .poll(async () => Number(await signalOf({ cockpit: ahead }, "Vehicle.Speed")), { timeout: 3 * minute })
        .toBeLessThan(2);
      // What stands still has measured nothing yet: the way is chosen before anybody knows of the queue.
      await page.waitForTimeout(15_000);

      await car.ask({ do: "plan", to: goal });
      await hears(drive, "journey", ({ journey }) => journey.kind === "planned", minute);
      await drive.picture("gothenburg-ways");
      await page.getByRole("button", { name: "Drive", exact: true }).click();
      await hears(drive, "announce", ({ announcement }) => announcement.kind === "manoeuvre", minute);

      // The jam was measured by nobody when the way was chosen.
      const slowed = await hears(
        drive,
        "journey",
        ({ journey }) =>
          journey.kind === "driving" &&
          journey.route.delay > 15 &&
          journey.route.traffic.some(({ level }) => level === "queue"),
        5 * minute,
      );
      if (slowed.journey.kind !== "driving") throw new Error("not driving");
      await drive.picture("gothenburg-jam");
      const { route } = slowed.journey;
      expect(route.traffic.find(({ level }) => level === "queue")?.to ?? 0).toBeGreaterThan(0);
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
      await drive.picture("monaco-ways");
      await page.getByRole("button", { name: "Drive", exact: true }).click();
      await hears(drive, "position", ({ position }) => position === "dead-reckoned", 4 * minute);
      await drive.picture("monaco-tunnel");
      const within = await signalOf(caravan, "Vehicle.CurrentLocation.GNSSReceiver.FixType");
      expect(within).toBe("NONE");
      await hears(drive, "position", ({ position }) => position === "satellites", 2 * minute);
      await hears(drive, "journey", ({ journey }) => journey.kind === "arrived", 4 * minute);
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

      await car.ask({ do: "simulate", what: "wrong-turn" });
      await hears(drive, "announce", ({ announcement }) => announcement.kind === "reroute", 4 * minute);
      await drive.picture("shanghai-led-back");
      await hears(drive, "journey", ({ journey }) => journey.kind === "arrived", 9 * minute);
      expect(car.heard("announce").some(({ announcement }) => announcement.kind === "arrive")).toBe(true);
      await drive.picture("shanghai-arrived");
    } finally {
      await drive.stop();
    }
  },
);
