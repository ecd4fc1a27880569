/** What the plant must know of a car. SI throughout. */
export interface CarParameters {
  readonly mass: number; // kg, with one person
  readonly yawInertia: number; // kg m2
  readonly wheelbase: number; // m
  /** Centre of gravity behind the front axle and above the road, m. */
  readonly frontToGravity: number;
  readonly gravityHeight: number;
  readonly length: number;
  readonly width: number;
  readonly height: number;
  readonly rearOverhang: number;
  readonly trackWidth: number;
  readonly dragCoefficient: number;
  readonly frontalArea: number; // m2
  readonly rollingResistance: number; // 1
  readonly wheelRadius: number; // m
  /** Equivalent mass of everything that turns with the wheels, kg. */
  readonly rotatingMass: number;
  /** Cornering stiffness of one axle, N/rad. */
  readonly frontStiffness: number;
  readonly rearStiffness: number;
  /** Peak friction of tyre on dry asphalt. */
  readonly friction: number;
  readonly motorPower: number; // W
  readonly motorForce: number; // N at the wheels
  readonly maximumSteering: number; // rad at the front wheels
  readonly steeringRate: number; // rad/s at the front wheels
  readonly steeringLag: number; // s
  readonly driveLag: number; // s
  readonly brakeLag: number; // s
  readonly maximumBraking: number; // m/s2 by pedal fully down
  readonly steeringRatio: number; // steering wheel to front wheels
  readonly gearRatio: number; // motor to wheels
  readonly topSpeed: number; // m/s
}

/**
 * A mid-size electric saloon with rear-wheel drive.
 * Mass, wheelbase, drag coefficient, frontal area, rolling resistance, wheel radius, motor power and centre of gravity height: row
 * "2022 Tesla Model 3 RWD" of NREL's FASTSim vehicle table (FASTSim_py_veh_db.csv, Apache-2.0), with its 136 kg of load inside the mass.
 * Body length, width, height, track and turning circle (11.7 m): the manufacturer's owner's manual of the same car.
 * Yaw inertia m*a*b*1.03 and axle stiffness of about 16/rad of load: Gillespie, Fundamentals of Vehicle Dynamics, typical of the class.
 */
export const midSizeElectric: CarParameters = {
  mass: 1_752,
  yawInertia: 3_700,
  wheelbase: 2.875,
  frontToGravity: 1.5,
  gravityHeight: 0.53,
  length: 4.694,
  width: 1.849,
  height: 1.443,
  rearOverhang: 0.978,
  trackWidth: 1.58,
  dragCoefficient: 0.23,
  frontalArea: 2.22,
  rollingResistance: 0.007,
  wheelRadius: 0.334,
  rotatingMass: 60,
  frontStiffness: 130_000,
  rearStiffness: 165_000,
  friction: 0.95,
  motorPower: 201_227,
  motorForce: 9_000,
  maximumSteering: 0.61,
  steeringRate: 0.7,
  steeringLag: 0.08,
  driveLag: 0.12,
  brakeLag: 0.15,
  maximumBraking: 9,
  steeringRatio: 10.3,
  gearRatio: 9.04,
  topSpeed: 62.5,
};
