import { metresBetween } from "../frame.ts";
import { createRandom } from "../random.ts";
import { createGates } from "./gates.ts";
import { insert, look, moveLane, remove, stepGates } from "./lane.ts";
import type { Lane } from "./lane.ts";
import type { NearVehicle, Traffic, TrafficParts } from "./shapes.ts";
import { placeOn, streetOf } from "./street.ts";
import type { Street } from "./street.ts";
import { createOurs, createVehicle, ourStyle } from "./vehicle.ts";
import type { Vehicle } from "./vehicle.ts";
import { placePieces, wantedStreets } from "./zone.ts";
import type { Member } from "./zone.ts";

const dt = 0.1; // s
const mostVehicles = 200;
/** So many of them are kept for queues: many cars of ours must not use up those that make one. */
const keptForQueues = 80;
const mostMembers = 64;
const mostStreets = 3_000;
const mostNear = 80;
/** Nobody appears nearer to one of our cars than this many metres, and seconds of its way on top. */
const apart = { metres: 40, seconds: 6 } as const;
const idleSeconds = 20;
/** Metres a driver sees along a street. */
const sight = 150;
const mostSettling = 600; // s
const settlingStep = 0.4; // s
const turnRoundAfter = 40; // s before a closure

/**
 * Microscopic traffic on one lane a direction, the one our cars drive in: every vehicle follows the one ahead by the Intelligent Driver Model,
 * slows for corners, and chooses its way at junctions. Only the streets along our cars' paths are simulated, and the queues
 * before hindrances on them. Vehicles do not overtake and do not give way at crossings.
 */
export function createTraffic({ city, seed }: TrafficParts): Traffic {
  const random = createRandom(seed ^ 0x7a11c);
  /** Bounded by what `rezone` wants: some kilometres of path a member. */
  const lanes = new Map<number, Lane>();
  /** At most `mostStreets`, then forgotten and read anew. */
  const streets = new Map<number, Street>();
  const members: Member[] = [];
  let nextId = 1;
  let count = 0;
  let time = 0;
  let ticks = 0;
  let owed = 0;
  let idle = 0;
  let now = 0;
  const leaving: Vehicle[] = [];

  function street(edge: number): Street {
    const known = streets.get(edge);
    if (known !== undefined) return known;
    if (streets.size >= mostStreets) streets.clear();
    const read = streetOf(city, edge);
    streets.set(edge, read);
    return read;
  }

  const gates = createGates({ city, street });

  function choose(from: Street): { readonly edge: number; readonly speed: number } | undefined {
    const open = from.onward.filter(({ edge }) => !gates.isClosed(edge));
    let draw = random() * open.reduce((sum, { share }) => sum + share, 0);
    for (const way of open) {
      draw -= way.share;
      if (draw <= 0) return way;
    }
    return open[0];
  }

  /** A driver knows his next streets for about as far as he sees. */
  function planAhead(vehicle: Vehicle): void {
    const { plan } = vehicle;
    let reach = 0;
    for (const { edge } of plan) reach += street(edge).length;
    while (reach < 120 && plan.length < 8) {
      const next = choose(street(plan.at(-1)?.edge ?? vehicle.edge));
      if (next === undefined) return;
      plan.push({ edge: next.edge, speed: next.speed });
      reach += street(next.edge).length;
    }
  }

  /** Whether a place of a street is so near to one of our cars, in metres and seconds of its way. */
  function isNearOurs(lane: Lane, along: number, metres: number, seconds: number): boolean {
    const place = placeOn(lane.street, along);
    return members.some(({ pieces, vehicle }) => {
      if (pieces === undefined || vehicle.edge < 0) return false;
      const reach = metres + seconds * vehicle.speed;
      return metresBetween(placeOn(street(vehicle.edge), vehicle.along), place) < reach;
    });
  }

  const isUnseen = (lane: Lane): boolean =>
    [0, lane.street.length].every((along) => !isNearOurs(lane, along, sight, 0)) &&
    lane.queue.every(({ isOurs }) => !isOurs);

  const isInSight = (lane: Lane, along: number): boolean => isNearOurs(lane, along, apart.metres, apart.seconds);

  function enter(lane: Lane, along: number, speed: number): void {
    if (count >= mostVehicles - (lane.isQueue ? 0 : keptForQueues)) return;
    const vehicle = createVehicle(nextId++, random);
    vehicle.along = along;
    vehicle.speed = speed;
    insert(lane, vehicle);
    count += 1;
    planAhead(vehicle);
  }

  /** Those who are on a street when it begins to be simulated: as many as drive there in free flow, at random distances. */
  function fill(lane: Lane): void {
    const pace = Math.max(lane.street.speed * 0.9, 1);
    const spacing = pace / Math.max(lane.demand, 1e-6);
    for (let at = -Math.log(1 - random()) * spacing; at < lane.street.length;) {
      if (!isInSight(lane, at) && (lane.gates[0]?.along ?? Infinity) > at) enter(lane, at, pace);
      at += Math.max(25, -Math.log(1 - random()) * spacing);
    }
  }

  /** Streets come and go with our cars; once a second. */
  function rezone(): void {
    if (gates.update(now)) {
      for (const lane of lanes.values()) {
        lane.gates = gates.on(lane.street.edge);
        for (const vehicle of lane.queue) {
          if (vehicle.isOurs || !vehicle.plan.some(({ edge }) => gates.isClosed(edge))) continue;
          vehicle.plan.length = 0;
          planAhead(vehicle);
        }
      }
    }
    const { wanted, upstream } = wantedStreets(members, street, gates.on);
    for (const [edge, lane] of lanes) {
      // Where a queue has stood for long beyond our cars' sight, the street is begun anew with it.
      if (wanted.has(edge) && !(upstream.has(edge) && !lane.isQueue && isUnseen(lane))) continue;
      count -= lane.queue.filter(({ isOurs }) => !isOurs).length;
      lanes.delete(edge);
    }
    const fresh: Lane[] = [];
    for (const edge of wanted) {
      const demand = Math.max(street(edge).demand, upstream.get(edge) ?? 0);
      const known = lanes.get(edge);
      const isQueue = upstream.has(edge);
      if (known !== undefined) {
        Object.assign(known, { demand, isQueue });
        continue;
      }
      const lane: Lane = {
        street: street(edge),
        queue: [],
        gates: gates.on(edge),
        demand,
        isQueue,
        inflow: 0,
        due: 0,
      };
      lanes.set(edge, lane);
      fresh.push(lane);
    }
    measureInflow();
    for (const lane of fresh) {
      lane.due = wait(lane);
      fill(lane);
    }
    settle(fresh);
  }

  /** What the simulated streets do not bring to a street comes from those that are not simulated. */
  function measureInflow(): void {
    const brought = new Map<number, number>();
    for (const lane of lanes.values()) {
      for (const { edge, share } of lane.street.onward) {
        brought.set(edge, (brought.get(edge) ?? 0) + share * lane.demand);
      }
    }
    for (const [edge, lane] of lanes) lane.inflow = Math.max(lane.demand - (brought.get(edge) ?? 0), 0);
  }

  const wait = (lane: Lane): number => (lane.inflow <= 0 ? Infinity : -Math.log(1 - random()) / lane.inflow);

  /** A hindrance that was there before anybody watched has had its time to make a queue. */
  function settle(fresh: readonly Lane[]): void {
    const since = Math.min(...fresh.flatMap((lane) => lane.gates.map((gate) => gate.since)), Infinity);
    if (since === Infinity) return;
    const steps = Math.floor(Math.min((now - since) / 1_000, mostSettling) / settlingStep);
    for (let i = 0; i < steps; i++) advance(fresh, settlingStep);
    for (const lane of fresh) {
      for (const vehicle of lane.queue.filter(({ isOurs, along }) => !isOurs && isNearOurs(lane, along, 15, 0)))
        drop(vehicle);
    }
  }

  function drop(vehicle: Vehicle): void {
    remove(lanes.get(vehicle.edge), vehicle);
    count -= 1;
  }

  function advance(which: Iterable<Lane>, seconds: number): void {
    time += seconds;
    leaving.length = 0;
    for (const lane of which) {
      moveLane(lane, lanes, seconds, leaving);
      stepGates(lane, time);
      takeIn(lane, seconds);
      turnRound(lane);
    }
    for (const vehicle of leaving) goOn(vehicle);
  }

  function goOn(vehicle: Vehicle): void {
    const from = lanes.get(vehicle.edge);
    const over = vehicle.along - (from?.street.length ?? 0);
    const next = vehicle.plan.shift();
    const lane = next === undefined ? undefined : lanes.get(next.edge);
    if (lane === undefined) return drop(vehicle);
    remove(from, vehicle);
    vehicle.along = Math.min(over, lane.street.length);
    insert(lane, vehicle);
    planAhead(vehicle);
  }

  /** From streets that are not simulated, when there is room. */
  function takeIn(lane: Lane, seconds: number): void {
    lane.due -= seconds;
    if (lane.due > 0) return;
    const first = lane.queue[0];
    const room = first === undefined ? Infinity : first.along - first.length;
    if (room < 14 || isInSight(lane, 0) || isComing(lane.street.edge)) return;
    lane.due = wait(lane);
    enter(
      lane,
      Math.min(5, lane.street.length),
      Math.min(lane.street.speed * 0.8, room / 2.5, (first?.speed ?? Infinity) + 3),
    );
  }

  /** Somebody on a simulated street is about to drive onto this one. */
  function isComing(edge: number): boolean {
    for (const lane of lanes.values()) {
      const front = lane.queue.at(-1);
      if (front?.plan[0]?.edge !== edge) continue;
      if (lane.street.length - front.along < 10 + 2.5 * front.speed) return true;
    }
    return false;
  }

  /** Before a closure nobody waits for ever: the last in the queue goes back where the street allows it. */
  function turnRound(lane: Lane): void {
    const gate = lane.gates.find(({ kind }) => kind === "closure");
    const last = lane.queue[0];
    if (gate === undefined || last === undefined || last.isOurs || last.stood < turnRoundAfter) return;
    if (last.along > gate.along) return;
    const back = lanes.get(lane.street.reverse);
    drop(last);
    const along = lane.street.length - last.along;
    if (back === undefined || isInSight(back, along)) return;
    if (back.queue.some((other) => Math.abs(other.along - along) < 20)) return;
    enter(back, along, 2);
  }

  function placeMembers(): void {
    for (const member of members) {
      const { vehicle, pieces } = member;
      remove(lanes.get(vehicle.edge), vehicle);
      vehicle.edge = -1;
      if (pieces === undefined) continue;
      const piece = pieces[member.index];
      if (piece === undefined) continue;
      vehicle.along = Math.max(member.routeAlong - piece.from + piece.offset, 0);
      vehicle.edge = piece.edge;
      const lane = lanes.get(piece.edge);
      if (lane !== undefined) insert(lane, vehicle);
    }
  }

  return {
    hinder(list) {
      gates.set(list);
    },
    step(seconds, at) {
      now = at;
      if (members.every(({ pieces }) => pieces === undefined)) {
        idle += seconds;
        if (idle > idleSeconds && lanes.size > 0) {
          lanes.clear();
          count = 0;
        }
        return;
      }
      idle = 0;
      owed = Math.min(owed + seconds, 10);
      for (; owed >= dt - 1e-9; owed -= dt) {
        placeMembers();
        if (ticks % 10 === 0) rezone();
        ticks += 1;
        advance(lanes.values(), dt);
      }
    },
    join(length) {
      if (members.length >= mostMembers) throw new Error(`more than ${mostMembers} cars in one traffic`);
      const member: Member = { vehicle: createOurs(nextId++, length), pieces: undefined, index: 0, routeAlong: 0 };
      members.push(member);
      return {
        follow(path) {
          member.pieces =
            path?.pieces === undefined || path.pieces.length === 0 ? undefined : placePieces(path.pieces, street);
          member.index = 0;
          member.routeAlong = 0;
          if (member.pieces === undefined) placeMembers();
        },
        move(routeAlong, speed) {
          const { pieces } = member;
          if (pieces === undefined) return;
          member.routeAlong = routeAlong;
          member.vehicle.speed = Math.max(speed, 0);
          while (member.index > 0 && routeAlong < (pieces[member.index]?.from ?? 0)) member.index -= 1;
          while (member.index < pieces.length - 1 && routeAlong >= (pieces[member.index]?.to ?? 0)) member.index += 1;
        },
        see(sight) {
          sight.gap = Infinity;
          sight.speed = 0;
          sight.most = Infinity;
          const { pieces, vehicle, routeAlong } = member;
          if (pieces === undefined) return;
          const reach = 40 + 7 * vehicle.speed;
          for (let i = member.index; i < pieces.length; i++) {
            const piece = pieces[i];
            if (piece === undefined || piece.from - routeAlong > Math.min(reach, sight.gap)) return;
            const lane = lanes.get(piece.edge);
            if (lane === undefined) continue;
            const before = piece.from - piece.offset - routeAlong;
            look(lane, vehicle.id, i === member.index ? -before : piece.offset - 1, before, ourStyle.braking, sight);
          }
        },
      };
    },
    near(at, radius) {
      const found: NearVehicle[] = [];
      for (const lane of lanes.values()) {
        for (const vehicle of lane.queue) {
          if (vehicle.isOurs || found.length >= mostNear) continue;
          const { kind, speed, length, width, height } = vehicle;
          const place = placeOn(lane.street, vehicle.along - length / 2);
          if (metresBetween(place, at) <= radius) found.push({ ...place, kind, speed, length, width, height });
        }
        for (const gate of lane.gates) {
          const place = placeOn(lane.street, gate.along + 4);
          if (found.length < mostNear && metresBetween(place, at) <= radius) {
            found.push({ ...place, kind: "obstacle", speed: 0, length: 4.5, width: 1.8, height: 1.5 });
          }
        }
      }
      return found;
    },
    count: () => count,
  };
}
