import { setTimeout as wait } from "node:timers/promises";

/** A wrong turn is refused where the car is too fast for one, and takes until the next junction. */
const askAgainMs = 2_000;
const leftWithinMs = 120_000;
const driveMs = 10_000;

/** What of the car's messages is looked at. */
interface Told {
  readonly type: string;
  readonly id?: number;
  readonly journey?: { readonly kind: string; readonly route?: { readonly id: string } };
}

/** Plans a route as a screen does, lets the simulated car drive it, and leaves it, until the car has been given another one. */
export async function driveAndStray(url: string, to: { readonly lat: number; readonly lon: number }): Promise<void> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/cockpit`, "caravan.cockpit.v1");
  const waiting = new Map<number, (isDone: boolean) => void>();
  const routes = new Set<string>();
  let last = 0;
  socket.addEventListener("message", ({ data }) => {
    if (typeof data !== "string") return;
    const told: Told = JSON.parse(data);
    if (told.type === "journey" && told.journey?.route !== undefined) routes.add(told.journey.route.id);
    if (told.id !== undefined && (told.type === "answer" || told.type === "failed")) {
      waiting.get(told.id)?.(told.type === "answer");
      waiting.delete(told.id);
    }
  });
  const ask = (request: Readonly<Record<string, unknown>>): Promise<boolean> => {
    const id = ++last;
    socket.send(JSON.stringify({ id, ...request }));
    return new Promise((resolve) => waiting.set(id, resolve));
  };
  try {
    await new Promise((resolve, reject) => {
      socket.addEventListener("open", resolve, { once: true });
      socket.addEventListener("error", () => reject(new Error("the car computer lets no screen in")), { once: true });
    });
    if (!(await ask({ do: "plan", to: { ...to, name: "There" } }))) throw new Error("the car computer plans no route");
    if (!(await ask({ do: "drive" }))) throw new Error("the car does not drive");
    await wait(driveMs);
    const before = routes.size;
    for (let waited = 0; routes.size === before; waited += askAgainMs) {
      if (waited > leftWithinMs) throw new Error("the car was given no other route after a wrong turn");
      await ask({ do: "simulate", what: "wrong-turn" });
      await wait(askAgainMs);
    }
  } finally {
    socket.close();
  }
}
