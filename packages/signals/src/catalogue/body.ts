import { actuator, attribute, each, sensor } from "./table.ts";
import { ends, hands, panelSwitch, sides } from "./allowed.ts";

const lamp = {
  IsOn: actuator("boolean", "The lamp shines"),
  IsDefect: sensor("boolean", "The lamp has failed"),
};
const flasher = {
  IsSignaling: actuator("boolean", "The lamps blink"),
  IsDefect: sensor("boolean", "A blinking lamp has failed"),
};

/** The shell: lights, lids, mirrors, wipers, horn. */
export const body = {
  BodyType: attribute("string", "Shape of the body by ISO 3779 code"),
  RearMainSpoilerPosition: actuator("float percent 0..100", "Rear spoiler, 100 fully raised"),
  IsAutoPowerOptimize: actuator("boolean", "The body trims its own power"),
  PowerOptimizeLevel: actuator("uint8 0..10", "How hard the body trims its power"),
  Hood: {
    IsOpen: actuator("boolean", "The bonnet is open, even a little"),
    Position: actuator("uint8 percent 0..100", "Bonnet, 100 wide open"),
    Switch: actuator("string", "What the bonnet's switch asks for", panelSwitch),
  },
  Trunk: each(ends, {
    IsOpen: actuator("boolean", "This boot is open, even a little"),
    IsLocked: actuator("boolean", "This boot is locked"),
    IsLightOn: actuator("boolean", "The light in this boot shines"),
    Position: actuator("uint8 percent 0..100", "Boot lid, 100 wide open"),
    Switch: actuator("string", "What the boot's switch asks for", panelSwitch),
  }),
  Horn: { IsActive: actuator("boolean", "The horn sounds") },
  Raindetection: { Intensity: sensor("uint8 percent ..100", "Rain on the windscreen, 100 heaviest") },
  Lights: {
    LightSwitch: actuator("string", "Position of the light switch", [
      "OFF",
      "POSITION",
      "DAYTIME_RUNNING_LIGHTS",
      "AUTO",
      "BEAM",
    ]),
    IsHighBeamSwitchOn: actuator("boolean", "High beam is asked for"),
    Beam: each(["Low", "High"], lamp),
    Running: lamp,
    Parking: lamp,
    Backup: lamp,
    LicensePlate: lamp,
    Fog: each(ends, lamp),
    Brake: {
      IsActive: actuator("string", "Brake lamps: dark, lit, or brightness by how hard one brakes", [
        "INACTIVE",
        "ACTIVE",
        "ADAPTIVE",
      ]),
      IsDefect: sensor("boolean", "A brake lamp has failed"),
    },
    Hazard: flasher,
    DirectionIndicator: each(hands, flasher),
  },
  Mirrors: each(sides, {
    IsFolded: actuator("boolean", "Folded in"),
    IsHeatingOn: actuator("boolean", "Mirror heating"),
    IsLocked: actuator("boolean", "Cannot be moved"),
    Pan: actuator("int8 percent -100..100", "Glass, -100 fully left, 100 fully right"),
    Tilt: actuator("int8 percent -100..100", "Glass, -100 fully down, 100 fully up"),
    Yaw: actuator("int8 percent -100..100", "Housing, turned left or right"),
  }),
  Windshield: each(ends, {
    IsHeatingOn: actuator("boolean", "This pane is heated"),
    WasherFluid: {
      Level: sensor("uint8 percent ..100", "Washer water left"),
      IsLevelLow: sensor("boolean", "Washer water runs out"),
    },
    Wiping: {
      Mode: actuator("string", "What the wiper lever asks for", [
        "OFF",
        "SLOW",
        "MEDIUM",
        "FAST",
        "INTERVAL",
        "RAIN_SENSOR",
      ]),
      Intensity: actuator("uint8", "Step of interval or rain sensor"),
      IsWipersWorn: sensor("boolean", "Blades want changing"),
      WiperWear: sensor("uint8 percent ..100", "Wear of the blades, 0 new"),
      System: {
        Mode: actuator("string", "What the wiper motor is told to do", [
          "STOP_HOLD",
          "WIPE",
          "PLANT_MODE",
          "EMERGENCY_STOP",
        ]),
        Frequency: actuator("uint8 cpm", "Sweeps in a minute"),
        TargetPosition: actuator("float degrees", "Angle the wiper is told to reach"),
        ActualPosition: actuator("float degrees", "Angle of the main wiper"),
        DriveCurrent: sensor("float A", "Current of the wiper motor"),
        IsWiping: sensor("boolean", "The wipers move"),
        IsPositionReached: sensor("boolean", "The told angle is reached"),
        IsEndingWipeCycle: sensor("boolean", "The last sweep is ending"),
        IsBlocked: sensor("boolean", "Something holds the wipers"),
        IsOverheated: sensor("boolean", "The wiper motor is too hot"),
        IsWiperError: sensor("boolean", "The wiper is out of order"),
      },
    },
  }),
};
