import type { CloudClient, CloudState } from "@caravan/link";
import {
  EmptyState,
  keepTaste,
  readTaste,
  ScreenProvider,
  Skeleton,
  useDeviceLook,
  useWords,
  type Taste,
} from "@caravan/ui";
import { useState, useSyncExternalStore, type ReactElement } from "react";
import { CarScreen } from "./car/screen.tsx";
import { SettingsScreen } from "./settings/screen.tsx";
import { words } from "./words/words.ts";

const tasteKey = "caravan-phone-taste";

/** The whole phone: dressed by the owner's taste, showing one car. */
export function App(props: { readonly cloud: CloudClient }): ReactElement {
  const [taste, setTaste] = useState(() => readTaste(tasteKey));
  const deviceLook = useDeviceLook();
  const change = (next: Taste) => {
    setTaste(next);
    keepTaste(tasteKey, next);
  };
  return (
    <ScreenProvider
      screen="phone"
      look={taste.look === "device" ? deviceLook : taste.look}
      language={taste.language}
      units={taste.units}
    >
      <Pages cloud={props.cloud} taste={taste} onTaste={change} />
    </ScreenProvider>
  );
}

function Pages(props: {
  readonly cloud: CloudClient;
  readonly taste: Taste;
  readonly onTaste: (taste: Taste) => void;
}): ReactElement {
  const { cloud } = props;
  const { connection, fleet } = useSyncExternalStore(cloud.subscribe, cloud.state);
  const [page, setPage] = useState<"car" | "settings">("car");
  const [chosen, setChosen] = useState<string>();

  if (page === "settings") {
    return (
      <SettingsScreen
        taste={props.taste}
        onTaste={props.onTaste}
        onSignOut={connection === "signed-out" ? undefined : () => void cloud.signOut()}
        onClose={() => setPage("car")}
      />
    );
  }
  if (connection === "signed-out") return <SignedOut />;
  const vehicles = [...(fleet?.values() ?? [])].toSorted((a, b) => a.name.localeCompare(b.name));
  const vehicle = vehicles.find((one) => one.vehicle === chosen) ?? vehicles[0];
  if (vehicle === undefined) {
    return (
      <main className="phone-page">
        <NoCar connection={connection} isKnown={fleet !== undefined} />
      </main>
    );
  }
  return (
    <CarScreen
      vehicle={vehicle}
      others={vehicles}
      onChoose={setChosen}
      lost={connection === "lost"}
      cloud={cloud}
      onSettings={() => setPage("settings")}
    />
  );
}

/** `isKnown`: the cloud has told which cars there are. */
function NoCar(props: { readonly connection: CloudState["connection"]; readonly isKnown: boolean }): ReactElement {
  const say = useWords(words);
  if (props.connection === "lost") return <EmptyState icon="offline" title={say.connecting} text={say.failed} />;
  if (props.isKnown) {
    return <EmptyState icon="car" title={say.noCar} text={say.noCarText} />;
  }
  return <Skeleton label={say.connecting} rows={5} />;
}

function SignedOut(): ReactElement {
  const say = useWords(words);
  return (
    <main className="phone-page phone-signed-out">
      <EmptyState icon="lock" title={say.signedOut} text={say.signedOutText} />
      <code>npm run signin</code>
    </main>
  );
}
