import type { Language } from "./words.ts";

/** Kilometres and degrees Celsius, or miles and degrees Fahrenheit. */
export type Units = "metric" | "imperial";

/** A figure and its unit apart, for screens that set them in two sizes. */
export interface Figure {
  readonly value: string;
  readonly unit: string;
}

/** Figures as a reader of the language writes them. Takes SI, except where a name says otherwise; unknown values have no figure here, show a dash. */
export interface Formats {
  /** Metres; rounded the way a co-driver says it: 280 m, 1.2 km. */
  distance(metres: number): string;
  distanceFigure(metres: number): Figure;
  /** m/s. */
  speed(metresPerSecond: number): string;
  speedFigure(metresPerSecond: number): Figure;
  /** Seconds: 45 s, 12 min, 1 h 5 min. */
  duration(seconds: number): string;
  /** Degrees Celsius. */
  temperature(celsius: number, digits?: number): string;
  temperatureFigure(celsius: number, digits?: number): Figure;
  /** kWh. */
  energy(kilowattHours: number): string;
  /** kW, with a sign where it flows back. */
  power(kilowatts: number): string;
  /** kWh over metres, as kWh/100 km or mi/kWh. */
  consumption(kilowattHours: number, metres: number): string;
  /** An amount in the minor unit of its currency, such as cents. */
  money(amount: { readonly minor: number; readonly currency: string }): string;
  /** Pascal as bar or psi. */
  pressure(pascal: number): string;
  /** 0..100. */
  percent(percent: number): string;
  number(value: number, digits?: number): string;
  /** UTC ms as local time of day; with a date when it is not today. */
  clock(at: number): string;
  date(at: number): string;
  dateTime(at: number): string;
  /** How long ago, given both instants in UTC ms: "now", "5 min ago". */
  age(at: number, now: number): string;
}

const metresPerMile = 1_609.344;
const metresPerFoot = 0.3048;

// What a co-driver would say: fine when near, coarse when far.
const roundNear = (value: number): number => (value < 100 ? Math.round(value / 5) * 5 : Math.round(value / 10) * 10);

const unitWords = {
  en: {
    m: "m",
    km: "km",
    ft: "ft",
    mi: "mi",
    kmh: "km/h",
    mph: "mph",
    s: "s",
    min: "min",
    h: "h",
    per100: "kWh/100 km",
  },
  "zh-CN": {
    m: "米",
    km: "公里",
    ft: "英尺",
    mi: "英里",
    kmh: "km/h",
    mph: "mph",
    s: "秒",
    min: "分钟",
    h: "小时",
    per100: "kWh/百公里",
  },
} as const;

const join = (figure: Figure): string => `${figure.value}\u00a0${figure.unit}`;

/** Formats for one language and one system of units; `timeZone` is the screen's own unless given. */
export function createFormats(options: {
  readonly language: Language;
  readonly units: Units;
  readonly timeZone?: string;
}): Formats {
  const { language, units } = options;
  const words = unitWords[language];
  const metric = units === "metric";
  const zone = options.timeZone === undefined ? {} : { timeZone: options.timeZone };
  const digitsOf = [0, 1, 2, 3].map(
    (digits) => new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  );
  const number = (value: number, digits = 0): string => {
    const text = (digitsOf[digits] ?? new Intl.NumberFormat(language)).format(value);
    // A rounded minus nought reads as a fault of the car.
    return /^[-−]0([.,]0+)?$/.test(text) ? text.slice(1) : text;
  };
  const time = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...zone });
  const day = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", year: "numeric", ...zone });
  const both = new Intl.DateTimeFormat(language, {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    ...zone,
  });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "always", style: "short" });
  const relativeNow = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" }).format(0, "second");

  const distanceFigure = (metres: number): Figure => {
    const size = Math.abs(metres);
    if (metric) {
      if (size < 995) return { value: number(roundNear(metres)), unit: words.m };
      return { value: number(metres / 1_000, size < 99_950 ? 1 : 0), unit: words.km };
    }
    const feet = metres / metresPerFoot;
    if (size < metresPerMile * 0.095) return { value: number(Math.round(feet / 50) * 50), unit: words.ft };
    return { value: number(metres / metresPerMile, size < 100 * metresPerMile ? 1 : 0), unit: words.mi };
  };
  const speedFigure = (metresPerSecond: number): Figure =>
    metric
      ? { value: number(metresPerSecond * 3.6), unit: words.kmh }
      : { value: number((metresPerSecond * 3_600) / metresPerMile), unit: words.mph };
  const temperatureFigure = (celsius: number, digits = 0): Figure =>
    metric
      ? { value: number(celsius, digits), unit: "°C" }
      : { value: number(celsius * 1.8 + 32, Math.max(0, digits - 1)), unit: "°F" };

  return {
    number,
    distanceFigure,
    distance: (metres) => join(distanceFigure(metres)),
    speedFigure,
    speed: (metresPerSecond) => join(speedFigure(metresPerSecond)),
    temperatureFigure,
    temperature: (celsius, digits) => join(temperatureFigure(celsius, digits)),
    duration: (seconds) => {
      if (seconds < 59.5) return join({ value: number(seconds), unit: words.s });
      const minutes = Math.round(seconds / 60);
      if (minutes < 60) return join({ value: number(minutes), unit: words.min });
      const hours = join({ value: number(Math.floor(minutes / 60)), unit: words.h });
      return minutes % 60 === 0 ? hours : `${hours} ${join({ value: number(minutes % 60), unit: words.min })}`;
    },
    energy: (kilowattHours) => join({ value: number(kilowattHours, 1), unit: "kWh" }),
    power: (kilowatts) => join({ value: number(kilowatts, Math.abs(kilowatts) < 10 ? 1 : 0), unit: "kW" }),
    consumption: (kilowattHours, metres) =>
      metric
        ? join({ value: number((kilowattHours / metres) * 100_000, 1), unit: words.per100 })
        : join({ value: number(metres / metresPerMile / kilowattHours, 1), unit: `${words.mi}/kWh` }),
    money: ({ minor, currency }) => {
      const format = new Intl.NumberFormat(language, { style: "currency", currency });
      return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
    },
    pressure: (pascal) =>
      metric
        ? join({ value: number(pascal / 100_000, 1), unit: "bar" })
        : join({ value: number(pascal / 6_894.757), unit: "psi" }),
    percent: (percent) => join({ value: number(percent), unit: "%" }),
    clock: (at) => time.format(at),
    date: (at) => day.format(at),
    dateTime: (at) => both.format(at),
    age: (at, now) => {
      const seconds = Math.max(0, Math.round((now - at) / 1_000));
      if (seconds < 10) return relativeNow;
      if (seconds < 60) return relative.format(-seconds, "second");
      if (seconds < 3_600) return relative.format(-Math.round(seconds / 60), "minute");
      if (seconds < 86_400) return relative.format(-Math.round(seconds / 3_600), "hour");
      return relative.format(-Math.round(seconds / 86_400), "day");
    },
  };
}
