import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Type } from "typebox";
import type { Static, TSchema } from "typebox";
import { Value } from "typebox/value";
import { Problem } from "./problem.ts";

const Link = Type.Object({ url: Type.String(), name: Type.String(), role: Type.String(), expiresAt: Type.Number() });
const Codes = Type.Object({ codes: Type.Array(Type.Object({ code: Type.String() })) });
const Refusal = Type.Object({ error: Type.Object({ message: Type.String() }) });

const answerWithinMs = 10_000;

/** What the holder of the data folder's secret asks of the cloud that runs on it. */
export class CloudApi {
  readonly #origin: string;
  readonly #secret: string;

  /** `origin` as reached from this machine. Throws Problem when the folder has no secret, because no cloud has run on it. */
  constructor(origin: string, data: string) {
    const file = join(data, "secrets", "supervisor");
    if (!existsSync(file)) throw new Problem("No cloud has run on this data folder yet.");
    this.#origin = origin;
    this.#secret = readFileSync(file, "utf8").trim();
  }

  signInLink(wish: {
    readonly name?: string;
    readonly role?: string;
    readonly vehicle?: string;
  }): Promise<Static<typeof Link>> {
    return this.#post("/api/sign-in/links", wish, Link);
  }

  /** One-time codes by which new cars join, as cars of that account. */
  async codes(account: string, count: number): Promise<readonly string[]> {
    const { codes } = await this.#post("/api/vehicles/codes", { account, count, validMinutes: 60 }, Codes);
    return codes.map(({ code }) => code);
  }

  async #post<S extends TSchema>(path: string, body: unknown, schema: S): Promise<Static<S>> {
    let answer: Response;
    try {
      answer = await fetch(new URL(path, this.#origin), {
        method: "POST",
        headers: { authorization: `Bearer ${this.#secret}`, "content-type": "application/json" },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(answerWithinMs),
      });
    } catch (error) {
      throw new Problem(`The cloud at ${this.#origin} does not answer.`, error);
    }
    const said: unknown = await answer.json().catch(() => undefined);
    if (answer.ok && Value.Check(schema, said)) return said;
    throw new Problem(Value.Check(Refusal, said) ? said.error.message : `The cloud answered ${answer.status}.`);
  }
}
