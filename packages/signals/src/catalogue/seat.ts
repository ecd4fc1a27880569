import { actuator, attribute, sensor } from "./table.ts";

/** One seat; the same for every place in the car. */
export const seat = {
  IsBelted: sensor("boolean", "The belt is fastened"),
  OccupancyStatus: sensor("string", "Does somebody sit here", ["UNKNOWN", "OCCUPIED", "EMPTY"]),
  HeatingCooling: actuator("int8 percent -100..100", "Whole seat, negative cools, positive heats"),
  Position: actuator("uint16 mm 0..", "Forward from the rearmost place"),
  Height: actuator("uint16 mm 0..", "Up from the lowest place"),
  Tilt: actuator("float degrees", "Whole seat, positive leans back"),
  SeatBeltHeight: actuator("uint16 mm", "Upper anchor of the belt"),
  Airbag: {
    IsEnabled: sensor("boolean", "The airbag is armed"),
    IsDeployed: sensor("boolean", "The airbag has fired"),
  },
  Backrest: {
    Recline: actuator("float degrees", "From upright, positive leans back"),
    HeatingCooling: actuator("int8 percent -100..100", "Backrest, negative cools, positive heats"),
    LumbarSupport: actuator("float percent 0..100", "How far the lower back is pressed"),
    LumbarHeight: actuator("uint8 mm 0..", "How high the lower back is pressed"),
    SideBolsterSupport: actuator("float percent 0..100", "How far both sides press in"),
  },
  Headrest: {
    Angle: actuator("float degrees", "Positive leans back"),
    Height: actuator("uint8 mm 0..", "Up from the lowest place"),
  },
  Massage: {
    IsAvailable: attribute("boolean", "This seat can massage"),
    Status: sensor("string", "Massages now or not", ["ON", "OFF"]),
    Level: actuator("uint8 percent 0..100", "Strength of the massage"),
    SupportedTypes: attribute("string[]", "Patterns of massage it has"),
    TypeActive: actuator("string", "Pattern of massage chosen"),
  },
  Seating: {
    HeatingCooling: actuator("int8 percent -100..100", "Cushion, negative cools, positive heats"),
    Length: actuator("uint16 mm 0..", "How far the cushion reaches under the knee"),
  },
};
