/** How fast one drives from one of OpenStreetMap's nodes to the next. */
export interface SegmentSpeed {
  readonly from: number;
  readonly to: number;
  /** m/s; 0 where nobody can pass. */
  readonly speed: number;
}

/** What could not be read of a file. */
export interface SpeedProblem {
  /** Counted from 1. */
  readonly line: number;
  readonly why: string;
}

export interface SpeedFile {
  readonly speeds: readonly SegmentSpeed[];
  /** The first hundred. */
  readonly problems: readonly SpeedProblem[];
  /** All of them. */
  readonly problemCount: number;
}

/** No road has more segments in a city than this; what comes after is left out. */
const mostSpeeds = 2_000_000;
const mostProblems = 100;
/** km/h; faster than any car is a mistake. */
const fastest = 400;

const nodePattern = /^\d{1,16}$/;
const numberPattern = /^\d+(\.\d+)?([eE][-+]?\d+)?$/;

/**
 * Reads speeds in OSRM's segment-speed format: a line `from_osm_id,to_osm_id,km/h[,rate]` for each segment, 0 km/h where it is closed. The
 * rate, with which OSRM can make a segment count more than its time, is looked at and not used. Blank lines, a heading, comments after `#`,
 * spaces and other line ends are let pass; a line that says nothing readable is left out and told of. Of several lines for one segment the
 * last counts.
 */
export function readSegmentSpeeds(text: string): SpeedFile {
  const speeds = new Map<string, SegmentSpeed>();
  const problems: SpeedProblem[] = [];
  let problemCount = 0;
  let line = 0;
  for (const raw of linesOf(text)) {
    line++;
    const content = (line === 1 ? raw.replace(/^\uFEFF/, "") : raw).replace(/#[\s\S]*$/, "").trim();
    if (content === "") continue;
    const read = readLine(content);
    if (typeof read === "object" && (speeds.size < mostSpeeds || speeds.has(`${read.from},${read.to}`))) {
      speeds.set(`${read.from},${read.to}`, read);
      continue;
    }
    // A first line of words is a heading.
    if (line === 1 && /^[a-z_]/i.test(content)) continue;
    problemCount++;
    const why = typeof read === "string" ? read : `more than ${mostSpeeds} segments`;
    if (problems.length < mostProblems) problems.push({ line, why });
  }
  return { speeds: [...speeds.values()], problems, problemCount };
}

function* linesOf(text: string): Generator<string> {
  let begin = 0;
  while (begin <= text.length) {
    const end = text.indexOf("\n", begin);
    yield end < 0 ? text.slice(begin) : text.slice(begin, end);
    if (end < 0) return;
    begin = end + 1;
  }
}

function readLine(content: string): SegmentSpeed | string {
  const [from = "", to = "", speed = "", rate, ...more] = content.split(",").map((field) => field.trim());
  if (more.some((field) => field !== "")) return "more than four fields";
  if (!nodePattern.test(from) || !nodePattern.test(to)) return "a node id is a whole number";
  if (Number(from) > Number.MAX_SAFE_INTEGER || Number(to) > Number.MAX_SAFE_INTEGER) return "a node id is too large";
  if (!numberPattern.test(speed)) return "a speed is a number of km/h, 0 or more";
  if (Number(speed) > fastest) return `a speed is ${fastest} km/h at most`;
  if (rate !== undefined && rate !== "" && !numberPattern.test(rate)) return "a rate is a number, 0 or more";
  return { from: Number(from), to: Number(to), speed: Number(speed) / 3.6 };
}

/** The same format, one line for each segment; speeds to a tenth of a km/h, and only a closed segment is written as 0. */
export function writeSegmentSpeeds(speeds: Iterable<SegmentSpeed>): string {
  let text = "";
  for (const { from, to, speed } of speeds) {
    const kmh = speed <= 0 ? 0 : Math.max(0.1, Math.round(speed * 36) / 10);
    text += `${from},${to},${kmh}\n`;
  }
  return text;
}
