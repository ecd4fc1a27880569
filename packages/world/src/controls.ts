import { check } from "@caravan/signals";
import type { Signal, SignalValue } from "@caravan/signals";
import type { Writer } from "./writer.ts";

/** A switch or a setting of the car: takes what it is told after its delay, and its signal shows it from then on. */
export interface Control<T extends SignalValue> {
  readonly signal: Signal<T>;
  /** What is in force now. */
  value: T;
  /** What was asked for last. */
  asked: T;
  /** Seconds until `asked` is in force; below 0 when settled. */
  due: number;
}

/** Something that travels between shut (0) and open (100 %) at its own pace. */
export interface Lid {
  readonly isOpen: Signal<boolean>;
  readonly position: Signal<number> | undefined;
  /** Percent. */
  now: number;
  target: number;
  /** Percent per second. */
  readonly pace: number;
}

/** Every switch and lid of one car. Bounded by the body that fills it: about 80 entries, never added to later. */
export class Controls {
  readonly #writer: Writer;
  readonly #accept = new Map<string, (value: SignalValue) => boolean>();
  readonly #settle: ((dt: number) => void)[] = [];
  readonly #save = new Map<string, () => number | boolean | string>();
  readonly #load = new Map<string, (value: number | boolean | string) => void>();

  constructor(parts: { readonly writer: Writer }) {
    this.#writer = parts.writer;
  }

  /** A switch that is `initial` until somebody asks otherwise. */
  control<T extends number | boolean | string>(signal: Signal<T>, initial: NoInfer<T>, delay = 0.15): Control<T> {
    const control: Control<T> = { signal, value: initial, asked: initial, due: -1 };
    this.#accept.set(signal.path, (value) => {
      const asked = fit(signal, value);
      if (asked === undefined) return false;
      control.asked = asked;
      control.due = delay;
      return true;
    });
    this.#settle.push((dt) => {
      if (control.due < 0) return;
      control.due -= dt;
      if (control.due < 0) this.set(control, control.asked);
    });
    this.#save.set(signal.path, () => control.value);
    this.#load.set(signal.path, (value) => {
      const known = fit(signal, value);
      if (known !== undefined) this.set(control, known);
    });
    this.#writer.any(signal, initial);
    return control;
  }

  lid(isOpen: Signal<boolean>, position: Signal<number> | undefined, secondsToOpen: number): Lid {
    const lid: Lid = { isOpen, position, now: 0, target: 0, pace: 100 / secondsToOpen };
    this.#accept.set(isOpen.path, (value) => {
      if (typeof value !== "boolean") return false;
      lid.target = value ? 100 : 0;
      return true;
    });
    if (position !== undefined) {
      this.#accept.set(position.path, (value) => {
        if (typeof value !== "number") return false;
        lid.target = value;
        return true;
      });
    }
    this.#settle.push((dt) => {
      if (lid.now === lid.target) return;
      const step = lid.pace * dt;
      lid.now += Math.min(Math.max(lid.target - lid.now, -step), step);
      this.#show(lid);
    });
    this.#save.set(isOpen.path, () => lid.now);
    this.#load.set(isOpen.path, (value) => {
      if (typeof value !== "number") return;
      lid.now = Math.min(Math.max(value, 0), 100);
      lid.target = lid.now;
      this.#show(lid);
    });
    this.#show(lid);
    return lid;
  }

  /** False where this car has no such actuator or the value is of the wrong kind. */
  apply(path: string, value: SignalValue): boolean {
    return this.#accept.get(path)?.(value) ?? false;
  }

  /** Changes a control from inside the car, as a selector that springs back does. */
  set<T extends SignalValue>(control: Control<T>, value: NoInfer<T>): void {
    control.asked = value;
    control.due = -1;
    if (control.value === value) return;
    control.value = value;
    this.#writer.any(control.signal, value);
  }

  step(dt: number): void {
    for (const settle of this.#settle) settle(dt);
  }

  save(): Record<string, number | boolean | string> {
    return Object.fromEntries([...this.#save].map(([path, read]) => [path, read()]));
  }

  /** Takes what an older or newer version of this car saved; paths it does not know are left out. */
  load(saved: Readonly<Record<string, number | boolean | string>>): void {
    for (const [path, value] of Object.entries(saved)) this.#load.get(path)?.(value);
  }

  #show(lid: Lid): void {
    this.#writer.boolean(lid.isOpen, lid.now > 0);
    if (lid.position !== undefined) this.#writer.number(lid.position, lid.now, 1);
  }
}

/** The value as this signal's own type, if it fits. */
function fit<T extends SignalValue>(signal: Signal<T>, value: SignalValue): T | undefined {
  try {
    return check(signal, value);
  } catch {
    return undefined;
  }
}
