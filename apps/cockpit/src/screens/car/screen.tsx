import { Segmented, Sheet } from "@caravan/ui";
import { useState, type ReactElement } from "react";
import { useCarState, useIsRestricted } from "../../car/context.tsx";
import type { SheetFrame } from "../../shell/sheet-frame.ts";
import { useSay } from "../../words/words.ts";
import { BodyPage } from "./body.tsx";
import { ClimatePage } from "./climate.tsx";
import { DrivePage } from "./drive.tsx";
import { EnergyPage } from "./energy.tsx";
import { SimulationPage } from "./simulation.tsx";

type Page = "body" | "climate" | "driving" | "power";

/** The car itself: its body, its air, how it drives and what it has left. */
export function CarScreen(props: { readonly frame: SheetFrame; readonly onHandDrive: () => void }): ReactElement {
  const say = useSay();
  const isRestricted = useIsRestricted();
  const isSimulated = useCarState((state) => state.car?.simulated === true && state.journey.kind !== "replay");
  const [page, setPage] = useState<Page>("body");
  const [wantsSimulation, setWantsSimulation] = useState(false);
  if (wantsSimulation && isSimulated) {
    return <SimulationPage frame={props.frame} onBack={() => setWantsSimulation(false)} />;
  }
  return (
    <Sheet {...props.frame} title={say.car} closeLabel={say.close}>
      <Segmented
        label={say.car}
        choices={(["body", "climate", "driving", "power"] as const).map((value) => ({ value, label: say[value] }))}
        value={page}
        onChange={setPage}
      />
      <div className="car-page">
        {page === "body" ? <BodyPage isRestricted={isRestricted} /> : null}
        {page === "climate" ? <ClimatePage isRestricted={isRestricted} /> : null}
        {page === "driving" ? (
          <DrivePage
            isRestricted={isRestricted}
            isSimulated={isSimulated}
            onHandDrive={props.onHandDrive}
            onSimulation={() => setWantsSimulation(true)}
          />
        ) : null}
        {page === "power" ? <EnergyPage isRestricted={isRestricted} /> : null}
      </div>
    </Sheet>
  );
}
