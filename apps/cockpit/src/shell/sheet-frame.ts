/** What every sheet gets from the shell: on which side it lies and how it goes. */
export interface SheetFrame {
  readonly side: "left" | "right";
  readonly onClose: () => void;
}
