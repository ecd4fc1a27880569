import type { ReactElement } from "react";

/** What is known of the car's body, seen from above with the nose up: left is the car's own left. Undefined means not known, and is drawn so. */
export interface PortraitState {
  readonly doors?: Partial<Readonly<Record<"frontLeft" | "frontRight" | "rearLeft" | "rearRight", boolean>>>;
  readonly trunkOpen?: boolean;
  readonly hoodOpen?: boolean;
  readonly locked?: boolean;
  /** How far open, 0..100. */
  readonly windows?: Partial<Readonly<Record<"frontLeft" | "frontRight" | "rearLeft" | "rearRight", number>>>;
  readonly headlightsOn?: boolean;
  readonly highBeamOn?: boolean;
  readonly hazardOn?: boolean;
  readonly brakeLightsOn?: boolean;
  readonly charging?: boolean;
  /** Percent. */
  readonly charge?: number;
  readonly climateOn?: boolean;
  /** Is the driver on the left or on the right. */
  readonly driverSide?: "left" | "right";
}

/** The car drawn from its state; `label` says the same in words. Fills its parent, keeping its shape. */
export function Portrait(props: { readonly state: PortraitState; readonly label: string }): ReactElement {
  return <svg className="ui-portrait" viewBox="0 0 240 480" role="img" aria-label={props.label} />;
}
