export type PortraitSide = "left" | "right";
export type PortraitCorner = "frontLeft" | "frontRight" | "rearLeft" | "rearRight";

export const sides: readonly PortraitSide[] = ["left", "right"];

export const body =
  "M120 40C163 40 184 54 189 98c3 28 4 78 4 142 0 80 0 122-5 160-4 32-29 44-68 44s-64-12-68-44c-5-38-5-80-5-160 0-64 1-114 4-142C56 54 77 40 120 40Z";

export const glass = [
  "M64 172C80 150 160 150 176 172L163 206C148 198 92 198 77 206Z",
  "M73 332C90 340 150 340 167 332L173 368C156 382 84 382 67 368Z",
] as const;

/** The roof, which shows the battery as if one could see through to the floor. */
export const batteryBox =
  "M80 213C93 207 147 207 160 213c3 1 4 3 4 6v100c0 3-1 5-4 6-13 5-67 5-80 0-3-1-4-3-4-6V219c0-3 1-5 4-6Z";

/** Of the car's left side; the right is its mirror image. */
export const windowShapes = {
  front: "M58 184 71 213v48H56c0-28 0-54 2-77Z",
  rear: "M56 267h15v54l-10 24c-4-22-5-50-5-78Z",
} as const;

export const hinges = { front: { x: 48, y: 186 }, rear: { x: 47, y: 266 } } as const;

/** From its hinge backwards. */
export const door = "M0 0C-2 22-2 50-1 74c0 3 6 3 6 0C4 50 4 22 5 0 5-3 0-3 0 0Z";
