import type { SignalSources, SourceView } from "@caravan/drivers";
import type { Catalogue } from "@caravan/signals";

import type { Rights } from "./access/rights.ts";

/** What `/sources` tells: of every signal that drivers give, all sources, the believed one first. */
export interface SourcesAnswer {
  /** UTC, milliseconds since 1970. */
  readonly at: number;
  readonly signals: readonly SignalSources[];
}

/** Leaves out the signals that the asker may not read. */
export function mayRead(
  { at, signals }: SourcesAnswer,
  { read }: Pick<Rights, "read">,
  catalogue: Pick<Catalogue, "find">,
): SourcesAnswer {
  const readable = signals.filter(({ path }) => {
    const slot = catalogue.find(path)?.slot;
    return slot !== undefined && read.has(slot);
  });
  return { at, signals: readable };
}

/** The same as a page for a person; plain, so that it works when nothing else does. */
export function sourcesPage(title: string, { signals, at }: SourcesAnswer): string {
  const rows = signals.flatMap(({ path, unit = "", sources }) =>
    sources.map(
      (source, i) =>
        `<tr class="${source.isChosen ? "chosen" : ""}"><th scope="row">${i === 0 ? escape(path) : ""}</th><td>${escape(source.source)}</td><td>${source.isChosen ? "believed" : ""}</td><td>${escape(show(source, unit))}</td><td>${age(source)}</td><td>${source.quality}</td><td>${source.priority}</td><td>${source.refused}</td></tr>`,
    ),
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="2">
<title>${escape(title)}: sources</title>
<style>body{font:16px/1.5 system-ui,sans-serif;background:#0b0f14;color:#9db0c2;margin:32px}
table{border-collapse:collapse}th{text-align:left;font-weight:400;color:#f2f6fa}tr.chosen td{color:#f2f6fa}td{font-variant-numeric:tabular-nums}
th,td{padding:4px 24px 4px 0;border-bottom:1px solid #1c2631}</style>
<h1>${escape(title)}: sources</h1>
<p>${signals.length === 0 ? "No driver tells anything: the car is simulated, or plays a recording of readings." : `${signals.length} signals, ${new Date(at).toISOString()}.`}</p>
<table><thead><tr><th>Signal</th><td>Source</td><td></td><td>Value</td><td>Age</td><td>Quality</td><td>Priority</td><td>Refused</td></tr></thead><tbody>${rows.join("")}</tbody></table></html>`;
}

function show({ value }: SourceView, unit: string): string {
  if (value === undefined) return "none yet";
  return typeof value === "number" ? `${Number(value.toFixed(3))} ${unit}`.trimEnd() : String(value);
}

const age = ({ ageMs }: SourceView): string => (ageMs === undefined ? "" : `${(ageMs / 1_000).toFixed(1)} s`);

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
