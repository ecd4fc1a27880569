import { ByteReader, ByteWriter } from "./bytes.ts";

/** Bounds of one picture of the traffic; a cloud that knows more tells the slowest and newest. */
export const trafficLimits = {
  messageBytes: 60 * 1024,
  speeds: 12_000,
  incidents: 200,
  /** UTF-8 bytes of an incident's id. */
  idBytes: 40,
} as const;

/** How fast one drives from one of OpenStreetMap's nodes to the next. */
export interface SpeedOfSegment {
  readonly from: number;
  readonly to: number;
  /** m/s, sent in whole km/h; 0 where nobody can pass. */
  readonly speed: number;
  /** Seconds before the picture's time when it was measured, sent in steps of five, 315 at most. */
  readonly age: number;
  /** Cars that measured it, 3 standing for more; 0: what is usual at this time of the week. */
  readonly probes: number;
}

/** Something on the road. */
export interface TrafficIncident {
  readonly id: string;
  readonly kind: "accident" | "works" | "closure" | "hazard";
  readonly lat: number;
  readonly lon: number;
  /** Whole degrees clockwise from north of the traffic it holds up; undefined: both directions. */
  readonly heading?: number;
  /** UTC ms, whole seconds; undefined: until further notice. */
  readonly until?: number;
}

/** What the cloud tells all cars about the traffic: the whole picture, in place of the last one. */
export interface TrafficMessage {
  readonly v: 1;
  /** UTC ms. */
  readonly at: number;
  readonly speeds: readonly SpeedOfSegment[];
  readonly incidents: readonly TrafficIncident[];
}

const version = 1;
const kinds = ["accident", "works", "closure", "hazard"] as const;
const ageStep = 5;
const mostAge = 63;
const mostKmh = 255;
const text = new TextEncoder();
const strictText = new TextDecoder("utf-8", { fatal: true });
const degree = 1e7;

/**
 * A picture as bytes: version, time, then for each segment the differences of its node ids to the ones before, km/h, and age with probes;
 * then the incidents. Speeds that no longer fit into `trafficLimits` are left out, so the most important ones stand first.
 */
export function encodeTraffic(message: Omit<TrafficMessage, "v">): Uint8Array<ArrayBuffer> {
  const tail = new ByteWriter();
  const incidents = message.incidents.slice(0, trafficLimits.incidents);
  tail.unsigned(incidents.length);
  for (const incident of incidents) writeIncident(tail, incident);
  const end = tail.bytes();
  const body = new ByteWriter();
  let before = 0;
  let count = 0;
  for (const { from, to, speed, age, probes } of message.speeds.slice(0, trafficLimits.speeds)) {
    body.signed(from - before);
    body.signed(to - from);
    body.byte(speed <= 0 ? 0 : Math.min(mostKmh, Math.max(1, Math.round(speed * 3.6))));
    const steps = Math.min(mostAge, Math.max(0, Math.round(age / ageStep)));
    body.byte(Math.min(3, probes) * 64 + steps);
    before = to;
    count++;
    if (body.length() + end.length > trafficLimits.messageBytes - mostSpeedBytes) break;
  }
  const writer = new ByteWriter();
  writer.byte(version);
  writer.unsigned(message.at);
  writer.unsigned(count);
  writer.raw(body.bytes());
  writer.raw(end);
  return writer.bytes();
}

/** Two differences of up to eight bytes, two bytes, and the head. */
const mostSpeedBytes = 40;

function writeIncident(writer: ByteWriter, { id, kind, lat, lon, heading, until }: TrafficIncident): void {
  const name = text.encode(id);
  if (name.length > trafficLimits.idBytes) throw new RangeError("an incident's id is too long");
  writer.block(name);
  writer.byte(kinds.indexOf(kind));
  writer.signed(Math.round(lat * degree));
  writer.signed(Math.round(lon * degree));
  writer.unsigned(heading === undefined ? 0 : 1 + (((Math.round(heading) % 360) + 360) % 360));
  writer.unsigned(until === undefined ? 0 : Math.max(1, Math.round(until / 1_000)));
}

/** The picture in bytes that may be anything; undefined where they hold none, or one of a version that is not known. */
export function decodeTraffic(bytes: Uint8Array): TrafficMessage | undefined {
  if (bytes.length > trafficLimits.messageBytes) return undefined;
  const reader = new ByteReader(bytes);
  if (reader.byte() !== version) return undefined;
  const at = reader.unsigned();
  const count = reader.unsigned();
  // A speed takes at least four bytes, so a count that the message cannot hold is refused before anything is built for it.
  if (reader.failed || count > trafficLimits.speeds || count * 4 > reader.left()) return undefined;
  const speeds: SpeedOfSegment[] = [];
  let before = 0;
  for (let i = 0; i < count; i++) {
    const from = before + reader.signed();
    const to = from + reader.signed();
    const speed = reader.byte() / 3.6;
    const rest = reader.byte();
    if (reader.failed || !isNode(from) || !isNode(to)) return undefined;
    speeds.push({ from, to, speed, age: (rest % 64) * ageStep, probes: Math.floor(rest / 64) });
    before = to;
  }
  const incidents = readIncidents(reader);
  return incidents === undefined || reader.left() > 0 ? undefined : { v: 1, at, speeds, incidents };
}

function isNode(id: number): boolean {
  return id > 0 && id <= Number.MAX_SAFE_INTEGER;
}

function readIncidents(reader: ByteReader): readonly TrafficIncident[] | undefined {
  const count = reader.unsigned();
  if (reader.failed || count > trafficLimits.incidents) return undefined;
  const incidents: TrafficIncident[] = [];
  for (let i = 0; i < count; i++) {
    const name = reader.block(trafficLimits.idBytes);
    const kind = kinds[reader.byte()];
    const lat = reader.signed() / degree;
    const lon = reader.signed() / degree;
    const heading = reader.unsigned();
    const until = reader.unsigned();
    if (reader.failed || kind === undefined || heading > 360 || Math.abs(lat) > 90 || Math.abs(lon) > 180)
      return undefined;
    const id = readText(name);
    if (id === undefined) return undefined;
    incidents.push({
      id,
      kind,
      lat,
      lon,
      ...(heading === 0 ? {} : { heading: heading - 1 }),
      ...(until === 0 ? {} : { until: until * 1_000 }),
    });
  }
  return incidents;
}

function readText(bytes: Uint8Array): string | undefined {
  try {
    return strictText.decode(bytes);
  } catch {
    return undefined;
  }
}
