import { expect, test } from "vitest";

import { dismissed, noOffer, review } from "./offer.ts";
import { testWay } from "./test-way.ts";

const taking = (seconds: number) => {
  const way = testWay({ id: `takes ${seconds}` });
  return { ...way, summary: { ...way.summary, duration: seconds } };
};
const look = (left: number, better: number, accepted = 0, now = 0) => ({ left, better: taking(better), accepted, now });

test("a way that saves two minutes of a long drive is offered and told once", () => {
  const [first, isNew] = review(noOffer, look(3_000, 2_870));
  expect(first.offered?.offer).toMatchObject({ saves: 130, why: "traffic" });
  expect(isNew).toBe(true);
  const [again, isNewAgain] = review(first, look(2_970, 2_845));
  expect(again.offered?.offer.saves).toBe(125);
  expect(isNewAgain).toBe(false);
});

test("the same way seen again from farther on is the same question, another way is another", () => {
  const [first] = review(noOffer, look(3_000, 2_800));
  const rest = taking(2_750);
  const [again] = review(first, {
    ...look(2_950, 2_750),
    better: { ...rest, route: { ...rest.route, edges: rest.route.edges.slice(3) } },
  });
  expect(again.offered?.offer).toMatchObject({ route: { id: "takes 2800", duration: 2_750 } });
  expect(again.offered?.way.summary.id).toBe("takes 2800");
  const other = { ...rest, route: { ...rest.route, edges: Int32Array.from([70, 71]) } };
  expect(review(again, { ...look(2_950, 2_750), better: other })[0].offered?.offer.route.id).toBe("takes 2750");
});

test("a tenth of a short drive is worth it too, a few seconds never are", () => {
  expect(review(noOffer, look(600, 535))[0].offered).toBeDefined();
  expect(review(noOffer, look(600, 545))[0].offered).toBeUndefined();
  expect(review(noOffer, look(100, 80))[0].offered).toBeUndefined();
});

test("who chose the slower way on purpose is not offered the quicker one again, until traffic makes it slower still", () => {
  expect(review(noOffer, look(1_200, 1_000, 200))[0].offered).toBeUndefined();
  expect(review(noOffer, look(1_500, 1_000, 200))[0].offered).toBeDefined();
});

test("an offer goes when it is no longer true, and a dismissed one does not come back for some minutes", () => {
  const [offered] = review(noOffer, look(3_000, 2_800));
  expect(review(offered, look(2_900, 2_890))[0].offered).toBeUndefined();
  const quiet = dismissed(0);
  expect(review(quiet, look(3_000, 2_000, 0, 200_000))[0].offered).toBeUndefined();
  expect(review(quiet, look(3_000, 2_000, 0, 301_000))[0].offered).toBeDefined();
});
