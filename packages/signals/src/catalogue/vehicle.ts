import { actuator, attribute, each, sensor } from "./table.ts";
import { rows } from "./allowed.ts";

/** What stands directly below `Vehicle`, and the small branches. */
export const vehicle = {
  Speed: sensor("float km/h", "Speed over ground; negative when rolling backwards"),
  AverageSpeed: sensor("float km/h", "Mean speed of the present trip"),
  IsMoving: sensor("boolean", "The wheels turn"),
  IsBrokenDown: sensor("boolean", "A fault keeps the car from driving on"),
  StartTime: attribute("string iso8601", "When the car was last switched on"),
  TraveledDistance: sensor("uint32 m", "Odometer: all the way since the car was built"),
  TraveledDistanceSinceStart: sensor("uint32 m", "Way driven since the car was switched on"),
  TripDuration: sensor("float s", "Time since the present trip began"),
  TripMeterReading: actuator("uint32 m", "Trip meter; setting it resets it"),
  Length: attribute("uint16 mm", "Bumper to bumper"),
  Height: attribute("uint16 mm", "Ground to roof"),
  WidthExcludingMirrors: attribute("uint16 mm", "Across the body alone"),
  WidthIncludingMirrors: attribute("uint16 mm", "Across both mirrors"),
  WidthFoldedMirrors: attribute("uint16 mm", "Across both mirrors when folded"),
  TurningDiameter: attribute("uint16 mm", "Smallest circle, kerb to kerb"),
  CurbWeight: attribute("uint16 kg", "Ready to drive, nobody aboard"),
  GrossWeight: attribute("uint16 kg", "Most it may weigh when loaded"),
  CurrentOverallWeight: sensor("uint16 kg", "Mass now, people and goods included"),
  CargoVolume: attribute("float l 0..", "Room for luggage"),
  RoofLoad: attribute("int16 kg", "Most the roof may carry"),
  MaxTowWeight: attribute("uint16 kg", "Heaviest trailer"),
  MaxTowBallWeight: attribute("uint16 kg", "Most the tow ball may bear"),
  EmissionsCO2: attribute("int16 g/km", "Carbon dioxide by the type approval"),
  LowVoltageSystemState: sensor("string", "Position of the ignition, or what stands for it", [
    "UNDEFINED",
    "LOCK",
    "OFF",
    "ACC",
    "ON",
    "START",
  ]),
  IsAutoPowerOptimize: actuator("boolean", "The car trims its own electric consumers"),
  PowerOptimizeLevel: actuator("uint8 0..10", "How hard electric consumers are trimmed, 10 hardest"),

  VersionVSS: {
    Major: attribute("uint32", "First number of the VSS release spoken here"),
    Minor: attribute("uint32", "Second number of it"),
    Patch: attribute("uint32", "Third number of it"),
    Label: attribute("string", "Suffix of a release that is not final"),
  },

  VehicleIdentification: {
    VIN: attribute("string", "Identification number stamped into the chassis (ISO 3779)"),
    WMI: attribute("string", "Maker's part of the VIN (ISO 3780)"),
    Brand: attribute("string", "Name on the bonnet"),
    Model: attribute("string", "Model within the brand"),
    Year: attribute("uint16", "Model year"),
    BodyType: attribute("string", "Shape of the body in words"),
    LicensePlate: attribute("string", "Number plate, exactly as shown"),
    VehicleConfiguration: attribute("string", "Trim level in words"),
    VehicleExteriorColor: attribute("string", "Colour outside"),
    VehicleInteriorColor: attribute("string", "Colour inside"),
    VehicleInteriorType: attribute("string", "Material inside"),
    VehicleModelDate: attribute("string iso8601", "When this model appeared"),
    VehicleSeatingCapacity: attribute("uint16", "Seats, the driver's included"),
    VehicleSpecialUsage: attribute("string", "Special service such as taxi or police"),
    ProductionDate: attribute("string iso8601", "When it left the factory"),
    PurchaseDate: attribute("string iso8601", "When the present owner bought it"),
    DateVehicleFirstRegistered: attribute("string iso8601", "First registration"),
    KnownVehicleDamages: attribute("string", "Damages on record"),
    MeetsEmissionStandard: attribute("string", "Emission class it was approved for"),
    OptionalExtras: attribute("string[]", "Options fitted at the factory"),
    AcrissCode: attribute("string", "Rental class code"),
  },

  Acceleration: {
    Longitudinal: sensor("float m/s^2", "Positive when gaining speed forwards"),
    Lateral: sensor("float m/s^2", "Positive to the left"),
    Vertical: sensor("float m/s^2", "Positive upwards, gravity taken off"),
  },
  AngularVelocity: {
    Roll: sensor("float degrees/s", "Turn rate about the forward axis"),
    Pitch: sensor("float degrees/s", "Turn rate about the axis to the left"),
    Yaw: sensor("float degrees/s", "Turn rate about the upward axis, positive to the left"),
  },

  CurrentLocation: {
    Latitude: sensor("double degrees -90..90", "WGS-84, north positive"),
    Longitude: sensor("double degrees -180..180", "WGS-84, east positive"),
    Heading: sensor("double degrees 0..360", "Clockwise from true north"),
    Altitude: sensor("double m", "Above the geoid, at the antenna"),
    HorizontalAccuracy: sensor("double m", "Radius in which the position lies"),
    VerticalAccuracy: sensor("double m", "Half the span in which the altitude lies"),
    Timestamp: sensor("string iso8601", "UTC of the last fix"),
    GNSSReceiver: {
      FixType: sensor("string", "What kind of fix the receiver has", [
        "NONE",
        "TWO_D",
        "TWO_D_SATELLITE_BASED_AUGMENTATION",
        "TWO_D_GROUND_BASED_AUGMENTATION",
        "TWO_D_SATELLITE_AND_GROUND_BASED_AUGMENTATION",
        "THREE_D",
        "THREE_D_SATELLITE_BASED_AUGMENTATION",
        "THREE_D_GROUND_BASED_AUGMENTATION",
        "THREE_D_SATELLITE_AND_GROUND_BASED_AUGMENTATION",
      ]),
      MountingPosition: {
        X: attribute("int16 mm", "Antenna ahead of the rear axle"),
        Y: attribute("int16 mm", "Antenna left of the middle"),
        Z: attribute("int16 mm", "Antenna above the rear axle"),
      },
    },
  },

  Exterior: {
    AirTemperature: sensor("float Celsius", "Outside, away from warm parts"),
    Humidity: sensor("float percent 0..100", "Relative humidity outside"),
    LightIntensity: sensor("float percent 0..100", "Brightness outside, 100 full daylight"),
  },
  LowVoltageBattery: {
    CurrentVoltage: sensor("float V", "Between the poles"),
    CurrentCurrent: sensor("float A", "Positive when it gives current"),
    NominalVoltage: attribute("uint16 V", "On the label"),
    NominalCapacity: attribute("uint16 Ah", "On the label"),
  },
  Connectivity: {
    IsConnectivityAvailable: sensor("boolean", "The car reaches the Internet"),
  },
  Trailer: {
    IsConnected: sensor("boolean", "A trailer is plugged in"),
  },
  Service: {
    IsServiceDue: sensor("boolean", "A service is due or overdue"),
    DistanceToService: sensor("float km", "Way left until the next service; negative when overdue"),
    TimeToService: sensor("int32 s", "Time left until the next service; negative when overdue"),
  },
  Diagnostics: {
    DTCCount: sensor("uint8", "Trouble codes stored"),
    DTCList: sensor("string[]", "Trouble codes stored, in the notation of SAE J2012"),
  },
  Driver: {
    AttentiveProbability: sensor("float percent 0..100", "How surely the driver attends to the road"),
    DistractionLevel: sensor("float percent 0..100", "How distracted the driver is"),
    FatigueLevel: sensor("float percent 0..100", "How tired the driver is"),
    HeartRate: sensor("uint16 bpm", "Pulse"),
    IsEyesOnRoad: sensor("boolean", "The driver looks at the road"),
    IsHandsOnWheel: sensor("boolean", "The driver holds the wheel"),
  },
  Occupant: each(
    rows,
    each(["DriverSide", "Middle", "PassengerSide"], {
      Identifier: {
        Subject: sensor("string", "Who sits here, as the issuer names them"),
        Issuer: sensor("string", "Who vouches for that name"),
      },
    }),
  ),
};
