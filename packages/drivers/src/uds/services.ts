/** What a request asks for; each of them only reads (ISO 14229-1). */
export type UdsRequest =
  | { readonly kind: "read data"; readonly identifier: number }
  /** Trouble codes whose status has one of these bits; 0xff: all of them. */
  | { readonly kind: "read faults"; readonly statusMask: number }
  | { readonly kind: "tester present" }
  | { readonly kind: "default session" };

/** A trouble code as ISO 14229-1 and SAE J2012 write it, such as P0301 and the kind of failure behind it, and its status byte. */
export interface UdsFault {
  readonly code: string;
  readonly failureType: number;
  readonly status: number;
}

/** Identifiers of data that most control units have (ISO 14229-1, annex C). */
export const dataIdentifiers = {
  vin: 0xf190,
  softwareVersion: 0xf195,
  serialNumber: 0xf18c,
  supplier: 0xf18a,
} as const;

const service = { session: 0x10, faults: 0x19, data: 0x22, presence: 0x3e } as const;
const faultsByStatus = 0x02;
const positive = 0x40;

export function requestBytes(request: UdsRequest): readonly number[] {
  switch (request.kind) {
    case "read data":
      return [service.data, (request.identifier >> 8) & 0xff, request.identifier & 0xff];
    case "read faults":
      return [service.faults, faultsByStatus, request.statusMask & 0xff];
    case "tester present":
      return [service.presence, 0x00];
    case "default session":
      return [service.session, 0x01];
  }
}

/** Whether a positive answer begins like one to this request; what follows is the answer itself. */
export function answerTo(request: UdsRequest, message: readonly number[]): readonly number[] | undefined {
  const [first = 0, ...echo] = requestBytes(request);
  // The status mask is answered with the mask of what the unit can tell, so only two bytes come back as they were.
  const said = request.kind === "read faults" ? [first + positive, faultsByStatus] : [first + positive, ...echo];
  return said.every((byte, i) => message[i] === byte) ? message.slice(said.length) : undefined;
}

const letters = ["P", "C", "B", "U"] as const;
const faultBytes = 4;

/** The codes in the answer to "read faults"; undefined where its length is that of no list. */
export function faultsIn(answer: readonly number[]): readonly UdsFault[] | undefined {
  const codes = answer.slice(1);
  if (answer.length === 0 || codes.length % faultBytes !== 0) return undefined;
  return Array.from({ length: codes.length / faultBytes }, (_, i) => {
    const [high = 0, low = 0, failureType = 0, status = 0] = codes.slice(i * faultBytes, (i + 1) * faultBytes);
    const number = ((high & 0x3f) << 8) | low;
    const letter = letters[high >> 6] ?? "P";
    return { code: `${letter}${number.toString(16).toUpperCase().padStart(4, "0")}`, failureType, status };
  });
}

/** Printable ASCII of an answer such as a VIN, without what fills it up; undefined where it is something else. */
export function textIn(answer: readonly number[]): string | undefined {
  const text = String.fromCharCode(...answer).replace(/[\0\u00FF ]+$/, "");
  return /^[\x20-\x7e]+$/.test(text) ? text : undefined;
}

const negativeNames: Readonly<Record<number, string>> = {
  0x10: "general reject",
  0x11: "service not supported",
  0x12: "sub-function not supported",
  0x13: "wrong length",
  0x14: "answer too long",
  0x21: "busy",
  0x22: "conditions not correct",
  0x24: "wrong sequence",
  0x31: "request out of range",
  0x33: "access denied",
  0x7e: "sub-function not supported in this session",
  0x7f: "service not supported in this session",
};

/** Why a control unit says no, in words; the number where the standard has none. */
export const negativeName = (code: number): string => negativeNames[code] ?? `0x${code.toString(16).padStart(2, "0")}`;
