import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";

/** The drawing engine is a chunk of its own, loaded with the first chart. */
export function drawChart(element: HTMLElement, options: uPlot.Options, data: uPlot.AlignedData): uPlot {
  return new uPlot(options, data, element);
}
