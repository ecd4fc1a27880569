import type { BusKind } from "./elm-reply.ts";

/** What the simulated car answers; `undefined` is silence. Each answer is the payload without header, as a control unit would send it. */
export interface SimulatedCar {
  answer(request: Uint8Array): readonly { readonly ecu: number; readonly bytes: Uint8Array }[];
}

/** In what the many ELM327 differ from their data sheet. */
export interface ElmQuirks {
  readonly version?: string;
  readonly bus?: BusKind;
  /** Goes on echoing whatever it is told. */
  readonly echoesAlways?: boolean;
  /** Keeps the blanks between bytes. */
  readonly spacesAlways?: boolean;
  /** Commands it answers with `?`. */
  readonly unknown?: readonly string[];
  /** Sends a zero byte before each answer. */
  readonly sendsZeros?: boolean;
  /** Says `SEARCHING...` before the first answer, on the same line. */
  readonly searches?: boolean;
  /** Such as `BUFFER FULL`, in place of every answer of this number (1 for each, 3 for each third). */
  readonly trouble?: { readonly text: string; readonly each: number };
}

/** A simulated ELM327: takes what a driver writes, gives what the chip would send. It has no clock; whoever carries its bytes decides how slow it is. */
export class SimulatedElm {
  readonly #car: SimulatedCar;
  readonly #quirks: ElmQuirks;
  #line = "";
  #echo = true;
  #spaces = true;
  #headers = false;
  #searched = false;
  #requests = 0;

  constructor(car: SimulatedCar, quirks: ElmQuirks = {}) {
    this.#car = car;
    this.#quirks = quirks;
  }

  /** Bytes of the driver; the answer is everything that the adapter sends back, prompts included. */
  take(bytes: Uint8Array): Uint8Array {
    let out = "";
    for (const byte of bytes) {
      const letter = String.fromCharCode(byte);
      if (letter !== "\r") {
        // What no command of the chip is as long as cannot become one.
        if (this.#line.length < 64) this.#line += letter;
        continue;
      }
      const command = this.#line.replaceAll(" ", "").toUpperCase();
      const echo = this.#echo || this.#quirks.echoesAlways === true ? `${this.#line}\r` : "";
      this.#line = "";
      const zero = this.#quirks.sendsZeros === true ? "\0" : "";
      out += `${echo}${zero}${this.#reply(command)}\r\r>`;
    }
    return Uint8Array.from(out, (letter) => letter.charCodeAt(0));
  }

  #reply(command: string): string {
    if (command === "") return "";
    if (this.#quirks.unknown?.includes(command) === true) return "?";
    if (command.startsWith("AT")) return this.#set(command.slice(2));
    if (!/^(?:[0-9A-F]{2}){1,7}[0-9A-F]?$/.test(command)) return "?";
    this.#requests += 1;
    const { trouble } = this.#quirks;
    if (trouble !== undefined && this.#requests % trouble.each === 0) return trouble.text;
    const request = Uint8Array.from({ length: Math.floor(command.length / 2) }, (_, i) =>
      Number.parseInt(command.slice(i * 2, i * 2 + 2), 16),
    );
    const lines = this.#car.answer(request).flatMap(({ ecu, bytes }) => this.#framed(ecu, bytes));
    const search = this.#quirks.searches === true && !this.#searched ? "SEARCHING..." : "";
    this.#searched = true;
    return search + (lines.length === 0 ? "NO DATA" : lines.join("\r"));
  }

  #set(command: string): string {
    const version = this.#quirks.version ?? "ELM327 v1.5";
    switch (command) {
      case "Z":
        this.#echo = true;
        this.#spaces = true;
        this.#headers = false;
        this.#searched = false;
        return version;
      case "I":
        return version;
      case "E0":
      case "E1":
        this.#echo = command === "E1";
        return "OK";
      case "S0":
      case "S1":
        this.#spaces = command === "S1";
        return "OK";
      case "H0":
      case "H1":
        this.#headers = command === "H1";
        return "OK";
      case "DPN":
        return `A${{ can11: "6", can29: "7", serial: "5" }[this.#bus()]}`;
      case "RV":
        return "12.6V";
      default:
        return /^(?:L[01]|AT[012]|SP[0-9A-C]|SPA[0-9A-C]|ST[0-9A-F]{2}|CAF[01])$/.test(command) ? "OK" : "?";
    }
  }

  #bus(): BusKind {
    return this.#quirks.bus ?? "can11";
  }

  #framed(ecu: number, bytes: Uint8Array): string[] {
    if (this.#bus() === "serial") {
      const whole = [0x48, 0x6b, ecu & 0xff, ...bytes];
      return [this.#hex([...whole, whole.reduce((sum, byte) => (sum + byte) & 0xff, 0)])];
    }
    const header = this.#bus() === "can11" ? hex(0x7e0 + ecu, 3) : hex(0x18daf100 + ecu, 8);
    const frames: number[][] = [];
    if (bytes.length <= 7) frames.push([bytes.length, ...bytes]);
    else {
      frames.push([0x10 | (bytes.length >> 8), bytes.length & 0xff, ...bytes.subarray(0, 6)]);
      for (let at = 6, n = 1; at < bytes.length; at += 7, n = (n + 1) & 15)
        frames.push([0x20 | n, ...bytes.subarray(at, at + 7)]);
    }
    const gap = this.#isSpaced() ? " " : "";
    return frames.map((frame) => (this.#headers ? header + gap : "") + this.#hex(frame));
  }

  #hex(bytes: readonly number[]): string {
    return bytes.map((byte) => hex(byte, 2)).join(this.#isSpaced() ? " " : "");
  }

  #isSpaced(): boolean {
    return this.#spaces || this.#quirks.spacesAlways === true;
  }
}

const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, "0");

/** Figures of a simulated drive, in the units of OBD. */
export interface SimulatedFigures {
  readonly speed: number;
  readonly rpm: number;
  readonly coolant: number;
  readonly fuelPercent: number;
  readonly faults: readonly string[];
  readonly vin: string;
}

/** A petrol car that tells what the figures say, and forgets its faults when asked to. Simulated. */
export function simulatedCar(figures: () => SimulatedFigures, onClear: () => void = () => undefined): SimulatedCar {
  const supported = [0x05, 0x0c, 0x0d, 0x11, 0x20, 0x2f, 0x40, 0x42, 0x46];
  const engine = (bytes: readonly number[]) => [{ ecu: 8, bytes: Uint8Array.from(bytes) }];
  const current = (pid: number): readonly number[] | undefined => {
    const now = figures();
    if (pid % 0x20 === 0) {
      const data = [0, 0, 0, 0];
      for (const each of supported) {
        const bit = each - pid - 1;
        if (bit >= 0 && bit < 32) data[bit >> 3] = (data[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
      }
      return pid === 0 || supported.includes(pid) ? data : undefined;
    }
    switch (pid) {
      case 0x05:
        return [now.coolant + 40];
      case 0x0c:
        return [(now.rpm * 4) >> 8, (now.rpm * 4) & 0xff];
      case 0x0d:
        return [now.speed];
      case 0x11:
        return [Math.round(now.speed / 2)];
      case 0x2f:
        return [Math.round((now.fuelPercent * 255) / 100)];
      case 0x42:
        return [14_100 >> 8, 14_100 & 0xff];
      case 0x46:
        return [58];
      default:
        return undefined;
    }
  };
  return {
    answer: ([service, pid = 0]) => {
      switch (service) {
        case 0x01: {
          const data = current(pid);
          return data === undefined ? [] : engine([0x41, pid, ...data]);
        }
        case 0x03: {
          const codes = figures().faults.map(faultBytes);
          return engine([0x43, codes.length, ...codes.flat()]);
        }
        case 0x07:
        case 0x0a:
          return engine([service + 0x40, 0]);
        case 0x04:
          onClear();
          return engine([0x44]);
        case 0x09:
          return pid === 2 ? engine([0x49, 2, 1, ...Array.from(figures().vin, (letter) => letter.charCodeAt(0))]) : [];
        default:
          return [];
      }
    },
  };
}

function faultBytes(code: string): readonly [number, number] {
  const high =
    ("PCBU".indexOf(code.slice(0, 1)) << 6) | (Number(code.slice(1, 2)) << 4) | Number.parseInt(code.slice(2, 3), 16);
  return [high, Number.parseInt(code.slice(3), 16)];
}
