/** How an ELM327 shows what it heard: by the number of its protocol (`ATDPN`). */
export type BusKind = "can11" | "can29" | "serial";

/** One control unit's whole answer. */
export interface EcuAnswer {
  /** Its address as the adapter shows it. */
  readonly ecu: string;
  readonly bytes: Uint8Array;
}

/** What stood before the adapter's prompt. */
export type ElmReply =
  | { readonly kind: "answers"; readonly answers: readonly EcuAnswer[] }
  /** `OK`, a version, a voltage: whatever is no data of the car. */
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "no-data" }
  /** The adapter does not know the command, as clones do not know many. */
  | { readonly kind: "unknown-command" }
  /** `bus`: the car does not speak with it. `passing`: ask again. `reset`: it has forgotten its settings. */
  | { readonly kind: "trouble"; readonly trouble: "bus" | "passing" | "reset"; readonly text: string };

const busTrouble = /UNABLE TO CONNECT|BUS ?INIT: ?(?:\.\.\.)?ERROR|CAN ERROR|BUS ERROR|FB ERROR/;
const passingTrouble = /STOPPED|BUFFER FULL|BUS BUSY|DATA ERROR|RX ERROR|ACT ALERT/;
const resetTrouble = /LV RESET|LP ALERT|ERR\d\d/;

/** `ATDPN` answers `6` or, chosen by itself, `A6`. Undefined where it has none yet. */
export function busKindOf(text: string): BusKind | undefined {
  const digit = /^A?([0-9A-C])$/.exec(text.trim())?.[1];
  if (digit === undefined || digit === "0") return undefined;
  if (digit === "6" || digit === "8") return "can11";
  return digit === "7" || digit === "9" ? "can29" : "serial";
}

/** Reads everything up to a prompt. `command` is taken out where the adapter echoes; headers are expected to be on. */
export function readReply(raw: string, command: string, bus: BusKind | undefined): ElmReply {
  const lines = raw
    .split(/[\r\n]+/)
    .map((line) =>
      line
        .replace(/^SEARCHING(?:\.*)|BUS INIT: ?\.*(?:OK)?/g, "")
        .replace(/\s+/g, " ")
        .trim(),
    )
    .filter((line) => line !== "" && !isSameCommand(line, command));
  const text = lines.join(" ");
  if (resetTrouble.test(text)) return { kind: "trouble", trouble: "reset", text };
  if (busTrouble.test(raw)) return { kind: "trouble", trouble: "bus", text: text || raw.trim() };
  const data = lines.map((line) => line.replaceAll(" ", "")).filter((line) => /^[0-9A-F]+$/i.test(line));
  if (bus !== undefined && data.length > 0 && !/^AT/i.test(command)) {
    const answers = bus === "serial" ? serialAnswers(data) : canAnswers(data, bus);
    if (answers.length > 0) return { kind: "answers", answers };
  }
  if (passingTrouble.test(text)) return { kind: "trouble", trouble: "passing", text };
  if (/NO ?DATA/.test(text)) return { kind: "no-data" };
  if (lines.includes("?")) return { kind: "unknown-command" };
  return { kind: "text", text };
}

const isSameCommand = (line: string, command: string): boolean =>
  line.replaceAll(" ", "").toUpperCase() === command.replaceAll(" ", "").toUpperCase();

const headerDigits = { can11: 3, can29: 8 } as const;

/** Single and consecutive frames of ISO 15765-2, put together for each control unit; what is not whole is left out. */
function canAnswers(lines: readonly string[], bus: "can11" | "can29"): readonly EcuAnswer[] {
  const answers: EcuAnswer[] = [];
  const unfinished = new Map<string, { readonly bytes: Uint8Array; at: number; next: number }>();
  for (const line of lines) {
    const digits = headerDigits[bus];
    const ecu = line.slice(0, digits).toUpperCase();
    const frame = bytesOf(line.slice(digits));
    const [first] = frame ?? [];
    if (frame === undefined || first === undefined) continue;
    const kind = first >> 4;
    if (kind === 0) {
      const length = first & 15;
      if (length > 0 && length < frame.length) answers.push({ ecu, bytes: frame.slice(1, 1 + length) });
    } else if (kind === 1) {
      const length = (first & 15) * 256 + (frame[1] ?? 0);
      if (length < 7) continue;
      const bytes = new Uint8Array(length);
      bytes.set(frame.subarray(2, 2 + Math.min(6, length)));
      unfinished.set(ecu, { bytes, at: Math.min(6, frame.length - 2), next: 1 });
    } else if (kind === 2) {
      const part = unfinished.get(ecu);
      if (part === undefined || part.next !== (first & 15)) {
        unfinished.delete(ecu);
        continue;
      }
      const rest = frame.subarray(1, 1 + part.bytes.length - part.at);
      part.bytes.set(rest, part.at);
      part.at += rest.length;
      part.next = (part.next + 1) & 15;
      if (part.at < part.bytes.length) continue;
      unfinished.delete(ecu);
      answers.push({ ecu, bytes: part.bytes });
    }
  }
  return answers;
}

/** Three bytes of header, data, and a checksum: J1850, ISO 9141-2 and ISO 14230. Answers in several messages stay several. */
function serialAnswers(lines: readonly string[]): readonly EcuAnswer[] {
  return lines.flatMap((line) => {
    const bytes = bytesOf(line);
    if (bytes === undefined || bytes.length < 5) return [];
    return [{ ecu: line.slice(4, 6).toUpperCase(), bytes: bytes.slice(3, -1) }];
  });
}

function bytesOf(hex: string): Uint8Array | undefined {
  if (hex.length === 0 || hex.length % 2 !== 0 || hex.length > 512) return undefined;
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16));
}
