import { actuator, attribute, each, sensor } from "./table.ts";
import { ends } from "./allowed.ts";

const intervening = {
  IsEnabled: actuator("boolean", "Switched on"),
  IsEngaged: sensor("boolean", "Working at this moment"),
  IsError: sensor("boolean", "Out of order"),
};
const warning = {
  IsEnabled: actuator("boolean", "Switched on"),
  IsWarning: sensor("boolean", "Warns at this moment"),
  IsError: sensor("boolean", "Out of order"),
};

/** Assistance: what helps to brake, to hold the lane, to keep distance. */
export const adas = {
  ActiveAutonomyLevel: sensor("string", "Level of automation in charge now (SAE J3016)", [
    "SAE_0",
    "SAE_1",
    "SAE_2_DISENGAGING",
    "SAE_2",
    "SAE_3_DISENGAGING",
    "SAE_3",
    "SAE_4_DISENGAGING",
    "SAE_4",
    "SAE_5_DISENGAGING",
    "SAE_5",
  ]),
  SupportedAutonomyLevel: attribute("string", "Highest level of automation this car has (SAE J3016)", [
    "SAE_0",
    "SAE_1",
    "SAE_2",
    "SAE_3",
    "SAE_4",
    "SAE_5",
  ]),
  IsAutoPowerOptimize: actuator("boolean", "Assistance trims its own power"),
  PowerOptimizeLevel: actuator("uint8 0..10", "How hard assistance trims its power"),
  ABS: intervening,
  EBA: intervening,
  EBD: intervening,
  TCS: intervening,
  ESC: {
    ...intervening,
    IsStrongCrossWindDetected: sensor("boolean", "A strong side wind pushes the car"),
    RoadFriction: {
      LowerBound: sensor("float percent 0..100", "Friction is at least this; 100 is a dry road"),
      MostProbable: sensor("float percent 0..100", "Best guess of the friction; 100 is a dry road"),
      UpperBound: sensor("float percent 0..100", "Friction is at most this; 100 is a dry road"),
    },
  },
  CruiseControl: {
    IsEnabled: actuator("boolean", "Switched on, ready to hold a speed"),
    IsActive: actuator("boolean", "Holds the speed now"),
    IsAdaptive: actuator("boolean", "Follows the car in front"),
    IsError: sensor("boolean", "Cruise control is out of order"),
    SpeedSet: actuator("float km/h", "Speed to hold"),
    AdaptiveDistanceSet: actuator("float m 0..", "Gap to keep to the car in front"),
    AdaptiveIntervalSet: actuator("uint8", "Step of the gap to keep"),
  },
  LaneDepartureDetection: warning,
  DMS: warning,
  ObstacleDetection: each(
    ends,
    each(["Left", "Center", "Right"], {
      ...warning,
      Distance: sensor("float m 0..", "To the nearest obstacle on this side"),
      TimeGap: sensor("uint32 ms", "Until it would be reached at this speed"),
      WarningType: sensor("string", "What kind of danger", ["UNDEFINED", "CROSS_TRAFFIC", "BLIND_SPOT"]),
    }),
  ),
};
