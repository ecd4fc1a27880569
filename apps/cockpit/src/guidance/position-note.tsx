import { Icon } from "@caravan/ui";
import type { ReactElement } from "react";
import { useCarState } from "../car/context.tsx";
import { useSay } from "../words/words.ts";

/** Says it when the car only reckons where it is, or does not know. */
export function PositionNote(): ReactElement | null {
  const say = useSay();
  const position = useCarState((state) => state.position);
  const hasPosition = useCarState((state) => state.hasPosition);
  if (position === "satellites" || !hasPosition) return null;
  const isLost = position === "lost";
  return (
    <p
      className="card position-note"
      role="status"
      data-lost={isLost}
      aria-label={isLost ? say.positionLostLong : say.noSatellitesLong}
    >
      <Icon name="satellite" />
      <span>{isLost ? say.positionLost : say.noSatellites}</span>
    </p>
  );
}
