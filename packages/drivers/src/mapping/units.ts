interface Unit {
  /** What it measures; only units of one kind turn into each other. */
  readonly kind: string;
  /** In the kind's base unit: value * factor + offset. */
  readonly factor: number;
  readonly offset?: number;
}

const unit = (kind: string, factor: number, offset = 0): Unit => ({ kind, factor, offset });

const mile = 1_609.344; // m
const inch = 0.0254; // m
const gravity = 9.80665; // m/s^2
const psi = 6_894.757293168; // Pa
const horsepower = 735.49875; // W, metric

/** Units by the spellings of VSS and of DBC files, lower case, without spaces. */
const units: ReadonlyMap<string, Unit> = new Map([
  ...spelled(unit("speed", 1), "m/s", "mps", "meters/second"),
  ...spelled(unit("speed", 1 / 3.6), "km/h", "kph", "kmh", "kmph", "km/hr"),
  ...spelled(unit("speed", mile / 3_600), "mph", "mi/h"),
  ...spelled(unit("acceleration", 1), "m/s^2", "m/s2", "m/s²", "m/s/s"),
  ...spelled(unit("acceleration", gravity), "gforce", "g-force"),
  ...spelled(unit("length", 1), "m", "meter", "meters", "metre", "metres"),
  ...spelled(unit("length", 1e-3), "mm"),
  ...spelled(unit("length", 1e-2), "cm"),
  ...spelled(unit("length", 1e3), "km", "kilometer", "kilometers", "kilometre", "kilometres"),
  ...spelled(unit("length", mile), "mi", "mile", "miles"),
  ...spelled(unit("length", inch), "inch", "in", "inches"),
  ...spelled(unit("length", 0.3048), "ft", "feet"),
  ...spelled(unit("angle", 1), "degrees", "deg", "degree", "°"),
  ...spelled(unit("angle", 180 / Math.PI), "rad", "radian", "radians"),
  ...spelled(unit("turn rate", 1), "degrees/s", "deg/s", "°/s", "degree/s", "deg/sec"),
  ...spelled(unit("turn rate", 180 / Math.PI), "rad/s"),
  ...spelled(unit("turn rate", 6), "rpm", "1/min", "u/min", "r/min", "/min", "rev/min"),
  ...spelled(unit("share", 1), "percent", "%", "pct"),
  ...spelled(unit("share", 100), "ratio"),
  ...spelled(unit("temperature", 1), "celsius", "degc", "°c", "c", "deg_c", "degreec", "degcelsius"),
  ...spelled(unit("temperature", 5 / 9, -160 / 9), "fahrenheit", "degf", "°f", "deg_f"),
  ...spelled(unit("temperature", 1, -273.15), "k", "kelvin"),
  ...spelled(unit("power", 1), "w", "watt", "watts"),
  ...spelled(unit("power", 1e3), "kw"),
  ...spelled(unit("power", horsepower), "ps"),
  ...spelled(unit("energy", 1), "wh"),
  ...spelled(unit("energy", 1e3), "kwh"),
  ...spelled(unit("energy", 1 / 3_600), "j"),
  ...spelled(unit("charge", 1), "ah"),
  ...spelled(unit("charge", 1e-3), "mah"),
  ...spelled(unit("voltage", 1), "v", "volt", "volts"),
  ...spelled(unit("voltage", 1e-3), "mv"),
  ...spelled(unit("current", 1), "a", "amp", "amps", "ampere"),
  ...spelled(unit("current", 1e-3), "ma"),
  ...spelled(unit("time", 1), "s", "sec", "seconds", "second"),
  ...spelled(unit("time", 1e-3), "ms"),
  ...spelled(unit("time", 60), "min", "minutes", "minute"),
  ...spelled(unit("time", 3_600), "h", "hour", "hours"),
  ...spelled(unit("mass", 1), "kg"),
  ...spelled(unit("mass", 1e-3), "g", "gram"),
  ...spelled(unit("force", 1), "n", "newton"),
  ...spelled(unit("force", 1e3), "kn"),
  ...spelled(unit("torque", 1), "nm", "n.m", "n*m"),
  ...spelled(unit("pressure", 1), "pa"),
  ...spelled(unit("pressure", 1e2), "hpa", "mbar"),
  ...spelled(unit("pressure", 1e3), "kpa"),
  ...spelled(unit("pressure", 1e5), "bar"),
  ...spelled(unit("pressure", psi), "psi"),
  ...spelled(unit("volume", 1), "l", "liter", "liters", "litre", "litres"),
  ...spelled(unit("volume", 1e-3), "ml", "cm^3", "cm3"),
  ...spelled(unit("mass flow", 1), "g/s"),
  ...spelled(unit("mass flow", 1 / 3.6), "kg/h"),
]);

function spelled(meant: Unit, ...spellings: readonly string[]): readonly (readonly [string, Unit])[] {
  return spellings.map((spelling) => [spelling, meant]);
}

/** `value * factor + offset` turns one unit into another. */
export interface UnitConversion {
  readonly factor: number;
  readonly offset: number;
}

const find = (spelling: string): Unit | undefined => units.get(spelling.toLowerCase().replaceAll(/\s/g, ""));

/** Whether the spelling is one of those we know. */
export const isKnownUnit = (spelling: string): boolean => find(spelling) !== undefined;

/** From one unit to another, by any usual spelling; undefined where one of them is unknown or they measure different things. */
export function conversionBetween(from: string, to: string): UnitConversion | undefined {
  if (from === to) return { factor: 1, offset: 0 };
  const left = find(from);
  const right = find(to);
  if (left === undefined || right === undefined || left.kind !== right.kind) return undefined;
  if (left.factor === right.factor && left.offset === right.offset) return { factor: 1, offset: 0 };
  return { factor: left.factor / right.factor, offset: ((left.offset ?? 0) - (right.offset ?? 0)) / right.factor };
}
