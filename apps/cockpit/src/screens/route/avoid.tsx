import { Chip, type IconName } from "@caravan/ui";
import type { AvoidClass } from "@caravan/link";
import type { ReactElement } from "react";
import { useSay, type Say } from "../../words/words.ts";

/** Kinds of road one may want to keep away from. */
export const avoidable: readonly { readonly kind: AvoidClass; readonly icon: IconName }[] = [
  { kind: "toll", icon: "toll" },
  { kind: "motorway", icon: "motorway" },
  { kind: "ferry", icon: "ferry" },
];

export const avoidWord = (say: Say, kind: AvoidClass): string =>
  ({ toll: say.avoidToll, motorway: say.avoidMotorway, ferry: say.avoidFerry })[kind];

/** The list with one kind more or less. */
export const toggled = (avoid: readonly AvoidClass[], kind: AvoidClass): AvoidClass[] =>
  avoid.includes(kind) ? avoid.filter((each) => each !== kind) : [...avoid, kind];

export function Avoid(props: {
  readonly avoid: readonly AvoidClass[];
  readonly onChange: (avoid: AvoidClass[]) => void;
}): ReactElement {
  const say = useSay();
  return (
    <div className="avoid" role="group" aria-label={say.avoid}>
      {avoidable.map(({ kind, icon }) => (
        <Chip
          key={kind}
          icon={icon}
          label={avoidWord(say, kind)}
          pressed={props.avoid.includes(kind)}
          onPress={() => props.onChange(toggled(props.avoid, kind))}
        />
      ))}
    </div>
  );
}
