import { isSkipped } from "../gherkin.ts";
import type { Scenario } from "../gherkin.ts";
import type { Verdict } from "../result.ts";
import { unsupported, wrong } from "../outcome.ts";
import type { StepOutcome } from "../outcome.ts";
import { benchCar, elsewhere } from "./car.ts";
import type { JudgedCar } from "./car.ts";
import { Scene } from "./scene.ts";
import { steps } from "./steps.ts";

/** A scenario that says so needs a car that asks for tokens. */
const wantsTokens = /authori[sz]ed|secured|token|via MQTT/i;

/** The cars that scenarios are run against: one that asks for tokens, one that does not, each started when first needed. */
export class Cars {
  readonly #url: string | undefined;
  readonly #cars = new Map<boolean, JudgedCar>();

  constructor(url: string | undefined) {
    this.#url = url;
  }

  async of(withTokens: boolean): Promise<JudgedCar> {
    if (this.#url !== undefined) return elsewhere(this.#url);
    const car = this.#cars.get(withTokens) ?? (await benchCar({ withTokens }));
    this.#cars.set(withTokens, car);
    return car;
  }

  async stop(): Promise<void> {
    for (const car of this.#cars.values()) await car.stop();
    this.#cars.clear();
  }
}

/** Runs one scenario as a client of its own; ends at the first step that does not hold. */
export async function runScenario(scenario: Scenario, feature: string, cars: Cars): Promise<Verdict> {
  if (isSkipped(scenario)) return { kind: "skipped" };
  const text = [feature, scenario.name, ...scenario.steps.map((step) => step.text)].join("\n");
  const isVersion3 = /viss ?v?(?:ersion)? ?3/i.test(text);
  const car = await cars.of(scenario.steps.some((step) => wantsTokens.test(step.text)));
  const scene = new Scene(car, isVersion3 ? "VISSv3" : "VISSv2");
  try {
    for (const step of scenario.steps) {
      const outcome = await takeStep(scene, step);
      if (outcome.kind === "unsupported") return { kind: "unsupported", line: step.line, what: outcome.what };
      if (outcome.kind === "wrong") return { kind: "failed", line: step.line, differences: outcome.differences };
    }
    return { kind: "passed" };
  } finally {
    scene.close();
  }
}

async function takeStep(scene: Scene, step: Scenario["steps"][number]): Promise<StepOutcome> {
  for (const [words, take] of steps) {
    const found = words.exec(step.text);
    if (found === null) continue;
    try {
      return await take(
        scene,
        found.slice(1).map((word) => word ?? ""),
        step,
      );
    } catch (error) {
      return wrong(error instanceof Error ? error.message : String(error));
    }
  }
  return unsupported(`the step "${step.text}"`);
}
