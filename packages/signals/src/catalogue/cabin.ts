import { actuator, attribute, each, sensor } from "./table.ts";
import { panelSwitch, rows, sides } from "./allowed.ts";
import { infotainment } from "./infotainment.ts";
import { seat } from "./seat.ts";

const shade = {
  IsOpen: actuator("boolean", "The shade is drawn back, even a little"),
  Position: actuator("uint8 percent 0..100", "Shade, 0 covers everything, 100 drawn back"),
  Switch: actuator("string", "What the shade's switch asks for", panelSwitch),
};

const lamp = {
  IsLightOn: actuator("boolean", "It shines"),
  Intensity: actuator("uint8 percent 1..100", "Brightness when it shines"),
  Color: actuator("string", "Colour as #RRGGBB"),
};

/** Inside: doors and windows, seats, air, lights, screens. */
export const cabin = {
  DriverPosition: attribute("string", "Side of the driver's seat", ["LEFT", "MIDDLE", "RIGHT"]),
  DoorCount: attribute("uint8", "Doors, boot not counted"),
  SeatRowCount: attribute("uint8", "Rows of seats"),
  SeatPosCount: attribute("uint8[]", "Seats in each row, front first"),
  IsWindowChildLockEngaged: actuator("boolean", "Rear windows obey the front only"),
  IsAutoPowerOptimize: actuator("boolean", "The cabin trims its own power"),
  PowerOptimizeLevel: actuator("uint8 0..10", "How hard the cabin trims its power"),
  Door: each(
    rows,
    each(sides, {
      IsOpen: actuator("boolean", "The door is open, even a little"),
      IsLocked: actuator("boolean", "The door is locked"),
      IsChildLockActive: sensor("boolean", "The inner handle does nothing"),
      Position: actuator("uint8 percent 0..100", "Door, 100 wide open"),
      Switch: actuator("string", "What the door's switch asks for", panelSwitch),
      Window: {
        IsOpen: actuator("boolean", "The window is open, even a little"),
        Position: actuator("uint8 percent 0..100", "Window, 0 shut, 100 fully down"),
        Switch: actuator("string", "What the window's switch asks for", panelSwitch),
      },
      Shade: shade,
    }),
  ),
  Seat: each(rows, each(["DriverSide", "Middle", "PassengerSide"], seat)),
  HVAC: {
    AmbientAirTemperature: sensor("float Celsius", "Air in the cabin"),
    IsAirConditioningActive: actuator("boolean", "The compressor cools"),
    IsRecirculationActive: actuator("boolean", "Air goes round instead of coming from outside"),
    IsFrontDefrosterActive: actuator("boolean", "Windscreen is cleared"),
    IsRearDefrosterActive: actuator("boolean", "Rear pane is cleared"),
    IsAutoPowerOptimize: actuator("boolean", "Climate trims its own power"),
    PowerOptimizeLevel: actuator("uint8 0..10", "How hard climate trims its power"),
    Station: each(
      ["Row1", "Row2", "Row3", "Row4"],
      each(["Driver", "Passenger"], {
        Temperature: actuator("float Celsius", "Wished temperature of this place"),
        FanSpeed: actuator("uint8 percent 0..100", "Fan of this place, 0 off"),
        AirDistribution: actuator("string", "Where the air comes out", ["UP", "MIDDLE", "DOWN"]),
      }),
    ),
  },
  Infotainment: infotainment,
  Light: {
    IsDomeOn: actuator("boolean", "Roof lamp"),
    IsGloveBoxOn: actuator("boolean", "Lamp in the glove box"),
    PerceivedAmbientLight: sensor("uint8 percent 0..100", "Brightness in the cabin, 100 daylight"),
    AmbientLight: each(rows, each(sides, lamp)),
    Spotlight: each(["Row1", "Row2", "Row3", "Row4"], each(sides, lamp)),
    InteractiveLightBar: {
      ...lamp,
      Effect: actuator("string", "Moving pattern, as the maker names it"),
    },
  },
  Sunroof: {
    Position: sensor("int8 percent -100..100", "Negative tilted, 0 shut, 100 fully open"),
    Switch: actuator("string", "What the roof's switch asks for", [...panelSwitch, "TILT_UP", "TILT_DOWN"]),
    Shade: shade,
  },
  RearShade: shade,
  RearviewMirror: { DimmingLevel: actuator("uint8 percent ..100", "Dimming of the inner mirror") },
  Convertible: {
    Status: sensor("string", "Where the soft top is", ["UNDEFINED", "CLOSED", "OPEN", "CLOSING", "OPENING", "STALLED"]),
  },
};
