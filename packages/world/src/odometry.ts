/**
 * What the wheels and the yaw rate sensor of one car get wrong. Tyres wear and warm, so that the wheels turn a little faster than their nominal
 * radius says: a speedometer may read too much and never too little (UN Regulation 39, clause 5.4). The yaw rate has the offset and the noise
 * of a micro-mechanical sensor for stability control (of the order of 0.1 °/s).
 */
export interface Odometry {
  /** Wheel speed as measured, m/s, for a speed over ground. */
  speed(overGround: number): number;
  /** The same for one of the four wheels. */
  wheel(index: 0 | 1 | 2 | 3, overGround: number): number;
  /** Degrees a second as measured; a car at rest shows the sensor's offset. */
  yawRate(degreesPerSecond: number, isMoving: boolean): number;
}

const mostTooFast = 0.004;
const wheelSpread = 0.001;
const mostOffset = 0.12; // degrees/s
const noise = 0.05; // degrees/s

/** The errors of one car, always the same for the same random numbers. */
export function createOdometry(random: () => number, normal: () => number): Odometry {
  const scale = 1 + mostTooFast * random();
  const wheels = [0, 1, 2, 3].map(() => scale * (1 + wheelSpread * (random() - 0.5)));
  const offset = mostOffset * (2 * random() - 1);
  return {
    speed: (overGround) => scale * overGround,
    wheel: (index, overGround) => (wheels[index] ?? scale) * overGround,
    yawRate: (degreesPerSecond, isMoving) => degreesPerSecond + offset + (isMoving ? noise * normal() : 0),
  };
}
