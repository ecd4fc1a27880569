import { createServer } from "node:http";
import { Vehicle } from "@caravan/signals";
import { afterEach, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { createFixture } from "./fixture.ts";
import { answerViss, isVissRequest } from "./http.ts";
import { acceptViss, chooseVissProtocol, vissMaxPayload } from "./websocket.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A car's port with nothing on it but VISS. */
async function serve(options: Parameters<typeof createFixture>[0] = {}) {
  const fixture = createFixture(options);
  const server = createServer((request, response) => {
    void answerViss(fixture.viss, request, response);
  });
  const sockets = new WebSocketServer({
    server,
    maxPayload: vissMaxPayload,
    perMessageDeflate: false,
    handleProtocols: chooseVissProtocol,
  });
  sockets.on("connection", (socket) => acceptViss(fixture.viss, socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(async () => {
    for (const socket of sockets.clients) socket.terminate();
    await new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
  });
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const open = async (...protocols: string[]) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`, protocols);
    const closed = new Promise<number>((resolve) => socket.once("close", resolve));
    const next = () =>
      new Promise<Record<string, unknown>>((resolve) =>
        socket.once("message", (data: Buffer) => resolve(JSON.parse(data.toString()))),
      );
    await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
    return { socket, closed, next };
  };
  return { ...fixture, url: `http://127.0.0.1:${port}`, open };
}

test("a WebSocket client speaks version 3 by its sub-protocol and version 2 without", async () => {
  const { open } = await serve();
  for (const [protocols, chosen, text] of [
    [["VISSv2"], "VISSv2", "message"],
    [["VISSv3"], "VISSv3", "description"],
    [["VISSv2", "VISSv3"], "VISSv3", "description"],
    [[], "", "message"],
  ] as const) {
    const { socket, next } = await open(...protocols);
    expect(socket.protocol).toBe(chosen);
    socket.send(JSON.stringify({ action: "get", path: "Vehicle.Nothing", requestId: "1" }));
    expect((await next())["error"]).toHaveProperty(text);
    socket.close();
  }
});

test("a client that goes away leaves nothing behind, and a full house says so", async () => {
  const { open, viss } = await serve({ mostConnections: 1 });
  const first = await open("VISSv2");
  first.socket.send(JSON.stringify({ action: "subscribe", path: "Vehicle.Speed", requestId: "1" }));
  await first.next();
  const second = await open("VISSv2");
  expect(await second.closed).toBe(1013);
  first.socket.close();
  await first.closed;
  await expect.poll(() => viss.connections).toBe(0);
});

test("bytes, and frames beyond all measure, end the conversation and not the server", async () => {
  const { open } = await serve();
  const binary = await open("VISSv2");
  binary.socket.send(new Uint8Array([1, 2, 3]));
  expect(await binary.closed).toBe(1003);
  const large = await open("VISSv2");
  large.socket.on("error", () => undefined);
  large.socket.send("x".repeat(vissMaxPayload + 1));
  expect(await large.closed).toBe(1009);
  const { socket, next } = await open("VISSv2");
  socket.send(JSON.stringify({ action: "get", path: "Vehicle.Speed", requestId: "1" }));
  expect(await next()).toMatchObject({ data: { dp: { value: "50.5" } } });
});

test("HTTP gets by slashes or dots, with filters", async () => {
  const { url } = await serve();
  for (const path of ["/viss/Vehicle/Speed", "/viss/Vehicle.Speed"]) {
    const response = await fetch(url + path);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(await response.json()).toMatchObject({ data: { path: "Vehicle.Speed", dp: { value: "50.5" } } });
  }
  const filter = encodeURIComponent('{"type":"paths","parameter":"*/*/IsOpen"}');
  const found = await fetch(`${url}/viss/Vehicle/Cabin/Door?filter=${filter}`);
  expect(await found.json()).toMatchObject({
    data: [{ path: "Vehicle.Cabin.Door.Row1.DriverSide.IsOpen" }, { dp: { value: "true" } }],
  });
});

test.each([
  ["GET", "/viss", 404, "invalid_path"],
  ["GET", "/viss/Vehicle/Nothing", 404, "invalid_path"],
  ["GET", "/viss/Vehicle/Height", 404, "unavailable_data"],
  ["GET", "/viss/Vehicle/Speed?filter={", 400, "bad_request"],
  ["GET", '/viss/Vehicle/Speed?filter={"type":"timebased","parameter":{"period":"100"}}', 400, "bad_request"],
  ["GET", "/viss/%", 400, "bad_request"],
  ["GET", `/viss/${"x".repeat(5_000)}`, 400, "bad_request"],
  ["DELETE", "/viss/Vehicle/Speed", 400, "bad_request"],
])("HTTP %s %s is answered with %i %s", async (method, path, status, reason) => {
  const { url } = await serve();
  const response = await fetch(url + path, { method });
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ error: { number: status, reason } });
});

test("HTTP sets through the gate, and takes only JSON of sensible size", async () => {
  const { url, asked } = await serve();
  const post = (body: string, type = "application/json") =>
    fetch(`${url}/viss/Vehicle/Body/Hood/Position`, { method: "POST", body, headers: { "content-type": type } });
  expect((await post('{"value":"30"}')).status).toBe(200);
  expect(asked).toEqual([{ path: "Vehicle.Body.Hood.Position", value: 30, asker: { kind: "viss" } }]);
  for (const refused of [
    post('{"value":"30"}', "text/plain"),
    post("{"),
    post("{}"),
    post("null"),
    post('{"value":"x"}'),
    post(`"${"x".repeat(70_000)}"`),
  ]) {
    expect((await refused).status).toBe(400);
  }
  const sensor = await fetch(`${url}/viss/${Vehicle.Speed.path}`, {
    method: "POST",
    body: '{"value":"1"}',
    headers: { "content-type": "application/json" },
  });
  expect(sensor.status).toBe(401);
  expect(asked).toHaveLength(1);
});

test("only addresses below /viss are VISS", () => {
  expect(["/viss", "/viss/Vehicle", "/viss?x"].every(isVissRequest)).toBe(true);
  expect(["/vissual", "/", "/x/viss", undefined].some(isVissRequest)).toBe(false);
});
