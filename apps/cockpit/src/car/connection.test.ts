import type { CockpitMessage } from "@caravan/link";
import { expect, test } from "vitest";
import { isJourney } from "./answer.ts";
import { Connection } from "./connection.ts";

class FakeSocket extends EventTarget {
  binaryType: BinaryType = "blob";
  readonly sent: { id: number; do: string }[] = [];
  isClosed = false;
  send(text: string) {
    const question: { id: number; do: string } = JSON.parse(text);
    this.sent.push(question);
  }
  close() {
    this.isClosed = true;
  }
  open() {
    this.dispatchEvent(new Event("open"));
  }
  say(message: unknown) {
    this.dispatchEvent(Object.assign(new Event("message"), { data: JSON.stringify(message) }));
  }
  raw(data: unknown) {
    this.dispatchEvent(Object.assign(new Event("message"), { data }));
  }
  drop() {
    this.dispatchEvent(new Event("close"));
  }
}

function setUp() {
  const sockets: FakeSocket[] = [];
  const waits: { ms: number; run: () => void; isForgotten: boolean }[] = [];
  const heard: CockpitMessage[] = [];
  const frames: Uint8Array[] = [];
  const links: boolean[] = [];
  const connection = new Connection({
    open: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    after: (ms, run) => {
      const wait = { ms, run, isForgotten: false };
      waits.push(wait);
      return () => {
        wait.isForgotten = true;
      };
    },
    onMessage: (message) => heard.push(message),
    onFrame: (bytes) => frames.push(bytes),
    onLink: (isOpen) => links.push(isOpen),
  });
  connection.start();
  const living = () => waits.filter(({ isForgotten }) => !isForgotten);
  const fire = (ms: number) => {
    const wait = living().find((candidate) => candidate.ms === ms);
    if (wait === undefined) throw new Error(`nothing waits ${ms} ms`);
    wait.isForgotten = true;
    wait.run();
  };
  const socket = (index: number) => sockets[index];
  return { connection, sockets, socket, living, fire, heard, frames, links };
}

test("a question is answered by the message with its own number", async () => {
  const { connection, socket } = setUp();
  socket(0).open();
  const first = connection.ask({ do: "drive" }, isJourney);
  const second = connection.ask({ do: "end" }, isJourney);
  const [a, b] = socket(0).sent;
  socket(0).say({ type: "answer", id: b?.id, result: { kind: "idle" } });
  socket(0).say({ type: "failed", id: a?.id, error: { code: "no-route", message: "" } });
  expect(await second).toEqual({ kind: "ok", value: { kind: "idle" } });
  expect(await first).toEqual({ kind: "failed", code: "no-route", why: "" });
});

test("bytes go to whoever reads frames, as bytes and not as blobs", () => {
  const { socket, heard, frames } = setUp();
  socket(0).open();
  expect(socket(0).binaryType).toBe("arraybuffer");
  socket(0).raw(Uint8Array.of(1, 2, 3).buffer);
  expect(frames).toEqual([Uint8Array.of(1, 2, 3)]);
  expect(heard).toEqual([]);
});

test("an answer of another shape is a fault, not a crash", async () => {
  const { connection, socket } = setUp();
  socket(0).open();
  const answer = connection.ask({ do: "drive" }, isJourney);
  socket(0).say({ type: "answer", id: socket(0).sent[0]?.id, result: 7 });
  expect(await answer).toEqual({ kind: "failed", code: "fault", why: "" });
});

test("a broken line answers everything that was open, and is tried again ever more slowly", async () => {
  const { connection, socket, sockets, living, fire, links } = setUp();
  socket(0).open();
  const answer = connection.ask({ do: "drive" }, isJourney);
  socket(0).drop();
  expect(await answer).toEqual({ kind: "failed", code: "no-connection", why: "" });
  const pauses: number[] = [];
  for (let i = 1; i <= 7; i += 1) {
    const [retry] = living();
    pauses.push(retry?.ms ?? 0);
    fire(retry?.ms ?? 0);
    socket(i).drop();
  }
  expect(pauses).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]);
  expect(sockets).toHaveLength(8);
  expect(links).toEqual([true, false]);
});

test("a car that says nothing is asked for a sign of life, and given up after the second silence", () => {
  const { socket, fire, links } = setUp();
  socket(0).open();
  fire(4_000);
  expect(socket(0).sent).toEqual([{ id: 0, do: "settings", change: {} }]);
  fire(4_000);
  expect(links).toEqual([true, false]);
  expect(socket(0).isClosed).toBe(true);
});

test("noise on the line is passed over", () => {
  const { socket, heard } = setUp();
  socket(0).open();
  for (const noise of ["{", "null", '{"type":"hello"}', '{"type":"pose","pose":{"lat":"x"}}', 7]) socket(0).raw(noise);
  socket(0).say({ type: "online", online: true });
  expect(heard).toEqual([{ type: "online", online: true }]);
});

test("after stop nothing is tried again and nothing listens", () => {
  const { connection, socket, living, heard } = setUp();
  socket(0).open();
  connection.stop();
  socket(0).say({ type: "online", online: true });
  socket(0).drop();
  expect(living()).toHaveLength(0);
  expect(heard).toHaveLength(0);
});
