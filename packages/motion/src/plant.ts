// Hot: runs a hundred times a second for every simulated car.
import type { CarParameters } from "./parameters.ts";

/** State of the single-track plant; (x, y) is the centre of gravity. Mutable: one object lives as long as its car. */
export interface PlantState {
  x: number;
  y: number;
  /** Radians counter-clockwise from east. */
  yaw: number;
  /** m/s in the car's own frame; negative in reverse. */
  vx: number;
  vy: number;
  /** rad/s */
  yawRate: number;
  /** Radians at the front wheels, left positive. */
  steering: number;
  /** N at the driven wheels and N of friction brakes, after the lags. */
  driveForce: number;
  brakeForce: number;
  /** m/s2 in the car's own frame, as an accelerometer on the flat would see them. */
  ax: number;
  ay: number;
}

export interface PlantInput {
  /** Radians at the front wheels asked for. */
  steering: number;
  /** N at the driven wheels asked for; negative pulls backwards (reverse, or recuperation when rolling forward). */
  driveForce: number;
  /** N of friction brakes asked for, never negative. */
  brakeForce: number;
  /** Rise over run of the road, uphill positive in the car's forward direction. */
  grade: number;
}

const gravity = 9.81;
/** kg/m3 at 20 °C at sea level. */
export const airDensity = 1.2;
/** Below the first speed the wheels roll where they point; above the second the tyres' slip rules (m/s). */
const kinematicBelow = 3;
const dynamicAbove = 5;
const kinematicSettling = 0.05;
const frontBrakeShare = 0.65;

export const createPlantState = (x: number, y: number, yaw: number): PlantState => ({
  x,
  y,
  yaw,
  vx: 0,
  vy: 0,
  yawRate: 0,
  steering: 0,
  driveForce: 0,
  brakeForce: 0,
  ax: 0,
  ay: 0,
});

/** Air and rolling resistance at a speed, N, always positive. */
export function resistance(car: CarParameters, speed: number): number {
  const v = Math.abs(speed);
  return (
    0.5 * airDensity * car.dragCoefficient * car.frontalArea * v * v +
    car.rollingResistance * car.mass * gravity * Math.min(1, v * 5)
  );
}

/** Linear at small slip, saturating at the friction that braking and driving leave over (friction ellipse). */
function lateralForce(stiffness: number, slip: number, longitudinal: number, grip: number): number {
  const used = Math.min(Math.abs(longitudinal) / grip, 0.98);
  const left = grip * Math.sqrt(1 - used * used);
  return -left * Math.tanh((stiffness * slip) / left);
}

/**
 * Moves the plant by `dt` seconds (10 ms is stable up to top speed). Single-track model with linear-saturating tyres inside a friction
 * ellipse and load transfer, rolling kinematically at walking pace (Rajamani, Vehicle Dynamics and Control, chapters 2 and 4); steering,
 * drive and brake answer with first-order lags, steering also with a rate limit.
 */
export function stepPlant(car: CarParameters, state: PlantState, input: PlantInput, dt: number): void {
  const wanted = Math.min(Math.max(input.steering, -car.maximumSteering), car.maximumSteering);
  const turn = ((wanted - state.steering) / car.steeringLag) * dt;
  const mostTurn = car.steeringRate * dt;
  state.steering += Math.min(Math.max(turn, -mostTurn), mostTurn);
  state.driveForce += ((input.driveForce - state.driveForce) * dt) / car.driveLag;
  state.brakeForce +=
    ((Math.min(input.brakeForce, car.mass * car.maximumBraking) - state.brakeForce) * dt) / car.brakeLag;

  const front = car.frontToGravity;
  const rear = car.wheelbase - front;
  const felt = Math.min(Math.max(state.ax, -gravity), gravity);
  const transfer = (car.mass * felt * car.gravityHeight) / car.wheelbase;
  const frontGrip = car.friction * Math.max((car.mass * gravity * rear) / car.wheelbase - transfer, 500);
  const rearGrip = car.friction * Math.max((car.mass * gravity * front) / car.wheelbase + transfer, 500);

  const direction = Math.sign(state.vx);
  const slope = car.mass * gravity * input.grade;
  const hold = state.brakeForce + resistance(car, state.vx);
  const brakeFront = Math.min(state.brakeForce * frontBrakeShare, frontGrip);
  const brakeRear = Math.min(state.brakeForce * (1 - frontBrakeShare), rearGrip);
  const driven = Math.min(Math.max(state.driveForce, -rearGrip), rearGrip);

  const v = Math.abs(state.vx);
  const share = Math.min(Math.max((Math.hypot(v, state.vy) - kinematicBelow) / (dynamicAbove - kinematicBelow), 0), 1);
  const tangent = Math.tan(state.steering);
  const rollingYawRate = (state.vx * tangent) / car.wheelbase;

  let frontLateral = 0;
  let lateral = car.mass * state.vx * rollingYawRate;
  let moment = 0;
  if (share > 0) {
    const slipFront = Math.atan2(state.vy + front * state.yawRate, v) - direction * state.steering;
    const slipRear = Math.atan2(state.vy - rear * state.yawRate, v);
    frontLateral = lateralForce(car.frontStiffness, slipFront, brakeFront, frontGrip);
    const rearLateral = lateralForce(car.rearStiffness, slipRear, driven - direction * brakeRear, rearGrip);
    lateral = frontLateral * Math.cos(state.steering) + rearLateral;
    moment = front * frontLateral * Math.cos(state.steering) - rear * rearLateral;
  }

  const pull = driven - slope - share * frontLateral * Math.sin(state.steering);
  const braking = Math.min(hold, brakeFront + brakeRear + resistance(car, state.vx));
  const before = state.vx;
  const rotating = car.mass + car.rotatingMass;
  if (direction === 0) {
    // Standing: brakes and rolling resistance hold against anything weaker than they are.
    const stiction = hold + car.rollingResistance * car.mass * gravity;
    if (Math.abs(pull) > stiction) state.vx = ((pull - Math.sign(pull) * stiction) / rotating) * dt;
  } else {
    const next = state.vx + ((pull - direction * braking) / rotating + share * state.vy * state.yawRate) * dt;
    state.vx = Math.sign(next) === direction ? next : 0;
  }
  // What an accelerometer feels: without the part that only comes from the car's frame turning under it.
  state.ax = (state.vx - before) / dt - share * state.vy * state.yawRate;

  if (state.vx === 0) {
    state.vy = 0;
    state.yawRate = 0;
    state.ay = 0;
    return;
  }
  const rollingDrift = rear * rollingYawRate;
  const driftRate =
    share * (lateral / car.mass - state.vx * state.yawRate) +
    ((1 - share) * (rollingDrift - state.vy)) / kinematicSettling;
  const spinRate =
    (share * moment) / car.yawInertia + ((1 - share) * (rollingYawRate - state.yawRate)) / kinematicSettling;
  state.vy += driftRate * dt;
  state.yawRate += spinRate * dt;
  const most = car.friction * gravity;
  state.ay = share * (lateral / car.mass) + (1 - share) * Math.min(Math.max(state.vx * state.yawRate, -most), most);

  const cos = Math.cos(state.yaw);
  const sin = Math.sin(state.yaw);
  state.x += (state.vx * cos - state.vy * sin) * dt;
  state.y += (state.vx * sin + state.vy * cos) * dt;
  state.yaw += state.yawRate * dt;
}
