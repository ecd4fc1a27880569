/** A stored, a pending or a permanent trouble code: services 03, 07 and 0A of SAE J1979. */
export interface Fault {
  /** Such as `P0301` (SAE J2012). */
  readonly code: string;
  readonly kind: "stored" | "pending" | "permanent";
}

const letters = ["P", "C", "B", "U"] as const;

/** The services that tell trouble codes, and what the codes are. */
export const faultServices = [
  { service: 0x03, kind: "stored" },
  { service: 0x07, kind: "pending" },
  { service: 0x0a, kind: "permanent" },
] as const;

/**
 * The codes in one control unit's answer, its service byte left out. On CAN a count comes first (ISO 15765-4); elsewhere each answer has room for
 * three codes, and zeros fill it.
 */
export function readFaults(data: Uint8Array, isCan: boolean): readonly string[] {
  const codes: string[] = [];
  const first = isCan ? 1 : 0;
  const end = isCan ? Math.min(data.length, 1 + (data[0] ?? 0) * 2) : data.length;
  for (let i = first; i + 1 < end; i += 2) {
    const high = data[i] ?? 0;
    const low = data[i + 1] ?? 0;
    if (high === 0 && low === 0) continue;
    const letter = letters[high >> 6] ?? "P";
    codes.push(
      `${letter}${(high >> 4) & 3}${(high & 15).toString(16)}${low.toString(16).padStart(2, "0")}`.toUpperCase(),
    );
  }
  return codes;
}
