import type { DrivenPiece, TracePoint } from "@caravan/roads/matching";
import { probeKind } from "./probe-samples.ts";

export interface ProbePoint extends TracePoint {
  readonly at: number;
  readonly isParked: boolean;
  readonly isStill: boolean;
}

/** What is kept of one car while it drives; forgotten soon after. */
export interface Probe {
  points: ProbePoint[];
  /** UTC ms by the car's clock up to which its drive is told. */
  toldUntil: number;
  matchedAt: number;
  /** The last metres of road up to the newest position; empty where that is not known well enough. */
  path: readonly DrivenPiece[];
  /** Metres driven since it was parked or first heard. */
  driven: number;
  /** The segment that was told last: OpenStreetMap's nodes, and the metres told of it since the car came onto it. */
  last: { readonly from: number; readonly to: number; readonly metres: number };
  heading: number | undefined;
  accuracy: number;
  /** What says that it is parked; undefined: it has never said. */
  readonly parked: {
    gear: boolean | undefined;
    lock: boolean | undefined;
    ignitionIsOff: boolean | undefined;
    brake: boolean | undefined;
    charging: boolean | undefined;
  };
  /** km/h; undefined before the first. */
  speed: number | undefined;
  /** Since when it stands, by the car's clock and by ours when it said so. */
  still: { readonly at: number; readonly heardAt: number } | undefined;
  isBlind: boolean;
  latitude: number | undefined;
  longitude: number | undefined;
  /** By our clock: when it said anything of its drive, and when it said anything at all. */
  heardAt: number;
  aliveAt: number;
}

const mostPoints = 60;

/** Metres. */
const usualAccuracy = 6;
const worstAccuracy = 40;

/** km/h; a parking brake with more than this is a sensor's mistake. */
const standingSpeed = 1;

export function freshProbe(): Probe {
  return {
    points: [],
    toldUntil: -Infinity,
    matchedAt: -Infinity,
    path: [],
    driven: 0,
    last: { from: 0, to: 0, metres: 0 },
    heading: undefined,
    accuracy: usualAccuracy,
    parked: {
      gear: undefined,
      lock: undefined,
      ignitionIsOff: undefined,
      brake: undefined,
      charging: undefined,
    },
    speed: undefined,
    still: undefined,
    isBlind: false,
    latitude: undefined,
    longitude: undefined,
    heardAt: 0,
    aliveAt: 0,
  };
}

export function isParked({ parked, speed }: Probe): boolean {
  const { gear, lock, ignitionIsOff, brake, charging } = parked;
  if (gear === true || lock === true || ignitionIsOff === true || charging === true) return true;
  return brake === true && (speed ?? 0) < standingSpeed;
}

/** Would the car say that it is parked? Of one that never does, standing says less. */
export function saysWhenParked({ parked }: Probe): boolean {
  return parked.gear !== undefined || parked.lock !== undefined || parked.ignitionIsOff !== undefined;
}

/** Takes one sample; `at` by the car's clock. */
export function hear(probe: Probe, kind: number, at: number, value: number): void {
  switch (kind) {
    case probeKind.latitude:
      probe.latitude = value;
      return locate(probe, at);
    case probeKind.longitude:
      probe.longitude = value;
      return locate(probe, at);
    case probeKind.heading:
      probe.heading = value;
      return;
    case probeKind.speed:
      probe.speed = value;
      if (value >= standingSpeed) probe.still = undefined;
      else probe.still ??= { at, heardAt: probe.heardAt };
      return;
    case probeKind.accuracy:
      probe.accuracy = value > 0 ? value : usualAccuracy;
      return;
    case probeKind.gearIsPark:
      probe.parked.gear = value === 1;
      return park(probe);
    case probeKind.parkLock:
      probe.parked.lock = value === 1;
      return park(probe);
    case probeKind.parkingBrake:
      probe.parked.brake = value === 1;
      return park(probe);
    case probeKind.ignitionIsOff:
      probe.parked.ignitionIsOff = value === 1;
      return park(probe);
    case probeKind.charging:
      probe.parked.charging = value === 1;
      return park(probe);
    case probeKind.blind:
      probe.isBlind = value === 1;
      return;
    default:
  }
}

/** A car that parks where it stood last did not stand there for the traffic. */
function park(probe: Probe): void {
  const last = probe.points.at(-1);
  if (last !== undefined && isParked(probe)) probe.points[probe.points.length - 1] = { ...last, isParked: true };
}

function locate(probe: Probe, at: number): void {
  const { latitude: lat, longitude: lon, accuracy, heading, speed, still } = probe;
  // A latitude is nothing without its longitude; cars send the two together.
  if (lat === undefined || lon === undefined) return;
  probe.latitude = undefined;
  probe.longitude = undefined;
  if (probe.isBlind || accuracy > worstAccuracy || Math.abs(lat) > 85 || Math.abs(lon) > 180) return;
  const last = probe.points.at(-1);
  // A clock that was set back begins a new drive.
  if (last !== undefined && at <= last.at) {
    if (last.at - at < 2_000) return;
    probe.points = [];
    probe.path = [];
    probe.driven = 0;
    probe.toldUntil = -Infinity;
    probe.matchedAt = -Infinity;
  }
  const course = heading === undefined || (speed ?? 0) < 5 ? {} : { heading };
  const isStill = still !== undefined;
  probe.points.push({
    lat,
    lon,
    at,
    accuracy: Math.max(usualAccuracy, accuracy),
    isParked: isParked(probe),
    isStill,
    ...course,
  });
  // Of a stand, the first and the newest position say all; however long it lasts, the road before it is kept.
  const before = probe.points.at(-3);
  const isBetween = isStill && last?.isStill === true && before?.isStill === true && before.isParked === last.isParked;
  if (isBetween && last.at > probe.toldUntil) probe.points.splice(-2, 1);
  if (probe.points.length > mostPoints) probe.points.shift();
}
