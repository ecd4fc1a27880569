/** One line of the health page: a figure, and the bound it must stay under where it has one. */
export interface HealthFigure {
  readonly name: string;
  readonly value: number | string | boolean;
  readonly unit?: string;
  readonly bound?: number;
}

/** How the car computer is. `ok` is false as soon as a figure has reached its bound. */
export interface Health {
  readonly ok: boolean;
  readonly version: string;
  /** UTC, milliseconds since 1970. */
  readonly at: number;
  readonly figures: readonly HealthFigure[];
}

export function judge(version: string, at: number, figures: readonly HealthFigure[]): Health {
  const ok = figures.every(({ value, bound }) => bound === undefined || typeof value !== "number" || value <= bound);
  return { ok, version, at, figures };
}
