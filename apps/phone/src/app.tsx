import type { CloudClient } from "@caravan/link";
import { EmptyState, Skeleton, TasteScreen, useWords, type Taste } from "@caravan/ui";
import { useEffect, useState, useSyncExternalStore, type ReactElement } from "react";
import { CarScreen } from "./car/screen.tsx";
import type { CarMemory } from "./kept/car-memory.ts";
import { SettingsScreen } from "./settings/screen.tsx";
import { SignedOutScreen } from "./signed-out/screen.tsx";
import { words } from "./words/words.ts";

// So long a phone waits for the cloud before it shows what it knew last.
const patienceMs = 3_000;

/** The whole phone: dressed by the owner's taste, showing one car. */
export function App(props: { readonly cloud: CloudClient; readonly memory: CarMemory }): ReactElement {
  return (
    <TasteScreen screen="phone" tasteKey="caravan-phone-taste">
      {(taste, onTaste) => <Pages cloud={props.cloud} memory={props.memory} taste={taste} onTaste={onTaste} />}
    </TasteScreen>
  );
}

function Pages(props: {
  readonly cloud: CloudClient;
  readonly memory: CarMemory;
  readonly taste: Taste;
  readonly onTaste: (taste: Taste) => void;
}): ReactElement {
  const { cloud, memory } = props;
  const { connection, fleet } = useSyncExternalStore(cloud.subscribe, cloud.state);
  const isOutOfPatience = usePatience();
  const [page, setPage] = useState<"car" | "settings">("car");
  const [chosen, setChosen] = useState(() => memory.last()?.chosen);
  const openSettings = () => setPage("settings");

  if (page === "settings") {
    return (
      <SettingsScreen
        taste={props.taste}
        onTaste={props.onTaste}
        onSignOut={connection === "signed-out" ? undefined : () => cloud.signOut()}
        onClose={() => setPage("car")}
      />
    );
  }
  if (connection === "signed-out") return <SignedOutScreen cloud={cloud} onSettings={openSettings} />;
  const isCutOff = connection === "lost" || (connection === "connecting" && isOutOfPatience);
  const known = fleet === undefined && isCutOff ? memory.last()?.vehicles : [...(fleet?.values() ?? [])];
  const vehicles = (known ?? []).toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  const vehicle = vehicles.find((one) => one.vehicle === chosen) ?? vehicles[0];
  if (vehicle === undefined) {
    return (
      <main className="phone-page">
        <NoCar isCutOff={isCutOff} isKnown={fleet !== undefined} onSettings={openSettings} />
      </main>
    );
  }
  return (
    <CarScreen
      vehicle={vehicle}
      others={vehicles}
      onChoose={(id) => {
        setChosen(id);
        memory.choose(id);
      }}
      isCutOff={isCutOff}
      cloud={cloud}
      onSettings={openSettings}
    />
  );
}

function usePatience(): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  return isOver;
}

/** `isKnown`: the cloud has told which cars there are. */
function NoCar(props: {
  readonly isCutOff: boolean;
  readonly isKnown: boolean;
  readonly onSettings: () => void;
}): ReactElement {
  const say = useWords(words);
  if (!props.isKnown && !props.isCutOff) return <Skeleton label={say.connecting} rows={6} />;
  const settings = { label: say.settings, onPress: props.onSettings };
  return (
    <div className="phone-middle">
      {props.isKnown ? (
        <EmptyState icon="car" title={say.noCar} text={say.noCarText} action={settings} />
      ) : (
        <EmptyState icon="offline" title={say.notReached} text={say.notReachedText} action={settings} />
      )}
    </div>
  );
}
