import type { Health, HealthFigure } from "./health.ts";

/** The health as a page for a person; plain, so that it works when nothing else does. */
export function healthPage(title: string, health: Health): string {
  const rows = health.figures.map(
    (figure) =>
      `<tr><th scope="row">${escape(figure.name)}</th><td>${escape(show(figure))}</td><td>${
        figure.bound === undefined ? "" : escape(show({ ...figure, value: figure.bound }))
      }</td></tr>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escape(title)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;background:#0b0f14;color:#f2f6fa;margin:32px;max-width:720px}
table{border-collapse:collapse;width:100%}th{text-align:left;font-weight:400;color:#9db0c2}td{font-variant-numeric:tabular-nums;text-align:right}
th,td{padding:8px 16px 8px 0;border-bottom:1px solid #1c2631}</style>
<h1>${escape(title)}</h1>
<p>${health.ok ? "Everything is within its bounds." : "Something has reached its bound; see below."} Version ${escape(health.version)}, ${new Date(health.at).toISOString()}.</p>
<table><thead><tr><th>Figure</th><td>Now</td><td>Bound</td></tr></thead><tbody>${rows.join("")}</tbody></table></html>`;
}

function show({ value, unit }: HealthFigure): string {
  const text =
    typeof value === "number"
      ? value.toLocaleString("en", { maximumFractionDigits: 1 })
      : typeof value === "boolean"
        ? value
          ? "yes"
          : "no"
        : value;
  return unit === undefined ? text : `${text} ${unit}`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
