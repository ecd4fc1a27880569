import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";

/** Draws a value that holds until the next one. */
export const stepped: uPlot.Series.PathBuilder = (plot, series, first, last) =>
  uPlot.paths.stepped?.({ align: 1 })(plot, series, first, last) ?? null;

/** The drawing engine is a chunk of its own, loaded with the first chart. */
export function drawChart(element: HTMLElement, options: uPlot.Options, data: uPlot.AlignedData): uPlot {
  return new uPlot(options, data, element);
}
