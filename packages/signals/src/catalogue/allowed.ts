/** Word lists that several branches share, as VSS spells them. */
export const panelSwitch = ["INACTIVE", "CLOSE", "OPEN", "ONE_SHOT_CLOSE", "ONE_SHOT_OPEN"] as const;
export const inletTypes = [
  "IEC_TYPE_1_AC",
  "IEC_TYPE_2_AC",
  "IEC_TYPE_3_AC",
  "IEC_TYPE_4_DC",
  "IEC_TYPE_1_CCS_DC",
  "IEC_TYPE_2_CCS_DC",
  "TESLA_ROADSTER",
  "TESLA_HPWC",
  "TESLA_SUPERCHARGER",
  "GBT_AC",
  "GBT_DC",
  "OTHER",
] as const;

export const rows = ["Row1", "Row2"] as const;
export const sides = ["DriverSide", "PassengerSide"] as const;
export const hands = ["Left", "Right"] as const;
export const ends = ["Front", "Rear"] as const;
