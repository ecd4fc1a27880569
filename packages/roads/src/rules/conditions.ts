/** A moment on the clock of a place. */
export interface LocalTime {
  /** 0 is Monday. */
  readonly weekday: number;
  /** Since midnight. */
  readonly minute: number;
  /** 1 is January. */
  readonly month: number;
  readonly day: number;
}

const dayNames = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const dayMinutes = 1_440;
/** Days of January 1 to that of each month, in a leap year; only their order matters. */
const yearDays = [0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335];

/** The moment that a clock shows which counts Unix seconds. */
export function localTimeOf(unixSeconds: number): LocalTime {
  const date = new Date(unixSeconds * 1_000);
  return {
    weekday: (date.getUTCDay() + 6) % 7,
    minute: date.getUTCHours() * 60 + date.getUTCMinutes(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
  };
}

/** Parts of "no_left_turn @ (Mo-Fr 07:00-09:00); only_straight_on @ (22:00-05:00)" (OpenStreetMap wiki, Conditional restrictions). */
export function readConditions(text: string): readonly { readonly value: string; readonly condition: string }[] {
  return [...text.matchAll(/([^@;()]+)@\s*(?:\(([^()]*)\)|([^;()]+))/g)].map(([, value = "", inside, plain]) => ({
    value: value.trim(),
    condition: (inside ?? plain ?? "").trim(),
  }));
}

/** Whether a value lies in one of the spans "a-b" or single names of a list; a span may run over the end. Undefined if it cannot be read. */
function inSpans(text: string, value: number, indexOf: (name: string) => number): boolean | undefined {
  let isIn = false;
  for (const span of text.split(",")) {
    const [first = "", last = first] = span.split("-").map((name) => name.trim());
    const [from, to] = [indexOf(first), indexOf(last)];
    if (from < 0 || to < 0) return undefined;
    if (from <= to ? value >= from && value <= to : value >= from || value <= to) isIn = true;
  }
  return isIn;
}

function minutesOf(text: string): number {
  const found = /^(\d{1,2}):(\d{2})$/.exec(text.trim());
  if (found === null) return -1;
  const minutes = Number(found[1]) * 60 + Number(found[2]);
  return minutes <= 2 * dayMinutes ? minutes : -1;
}

function yearDayOf(text: string): number {
  const found = /^([A-Z][a-z]{2})(?:\s+(\d{1,2}))?$/.exec(text.trim());
  const month = monthNames.indexOf(found?.[1] ?? "");
  return month < 0 ? -1 : (yearDays[month] ?? 0) + Number(found?.[2] ?? 1);
}

/** A selector of months or dates: "Nov-Mar", "Dec 24-Jan 6", "May 1". */
function inSeason(text: string, { month, day }: LocalTime): boolean | undefined {
  if (!/\d/.test(text)) return inSpans(text, month - 1, (name) => monthNames.indexOf(name));
  return inSpans(text, (yearDays[month - 1] ?? 0) + day, yearDayOf);
}

/** Times of day "07:00-09:00,16:00-18:00"; one that ends before it begins runs over midnight, its rest belongs to the day before. */
function inHours(text: string, minute: number): { readonly today: boolean; readonly yesterday: boolean } | undefined {
  let today = false;
  let yesterday = false;
  for (const span of text.split(",")) {
    const [from, to] = span.split("-").map(minutesOf);
    if (from === undefined || to === undefined || from < 0 || to < 0) return undefined;
    const end = to <= from ? to + dayMinutes : to;
    if (minute >= from && minute < end) today = true;
    if (minute + dayMinutes < end) yesterday = true;
  }
  return { today, yesterday };
}

const rulePattern =
  /^((?:[A-Z][a-z]{2}(?:\s+\d{1,2})?(?:\s*[-,]\s*)?)+(?=\s|$))?\s*((?:(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|SH)(?:\s*[-,]\s*)?)+)?:?\s*(\d{1,2}:\d{2}.*)?$/;

/** Whether one rule of opening hours holds; undefined if it cannot be read. Public holidays are not known and never hold. */
function ruleHolds(rule: string, time: LocalTime): boolean | undefined {
  if (rule === "24/7") return true;
  const found = rulePattern.exec(rule);
  const [, season, dayList, hours] = found ?? [];
  if (found === null || (season === undefined && dayList === undefined && hours === undefined)) return undefined;
  const days = dayList
    ?.split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "PH" && name !== "SH" && name !== "")
    .join(",");
  const onDay = (weekday: number) =>
    days === undefined ? true : days === "" ? false : inSpans(days, weekday, (name) => dayNames.indexOf(name));
  const inYear = season === undefined ? true : inSeason(season.trim(), time);
  const today = onDay(time.weekday);
  const yesterday = onDay((time.weekday + 6) % 7);
  if (inYear === undefined || today === undefined || yesterday === undefined) return undefined;
  if (hours === undefined) return inYear && today;
  const clock = inHours(hours, time.minute);
  return clock === undefined ? undefined : inYear && ((today && clock.today) || (yesterday && clock.yesterday));
}

/** Times at which a condition that always holds must hold: each quarter of a day through a week, in winter and in summer. */
const samples: readonly LocalTime[] = [1, 7].flatMap((month) =>
  Array.from({ length: 28 }, (_, i) => ({ weekday: i >> 2, minute: (i & 3) * 360 + 7, month, day: 15 })),
);

function holds(condition: string, time: LocalTime): boolean {
  return condition.split(";").some((rule) => ruleHolds(rule.trim(), time) ?? false);
}

/**
 * Whether a condition in the form of opening hours ("Mo-Fr 07:00-09:00,16:00-18:00") holds at a time; without a time, whether it always
 * does. What cannot be read, such as weights or the weather, does not hold.
 */
export function holdsAt(condition: string, time: LocalTime | undefined): boolean {
  return time === undefined ? samples.every((sample) => holds(condition, sample)) : holds(condition, time);
}
