import { once } from "node:events";
import { createServer } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { StartOptions } from "./arguments.ts";
import { checkPorts, portsOf } from "./ports.ts";

const options: StartOptions = { data: "/x", cars: 2, port: 8080, host: "localhost", reset: false, yes: false };
const taken = createServer();
afterEach(() => taken.close());

test("each part has its place", () => {
  expect([...portsOf(options).keys()]).toEqual([8080, 8883, 8090, 8091]);
  expect([...portsOf({ ...options, only: "car" }).keys()]).toEqual([8090, 8091]);
  expect([...portsOf({ ...options, only: "cloud" }).keys()]).toEqual([8080, 8883]);
});

test("a taken port is named with its purpose before anything else happens", async () => {
  taken.listen(0, "127.0.0.1");
  await once(taken, "listening");
  const address = taken.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  await expect(checkPorts({ ...options, port: port - 11, only: "car" })).rejects.toThrow(
    `Port ${port}, for the cockpit of car 2, is taken by another program; choose other ports with --port.`,
  );
});

test("an address of another machine is refused", async () => {
  await expect(checkPorts({ ...options, host: "192.0.2.1", only: "car" })).rejects.toThrow(
    /not an address of this machine/u,
  );
});
