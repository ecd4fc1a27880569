const metresPerInch = 0.0254;
const kilogramsPerPound = 0.453_592_37;

/** The first figure in a text, with a comma or a point before its decimals. */
function figureIn(text: string): number | undefined {
  const found = /\d+\.?\d*/.exec(text.replaceAll(",", "."));
  return found === null ? undefined : Number(found[0]);
}

/** Metres in "2.5", "2,5 m" or feet and inches as in 6'3" (OpenStreetMap wiki, Key:maxheight). */
export function metresIn(text: string | undefined): number | undefined {
  const figure = text === undefined ? undefined : figureIn(text);
  if (text === undefined || figure === undefined) return undefined;
  const inches = text.indexOf("'");
  if (inches < 0) return figure;
  const rest = /\d+/.exec(text.slice(inches));
  return (figure * 12 + (rest === null ? 0 : Number(rest[0]))) * metresPerInch;
}

/** Kilograms in "3.5" (tonnes), "2000 kg" or "4400 lbs" (OpenStreetMap wiki, Key:maxweight). */
export function kilogramsIn(text: string | undefined): number | undefined {
  const figure = text === undefined ? undefined : figureIn(text);
  if (text === undefined || figure === undefined) return undefined;
  if (text.includes("lbs")) return figure * kilogramsPerPound;
  return text.includes("kg") ? figure : figure * 1_000;
}

const minuteSeconds = 60;
const hourSeconds = 3_600;
const daySeconds = 86_400;

/** Seconds in a duration: "45" (minutes), "1:30", "01:30:20", or as in ISO 8601, "PT1H30M". */
export function secondsIn(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const clock = /^(?:(?:(\d+):)?(\d+):)?(\d+)$/.exec(text);
  if (clock !== null) {
    const [, first, second, last = "0"] = clock;
    if (first !== undefined) return Number(first) * hourSeconds + Number(second) * minuteSeconds + Number(last);
    return second === undefined
      ? Number(last) * minuteSeconds
      : Number(second) * hourSeconds + Number(last) * minuteSeconds;
  }
  const weeks = /^P(\d+)W$/i.exec(text);
  if (weeks !== null) return Number(weeks[1]) * 7 * daySeconds;
  const iso = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i.exec(text);
  if (iso === null || iso.slice(1).every((part) => part === undefined)) return undefined;
  const [days, hours, minutes, seconds] = iso.slice(1).map((part) => Number(part ?? 0));
  return days * daySeconds + hours * hourSeconds + minutes * minuteSeconds + seconds;
}
