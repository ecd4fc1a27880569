import { expect, test } from "vitest";

import { Outlet } from "./outlet.ts";

function someWire() {
  const sent: string[] = [];
  const wire = {
    bufferedAmount: 0,
    send: (text: string) => void sent.push(text),
    terminate: () => void (wire.isDead = true),
    isDead: false,
  };
  return { wire, sent, outlet: new Outlet(wire) };
}

const pose = (lat: number) => ({ type: "pose" as const, pose: { lat, lon: 0, heading: 0, speed: 0 } });

test("a quick screen hears everything at once", () => {
  const { sent, outlet } = someWire();
  outlet.tell(pose(1));
  expect(sent).toEqual([JSON.stringify(pose(1))]);
});

test("a slow screen is not queued for: it hears the newest state once it can", () => {
  const { wire, sent, outlet } = someWire();
  wire.bufferedAmount = 1e6;
  for (let i = 0; i < 100; i++) outlet.tell(pose(i));
  outlet.tell({ type: "driving", driving: "parked" });
  expect(sent).toEqual([]);
  wire.bufferedAmount = 0;
  outlet.catchUp();
  expect(sent).toEqual([JSON.stringify(pose(99)), JSON.stringify({ type: "driving", driving: "parked" })]);
  expect(outlet.isBehind()).toBe(false);
});

test("a screen that asks and never reads is cut off", () => {
  const { wire, outlet } = someWire();
  wire.bufferedAmount = 5e6;
  outlet.say({ type: "answer", id: 1, result: {} });
  expect(wire.isDead).toBe(true);
});
