import { pointFlag } from "../city.ts";
import type { City, Graph } from "../city.ts";
import { bearingInUnits, distanceInUnits, wrapAngle } from "../geometry.ts";
import { isForward, legalSpeedOf } from "../graph/edge-facts.ts";
import { headingArriving, headingLeaving } from "../graph/headings.ts";

/**
 * What an electric car needs for moving, in SI units; the road-load equation of every textbook (Guzzella and Sciarretta, "Vehicle Propulsion
 * Systems", chapter 2) with a drivetrain whose losses grow with power and with the square of the force.
 */
export interface EnergyModel {
  /** kg with its load, and the equivalent of what turns with the wheels. */
  readonly mass: number;
  readonly rotatingMass: number;
  /** Drag coefficient times frontal area, m2. */
  readonly dragArea: number;
  /** kg/m3 */
  readonly airDensity: number;
  readonly rollingResistance: number;
  /** Share of mechanical power lost between battery and wheels, driving and braking alike. */
  readonly lossShare: number;
  /** W/N2: losses with the square of the force at the wheels. */
  readonly lossPerForce2: number;
  /** W while the motor turns. */
  readonly turningPower: number;
  /** Share of all this lost inside the battery on top. */
  readonly batteryLoss: number;
  /** W that run whether the car moves or not: computers, lamps, heating or cooling at the temperature of now. */
  readonly auxiliary: number;
  /** m/s2 with which it speeds up and slows down, and goes through bends. */
  readonly acceleration: number;
  readonly deceleration: number;
  readonly lateral: number;
}

const gravity = 9.81;

/** N at a steady speed (m/s) on the flat. */
export const roadLoad = (model: EnergyModel, speed: number): number =>
  model.rollingResistance * model.mass * gravity + 0.5 * model.airDensity * model.dragArea * speed * speed;

/** J from the battery for `seconds` of driving with a steady force at a steady speed. */
function cruising(model: EnergyModel, force: number, speed: number, seconds: number): number {
  const mechanical = force * speed;
  return (
    (mechanical + model.lossShare * Math.abs(mechanical) + model.lossPerForce2 * force * force + model.turningPower) *
    seconds
  );
}

/** J lost by slowing from one speed to another and speeding up again: what recuperation does not bring back. */
export function slowingLoss(model: EnergyModel, from: number, to: number): number {
  if (to >= from) return 0;
  const mass = model.mass + model.rotatingMass;
  const kinetic = 0.5 * mass * (from * from - to * to);
  // Force times time is mass times the change of speed, so the losses with the square of the force grow with the acceleration.
  const bySquare = model.lossPerForce2 * mass * mass * (from - to) * (model.acceleration + model.deceleration);
  return 2 * model.lossShare * kinetic + bySquare;
}

/** m/s at which a driver passes what stands at a point of the road, as the simulated driver does. */
const passing = [
  [pointFlag.signalsForward, pointFlag.signalsBackward, 8.3],
  [pointFlag.stopForward, pointFlag.stopBackward, 0],
  [pointFlag.giveWayForward, pointFlag.giveWayBackward, 5.5],
  [pointFlag.crossing, pointFlag.crossing, 8.3],
  [pointFlag.calming, pointFlag.calming, 5.5],
  [pointFlag.railCrossing, pointFlag.railCrossing, 7],
] as const;

/** Of the drivers who could go straight on at a junction, so many turn. */
const turningShare = 0.15;
/**
 * Slowing downs that follow each other closely cost less than each alone, and drivers cut bends: fitted to the simulated car's drives across four
 * cities, where the sum over edges then agrees with the drive itself (`docs/charging.md`).
 */
const endCount = 0.6;
const bendCount = 0.25;
/** m/s round the corner of a street. */
const cornerSpeed = 5;
/** Where the road goes on within this angle, going on is no turn. */
const straightOn = 0.6;
/** Below this share of the free speed traffic stops and goes, at most so many times a metre. */
const stopAndGoBelow = 0.6;
const mostStops = 0.01;

/**
 * Milliwatt-hours that each edge costs at the present travel times `edgeMs` (as the city's own or with traffic), for the router's metric. Never
 * negative. `rise`: metres that each edge climbs (negative: falls), where a map tells heights. Edges that cannot be driven (times of
 * `4294967295`) keep their energy at free speed.
 */
export function edgeEnergy(city: City, model: EnergyModel, edgeMs: Uint32Array, rise?: Float32Array): Uint32Array {
  const { graph } = city;
  const energy = new Uint32Array(graph.edgeCount);
  const noWay = 0xffff_ffff;
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    const length = graph.roadLength[graph.edgeRoad[edge]];
    const freeMs = Math.max(graph.edgeMs[edge], 1);
    const ms = edgeMs[edge] === noWay ? freeMs : Math.max(edgeMs[edge], 1);
    const share = Math.min(freeMs / ms, 1);
    const speed = Math.max(legalSpeedOf(graph, edge) * share, 0.5);
    const slope = rise === undefined || length === 0 ? 0 : rise[edge] / length;
    const force = roadLoad(model, speed) + model.mass * gravity * slope;
    let joules = cruising(model, force, speed, length / speed) + (model.auxiliary * ms) / 1_000;
    joules += losses(graph, model, edge, speed);
    if (share < stopAndGoBelow) {
      joules += length * mostStops * (1 - share / stopAndGoBelow) * slowingLoss(model, speed, 0);
    }
    const milliwattHours = (joules * (1 + model.batteryLoss)) / 3.6;
    energy[edge] = Math.min(Math.max(Math.round(milliwattHours), 0), noWay - 1);
  }
  return energy;
}

/** J lost by slowing for what stands along an edge, for its bends, and for turning at its end. */
function losses(graph: Graph, model: EnergyModel, edge: number, speed: number): number {
  const road = graph.edgeRoad[edge];
  const forward = isForward(graph, edge);
  const first = graph.roadPoint[road];
  const last = graph.roadPoint[road + 1] - 1;
  let joules = 0;
  // What stands at the first point of an edge was passed at the end of the one before.
  for (let i = forward ? first + 1 : first; i <= (forward ? last : last - 1); i++) {
    const flags = graph.pointFlags[i];
    if (flags === 0) continue;
    let slowest = Infinity;
    for (const [ahead, back, at] of passing)
      if ((flags & (forward ? ahead : back)) !== 0) slowest = Math.min(slowest, at);
    joules += slowingLoss(model, reached(model, speed, slowest, graph.roadLength[road]), slowest);
  }
  return (
    joules + bendCount * bendLoss(graph, model, first, last, speed) + endCount * endLoss(graph, model, edge, speed)
  );
}

/** m/s that a car gets to which passes two such places so many metres apart at `slowest`, and brakes for the second. */
function reached(model: EnergyModel, speed: number, slowest: number, metres: number): number {
  const { acceleration: a, deceleration: d } = model;
  return Math.min(speed, Math.sqrt(Math.min(slowest, speed) ** 2 + (2 * a * d * metres) / (a + d)));
}

/** A driver rounds the corners of the line by about this much of a second's way, in metres. */
const rounding = (speed: number): number => Math.min(Math.max(0.4 * speed, 3), 10);

/** Every bend of its own costs one slowing down: where the curvature, rounded as a driver does, is greatest. */
function bendLoss(graph: Graph, model: EnergyModel, first: number, last: number, speed: number): number {
  const { pointX, pointY } = graph;
  const sigma = rounding(speed);
  let joules = 0;
  let turn = 0;
  let since = Infinity;
  let slowest = speed;
  for (let i = first + 1; i < last; i++) {
    const before = distanceInUnits(pointX[i - 1], pointY[i - 1], pointX[i], pointY[i]);
    const angle = wrapAngle(
      bearingInUnits(pointX[i], pointY[i], pointX[i + 1], pointY[i + 1]) -
        bearingInUnits(pointX[i - 1], pointY[i - 1], pointX[i], pointY[i]),
    );
    // Vertices near each other make one bend; what lies farther back fades.
    turn = turn * Math.exp(-before / (2.5 * sigma)) + angle;
    since += before;
    const curvature = Math.abs(turn) / (sigma * Math.sqrt(2 * Math.PI));
    const allowed = curvature < 1e-4 ? speed : Math.sqrt(model.lateral / curvature);
    if (allowed < speed) {
      slowest = Math.min(slowest, allowed);
      since = 0;
    } else if (slowest < speed && since > 3 * sigma) {
      joules += slowingLoss(model, speed, slowest);
      slowest = speed;
    }
  }
  return joules + slowingLoss(model, speed, slowest);
}

/** At a junction some turn; at the end of a road all do. */
function endLoss(graph: Graph, model: EnergyModel, edge: number, speed: number): number {
  const arriving = headingArriving(graph, edge);
  let ways = 0;
  let straightest = Math.PI;
  for (let turn = graph.turnFirst[edge]; turn < graph.turnFirst[edge + 1]; turn++) {
    const next = graph.stateEdge[graph.turnTo[turn]];
    ways++;
    straightest = Math.min(straightest, Math.abs(wrapAngle(headingLeaving(graph, next) - arriving)));
  }
  if (ways === 0) return 0;
  const turns = slowingLoss(model, speed, Math.min(cornerSpeed, speed));
  if (straightest > straightOn) return turns;
  return ways > 1 ? turningShare * turns : 0;
}

/** A way through a town is driven so much faster between its stops than on the whole. */
const cruiseOverMean = 1.2;
/** Full stops a metre that slowing down on a way at a mean speed (m/s) amounts to. */
const stopsPerMetre = (mean: number): number => Math.min(0.2 / (mean * mean), 0.004);

/**
 * Watt-hours for a way of which only length (m) and time (s) are known, as between two chargers; within about 15 % of the simulated drive for
 * nine ways of ten.
 */
export function legEnergy(model: EnergyModel, metres: number, seconds: number): number {
  if (!(metres > 0) || !(seconds > 0)) return 0;
  const mean = metres / seconds;
  const speed = cruiseOverMean * mean;
  const joules =
    cruising(model, roadLoad(model, speed), speed, metres / speed) +
    metres * stopsPerMetre(mean) * slowingLoss(model, speed, 0) +
    model.auxiliary * seconds;
  return (joules * (1 + model.batteryLoss)) / 3_600;
}
