import { expect, test } from "vitest";
import { DriveCamera, Glide, lookAheadForSpeed, zoomForSpeed, zoomTowards } from "./camera.ts";
import { measurePath, metresBetween, moveBy, turnBetween } from "./path.ts";
import { carPadding } from "./padding.ts";
import { PoseMotion } from "./motion.ts";

const speed = 14;

/** Drives a circle of 50 m with poses at 10 Hz and frames at 60 Hz; returns each drawn frame. */
function driveCircle(seconds: number): { drawn: PoseMotion["drawn"]; truth: { lon: number; lat: number } }[] {
  const motion = new PoseMotion();
  const frames = [];
  let lon = 11.97;
  let lat = 57.7;
  let heading = 0;
  const rate = (speed / 50) * (180 / Math.PI);
  for (let frame = 0; frame < seconds * 60; frame += 1) {
    const at = frame / 60;
    if (frame % 6 === 0) motion.set({ lon, lat, heading, speed }, at);
    motion.step(at);
    frames.push({ drawn: { ...motion.drawn }, truth: { lon, lat } });
    [lon, lat] = moveBy(lon, lat, heading, speed / 60);
    heading = (heading + rate / 60) % 360;
  }
  return frames;
}

test("the drawn car moves evenly between ten poses a second, and stays where the car is", () => {
  const frames = driveCircle(6).slice(120);
  let before = frames[0];
  for (const frame of frames.slice(1)) {
    if (before === undefined) throw new Error("no frame");
    const step = metresBetween(before.drawn.lon, before.drawn.lat, frame.drawn.lon, frame.drawn.lat);
    expect(step).toBeGreaterThan((speed / 60) * 0.7);
    expect(step).toBeLessThan((speed / 60) * 1.3);
    expect(metresBetween(frame.truth.lon, frame.truth.lat, frame.drawn.lon, frame.drawn.lat)).toBeLessThan(1);
    expect(Math.abs(turnBetween(before.drawn.heading, frame.drawn.heading))).toBeLessThan(1.2);
    before = frame;
  }
});

test("a car that falls silent is not driven on for ever", () => {
  const motion = new PoseMotion();
  motion.set({ lon: 11.97, lat: 57.7, heading: 90, speed }, 0);
  for (let at = 0; at < 5; at += 1 / 60) motion.step(at);
  expect(metresBetween(11.97, 57.7, motion.drawn.lon, motion.drawn.lat)).toBeLessThan(speed * 0.6);
  expect(motion.step(5)).toBe(false);
});

test("a standing car asks for no frames", () => {
  const motion = new PoseMotion();
  motion.set({ lon: 11.97, lat: 57.7, heading: 90, speed: 0 }, 0);
  motion.set({ lon: 11.97, lat: 57.7, heading: 90, speed: 0 }, 0.1);
  expect(motion.step(0.2)).toBe(false);
});

test("a car that appears elsewhere is shown there at once", () => {
  const motion = new PoseMotion();
  motion.set({ lon: 11.97, lat: 57.7, heading: 90, speed: 0 }, 0);
  motion.set({ lon: 12.2, lat: 57.8, heading: 10, speed: 0 }, 0.1);
  expect(motion.drawn).toMatchObject({ lon: 12.2, lat: 57.8, heading: 10 });
});

test("the camera looks farther the faster the car is", () => {
  expect(zoomForSpeed(0)).toBeGreaterThan(zoomForSpeed(14));
  expect(zoomForSpeed(14)).toBeGreaterThan(zoomForSpeed(33));
  expect(zoomForSpeed(90)).toBe(zoomForSpeed(50));
  expect(zoomForSpeed(-3)).toBe(zoomForSpeed(3));
});

test("the camera turns into the bend of the route before the car does, and never more than a little at once", () => {
  const camera = new DriveCamera();
  const path = measurePath([11.97, 57.7, 11.97, 57.7005, 11.99, 57.7005]);
  const car = { lon: 11.97, lat: 57.7, heading: 0, speed };
  camera.step(car, 0, undefined, 0);
  let before = camera.view.bearing;
  for (let frame = 0; frame < 240; frame += 1) {
    camera.step(car, 1 / 60, { path, along: 0, toManoeuvre: 55 }, 0);
    expect(Math.abs(turnBetween(before, camera.view.bearing))).toBeLessThan(1);
    before = camera.view.bearing;
  }
  expect(camera.view.bearing).toBeGreaterThan(5);
  expect(camera.view.bearing).toBeLessThan(45);
});

test("before a manoeuvre the camera comes nearer without a step, and earlier the faster the car is", () => {
  for (const metresPerSecond of [3, 14, 30]) {
    let before = zoomTowards(metresPerSecond, 2_000);
    expect(before).toBe(zoomForSpeed(metresPerSecond));
    for (let metres = 2_000; metres >= 0; metres -= 1) {
      const zoom = zoomTowards(metresPerSecond, metres);
      expect(zoom - before).toBeGreaterThanOrEqual(0);
      expect(zoom - before).toBeLessThan(0.05);
      before = zoom;
    }
    expect(before).toBeGreaterThan(zoomForSpeed(metresPerSecond));
  }
  expect(zoomTowards(30, 250) - zoomForSpeed(30)).toBeGreaterThan(zoomTowards(10, 250) - zoomForSpeed(10));
});

test("the faster the car, the farther the camera looks along the route, up to a bound", () => {
  expect(lookAheadForSpeed(30)).toBeGreaterThan(lookAheadForSpeed(10));
  expect(lookAheadForSpeed(90)).toBe(lookAheadForSpeed(60));
});

test("with north up the map neither turns nor tilts", () => {
  const camera = new DriveCamera();
  camera.setUp("north");
  for (let frame = 0; frame < 240; frame += 1) {
    camera.step({ lon: 11.97, lat: 57.7, heading: frame, speed }, 1 / 60, undefined, 0);
  }
  expect(camera.view).toMatchObject({ bearing: 0, pitch: 0 });
  camera.setUp("heading");
  expect(camera.view.pitch).toBe(50);
});

test("coming back to the car is one movement without a jump", () => {
  const glide = new Glide();
  const target = { lon: 11.98, lat: 57.71, bearing: 10, pitch: 50, zoom: 16.5 };
  glide.start({ lon: 11.97, lat: 57.7, bearing: 350, pitch: 0, zoom: 14 }, 0.5);
  const zooms = [14];
  for (let frame = 0; frame < 40; frame += 1) zooms.push(glide.step(target, 1 / 60).view.zoom);
  expect(zooms.at(-1)).toBe(16.5);
  expect(Math.max(...zooms.slice(1).map((zoom, index) => zoom - (zooms[index] ?? 0)))).toBeLessThan(0.15);
  expect(glide.step(target, 1)).toEqual({ view: target, moving: false });
});

test("the car stands at two thirds of what the sheets leave free", () => {
  const padding = carPadding({ top: 0, right: 640, bottom: 104, left: 0 }, 1_080, true);
  const middle = (padding.top + (1_080 - padding.bottom)) / 2;
  expect(middle).toBeCloseTo(((1_080 - 104) * 2) / 3, 6);
  expect(padding.right).toBe(640);
});
