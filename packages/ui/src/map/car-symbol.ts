const svg = "http://www.w3.org/2000/svg";

/** The car over the map, as an element: it moves with the camera's own frame and is always sharp. */
export class CarSymbol {
  readonly #element: HTMLElement;
  #shown = true;
  #transform = "";

  constructor(parent: HTMLElement) {
    const element = document.createElement("div");
    element.className = "ui-map-car";
    const drawing = document.createElementNS(svg, "svg");
    drawing.setAttribute("viewBox", "-50 -50 100 100");
    for (const [name, shape] of [
      ["halo", "M0-46A46 46 0 1 1 0 46A46 46 0 1 1 0-46Z"],
      ["ring", "M0-41A41 41 0 1 1 0 41A41 41 0 1 1 0-41Z"],
      ["body", "M0-25 20 22C21 24.5 18.5 27 16 25.7L0 17-16 25.7C-18.5 27-21 24.5-20 22Z"],
    ] as const) {
      const path = document.createElementNS(svg, "path");
      path.setAttribute("class", name);
      path.setAttribute("d", shape);
      drawing.append(path);
    }
    element.append(drawing);
    parent.append(element);
    this.#element = element;
    this.show(false);
  }

  show(shown: boolean): void {
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#element.hidden = !shown;
  }

  /** Drawn with a broken ring while the car only reckons where it is, and grey once it does not know. */
  setCertainty(certainty: "sure" | "reckoned" | "lost"): void {
    this.#element.dataset["certainty"] = certainty;
  }

  /** CSS pixels in the map; `turn` in degrees from up, `pitch` of the camera in degrees. */
  place(x: number, y: number, turn: number, pitch: number): void {
    const transform = `translate(${x.toFixed(1)}px,${y.toFixed(1)}px) perspective(600px) rotateX(${(pitch * 0.8).toFixed(0)}deg) rotateZ(${turn.toFixed(1)}deg)`;
    if (transform === this.#transform) return;
    this.#transform = transform;
    this.#element.style.transform = transform;
  }

  remove(): void {
    this.#element.remove();
  }
}
