/** What the rear camera sees, in the car's own frame: x forward, y left, metres, origin on the ground below the rear axle. */
export interface RearScene {
  readonly surfaces: readonly { readonly kind: "road" | "kerb" | "marking"; readonly points: readonly number[] }[];
  readonly boxes: readonly SceneBox[];
  /** Radians at the front wheels, left positive. */
  readonly steering: number;
  /** Metres from rear bumper to the nearest thing in the way, if any within range. */
  readonly clearance?: number;
  readonly wheelbase: number;
  readonly width: number;
}

export interface SceneBox {
  readonly kind: "car" | "wall";
  /** Centre of the box. */
  readonly x: number;
  readonly y: number;
  /** Radians, counter-clockwise from the car's own forward. */
  readonly heading: number;
  readonly length: number;
  readonly width: number;
  readonly height: number;
}
