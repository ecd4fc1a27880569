import type { Announcement } from "@caravan/link";
import fc from "fast-check";
import { expect, test } from "vitest";
import { silent, voiceStep, type VoiceEffect, type VoiceEvent, type VoiceQueue } from "./queue.ts";

const say = (id: number, kind: Announcement["kind"] = "manoeuvre"): Announcement => ({
  id,
  kind,
  text: `sentence ${id}`,
  language: "en",
});

const announced = (announcement: Announcement, isMuted = false): VoiceEvent => ({
  kind: "announced",
  announcement,
  isMuted,
});

function run(events: readonly VoiceEvent[]): { queue: VoiceQueue; effects: VoiceEffect[] } {
  let queue = silent;
  const effects: VoiceEffect[] = [];
  for (const event of events) {
    const [next, done] = voiceStep(queue, event);
    queue = next;
    effects.push(...done);
  }
  return { queue, effects };
}

test("the next turn cuts off what is being said", () => {
  const { effects } = run([announced(say(1, "traffic")), announced(say(2))]);
  expect(effects).toEqual([
    { kind: "speak", announcement: say(1, "traffic") },
    { kind: "stop" },
    { kind: "speak", announcement: say(2) },
  ]);
});

test("a hint waits until the turn has been said, and only the newest hint", () => {
  const { effects } = run([
    announced(say(1)),
    announced(say(2, "overspeed")),
    announced(say(3, "traffic")),
    { kind: "over", id: 1 },
    { kind: "over", id: 3 },
  ]);
  expect(effects).toEqual([
    { kind: "speak", announcement: say(1) },
    { kind: "speak", announcement: say(3, "traffic") },
  ]);
});

test("what was announced while the voice was off is not said when it comes back on", () => {
  const { effects } = run([announced(say(1), true), announced(say(1))]);
  expect(effects).toEqual([]);
});

test("turning the voice off stops it in the middle of a word", () => {
  const { queue, effects } = run([announced(say(1)), announced(say(2, "traffic")), { kind: "muted" }]);
  expect(effects.at(-1)).toEqual({ kind: "stop" });
  expect(queue).toMatchObject({ speaking: undefined, waiting: undefined });
});

test("a car that started anew is heard again", () => {
  const { effects } = run([announced(say(40)), { kind: "over", id: 40 }, { kind: "new-line" }, announced(say(1))]);
  expect(effects.at(-1)).toEqual({ kind: "speak", announcement: say(1) });
});

test("nothing is said twice, and never two sentences at once", () => {
  const kinds = ["manoeuvre", "reroute", "overspeed", "camera", "arrive", "traffic", "charge", "position"] as const;
  const event = fc.oneof(
    fc.record({
      kind: fc.constant("announced" as const),
      id: fc.nat(20),
      of: fc.constantFrom(...kinds),
      isMuted: fc.boolean(),
    }),
    fc.record({ kind: fc.constant("over" as const), id: fc.nat(20) }),
    fc.record({ kind: fc.constant("muted" as const) }),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      const { effects } = run(
        events.map((each) => (each.kind === "announced" ? announced(say(each.id, each.of), each.isMuted) : each)),
      );
      const said = effects.flatMap((effect) => (effect.kind === "speak" ? [effect.announcement.id] : []));
      expect(new Set(said).size).toBe(said.length);
      expect(said).toEqual(said.toSorted((a, b) => a - b));
    }),
    { numRuns: 200 },
  );
});
