import type { LayerSpecification } from "maplibre-gl";

/** The part of the engine that changes a living layer. */
export interface Wardrobe {
  setPaintProperty(layer: string, name: string, value: unknown): unknown;
  setLayoutProperty(layer: string, name: string, value: unknown): unknown;
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Changes the living layers to the new ones where they differ; both lists have the same layers in the same order. */
export function restyle(
  engine: Wardrobe,
  before: readonly LayerSpecification[],
  after: readonly LayerSpecification[],
): void {
  for (const [index, layer] of after.entries()) {
    const paint = new Map<string, unknown>(Object.entries(before[index]?.paint ?? {}));
    const layout = new Map<string, unknown>(Object.entries(before[index]?.layout ?? {}));
    for (const [name, value] of Object.entries(layer.paint ?? {})) {
      if (!same(paint.get(name), value)) engine.setPaintProperty(layer.id, name, value);
    }
    for (const [name, value] of Object.entries(layer.layout ?? {})) {
      if (!same(layout.get(name), value)) engine.setLayoutProperty(layer.id, name, value);
    }
  }
}
