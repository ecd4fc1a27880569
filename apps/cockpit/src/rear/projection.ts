/** A point on the glass in pixels; `depth` is metres from the camera along its axis. */
export interface GlassPoint {
  readonly x: number;
  readonly y: number;
  readonly depth: number;
}

/** A camera above the rear bumper, looking back and down. Angles in radians, lengths in metres. */
export interface RearCamera {
  /** In the car's frame: x forward from the rear axle, so negative behind it. */
  readonly x: number;
  readonly height: number;
  /** Downwards. */
  readonly pitch: number;
  /** Whole horizontal angle of view. */
  readonly fieldOfView: number;
}

/** Metres from the rear axle to the bumper; a mid-size car's overhang. */
export const rearOverhang = 0.85;

export const rearCamera: RearCamera = { x: -rearOverhang, height: 1.05, pitch: 0.42, fieldOfView: 1.9 };

/** Nearer than this, a point has no place on the glass. */
const nearest = 0.15;

export interface Lens {
  /** A point of the car's frame (x forward, y left, z up) in front of the near plane, or undefined behind it. */
  project(x: number, y: number, z: number): GlassPoint | undefined;
  /** A flat polygon at height `z`, cut at the near plane; fewer than three points mean that nothing of it is in sight. */
  polygon(points: readonly number[], z: number): GlassPoint[];
}

/** Pinhole projection for a glass of `width` x `height` pixels, mirrored as every reversing camera is: the car's left is on the left. */
export function createLens(camera: RearCamera, width: number, height: number): Lens {
  const focal = width / 2 / Math.tan(camera.fieldOfView / 2);
  const cos = Math.cos(camera.pitch);
  const sin = Math.sin(camera.pitch);
  const middleX = width / 2;
  const middleY = height * 0.42;

  const depthOf = (x: number, z: number): number => (camera.x - x) * cos - (z - camera.height) * sin;
  const onGlass = (x: number, y: number, z: number): GlassPoint => {
    const depth = depthOf(x, z);
    const up = (camera.x - x) * sin + (z - camera.height) * cos;
    return { x: middleX - (focal * y) / depth, y: middleY - (focal * up) / depth, depth };
  };

  return {
    project: (x, y, z) => (depthOf(x, z) < nearest ? undefined : onGlass(x, y, z)),
    polygon: (points, z) => {
      const out: GlassPoint[] = [];
      const count = Math.floor(points.length / 2);
      for (let i = 0; i < count; i += 1) {
        const j = (i + 1) % count;
        const ax = points[2 * i] ?? 0;
        const ay = points[2 * i + 1] ?? 0;
        const bx = points[2 * j] ?? 0;
        const by = points[2 * j + 1] ?? 0;
        const a = depthOf(ax, z);
        const b = depthOf(bx, z);
        if (a >= nearest) out.push(onGlass(ax, ay, z));
        if (a >= nearest !== b >= nearest) {
          const t = (nearest - a) / (b - a);
          out.push(onGlass(ax + t * (bx - ax), ay + t * (by - ay), z));
        }
      }
      return out;
    },
  };
}

/** Where a point fixed to the car (`x`, `y` in its frame) is after the car has reversed `distance` metres on a circle set by `steering` (radians at the front wheels, left positive). Kinematic single-track model. */
export function reversed(
  x: number,
  y: number,
  car: { readonly steering: number; readonly wheelbase: number },
  distance: number,
): { readonly x: number; readonly y: number } {
  const curvature = Math.tan(car.steering) / car.wheelbase;
  const turn = -distance * curvature;
  const straight = Math.abs(curvature) < 1e-6;
  const axleX = straight ? -distance : Math.sin(turn) / curvature;
  const axleY = straight ? 0 : (1 - Math.cos(turn)) / curvature;
  return {
    x: axleX + Math.cos(turn) * x - Math.sin(turn) * y,
    y: axleY + Math.sin(turn) * x + Math.cos(turn) * y,
  };
}
