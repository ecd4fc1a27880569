import { actuator, attribute, each, sensor } from "./table.ts";
import { hands, rows } from "./allowed.ts";

/** Wheels, brakes, steering and pedals. */
export const chassis = {
  Wheelbase: attribute("uint16 mm", "Front axle to rear axle"),
  AxleCount: attribute("uint8", "Number of axles"),
  Accelerator: { PedalPosition: sensor("uint8 percent 0..100", "Accelerator, 100 to the floor") },
  Brake: {
    PedalPosition: sensor("uint8 percent 0..100", "Brake pedal, 100 to the floor"),
    IsDriverEmergencyBrakingDetected: sensor("boolean", "The driver stamps on the brake"),
  },
  ParkingBrake: {
    IsEngaged: actuator("boolean", "The parking brake holds"),
    IsAutoApplyEnabled: actuator("boolean", "The parking brake closes by itself when parked"),
  },
  SteeringWheel: {
    Angle: sensor("int16 degrees", "Turn of the wheel, positive to the left"),
    Extension: actuator("uint8 percent 0..100", "Column drawn out towards the driver"),
    Tilt: actuator("uint8 percent 0..100", "Column raised"),
    HeatingCooling: actuator("int8 percent -100..100", "Rim, negative cools, positive heats"),
  },
  Axle: each(rows, {
    SteeringAngle: sensor("float degrees", "Of this axle's wheels, positive to the left"),
    AxleWidth: attribute("uint16 mm", "Hub to hub"),
    TrackWidth: attribute("uint16 mm", "Wheel middle to wheel middle"),
    TreadWidth: attribute("uint16 mm", "Tread middle to tread middle"),
    WheelCount: attribute("uint8", "Wheels on this axle"),
    WheelDiameter: attribute("float inch", "Rim across"),
    WheelWidth: attribute("float inch", "Rim width"),
    TireAspectRatio: attribute("uint8 percent", "Tyre height to width"),
    TireDiameter: attribute("float inch", "Tyre across"),
    TireWidth: attribute("uint16 mm", "Nominal width of the tyre"),
    Wheel: each(hands, {
      Speed: sensor("float km/h", "Speed at the rim of this wheel"),
      AngularSpeed: sensor("float degrees/s", "Turn rate of this wheel"),
      Tire: {
        Pressure: sensor("uint16 kPa", "Above the air outside"),
        IsPressureLow: sensor("boolean", "Too little air"),
        Temperature: sensor("float Celsius", "Of the tyre as a whole"),
        AirTemperature: sensor("float Celsius", "Of the air in the tyre"),
        RubberTemperature: sensor("float Celsius", "Of the tread"),
      },
      Brake: {
        PadWear: sensor("uint8 percent ..100", "Worn share of the pads, 0 new"),
        IsBrakesWorn: sensor("boolean", "Pads want changing"),
        FluidLevel: sensor("uint8 percent ..100", "Brake fluid left"),
        IsFluidLevelLow: sensor("boolean", "Brake fluid runs out"),
      },
    }),
  }),
};
