import type { CloudClient } from "@caravan/link";
import { Icon, TasteScreen, useNow, useScreen, useWords, type IconName, type Taste } from "@caravan/ui";
import { lazy, Suspense, useSyncExternalStore, type ReactElement } from "react";
import { goTo, useAddress, writeAddress, type Address } from "./address.ts";
import { FleetPage } from "./pages/fleet/page.tsx";
import { SettingsPage } from "./pages/settings/page.tsx";
import { words } from "./words/words.ts";

const VehiclePage = lazy(async () => ({ default: (await import("./pages/vehicle/page.tsx")).VehiclePage }));

/** Brings the car's whole vocabulary along, so it is loaded when it is wanted. */
const CampaignsPage = lazy(async () => ({ default: (await import("./pages/campaigns/page.tsx")).CampaignsPage }));

/** The whole console: sections on the left, one page at a time beside them. */
export function App(props: { readonly cloud: CloudClient }): ReactElement {
  return (
    <TasteScreen screen="console" tasteKey="caravan-console-taste">
      {(taste, onTaste) => <Frame cloud={props.cloud} taste={taste} onTaste={onTaste} />}
    </TasteScreen>
  );
}

function Frame(props: {
  readonly cloud: CloudClient;
  readonly taste: Taste;
  readonly onTaste: (taste: Taste) => void;
}): ReactElement {
  const { cloud } = props;
  const say = useWords(words);
  const address = useAddress();
  const state = useSyncExternalStore(cloud.subscribe, cloud.state);
  return (
    <div className="console">
      <nav className="console-nav" aria-label={say.navigation}>
        <p className="console-brand">
          <img src="/console/icon.svg" alt="" width="28" height="28" />
          <span>Caravan</span>
        </p>
        <Section
          to={{ page: "fleet", vehicle: undefined }}
          icon="car"
          label={say.fleet}
          isHere={address.page === "fleet" || address.page === "vehicle"}
        />
        <Section
          to={{ page: "campaigns", campaign: undefined }}
          icon="send"
          label={say.campaigns}
          isHere={address.page === "campaigns"}
        />
        <Section to={{ page: "settings" }} icon="settings" label={say.settings} isHere={address.page === "settings"} />
        <Connection connection={state.connection} since={state.since} />
      </nav>
      {state.connection === "signed-out" && address.page !== "settings" ? (
        <main className="console-page console-signed-out">
          <SignedOut />
        </main>
      ) : address.page === "fleet" ? (
        <FleetPage cloud={cloud} state={state} selected={address.vehicle} />
      ) : address.page === "vehicle" ? (
        <Suspense fallback={<main className="console-page" />}>
          <VehiclePage key={address.vehicle} cloud={cloud} state={state} address={address} />
        </Suspense>
      ) : address.page === "campaigns" ? (
        <Suspense fallback={<main className="console-page" />}>
          <CampaignsPage cloud={cloud} state={state} selected={address.campaign} />
        </Suspense>
      ) : (
        <SettingsPage
          taste={props.taste}
          onTaste={props.onTaste}
          me={state.me}
          onSignOut={state.connection === "signed-out" ? undefined : () => void cloud.signOut()}
        />
      )}
    </div>
  );
}

function SignedOut(): ReactElement {
  const say = useWords(words);
  return (
    <>
      <Icon name="lock" size="32px" />
      <h1>{say.signedOut}</h1>
      <p className="console-quiet">{say.signedOutText}</p>
      <code>npm run signin</code>
      <p className="console-quiet">{say.signedOutThen}</p>
    </>
  );
}

function Section(props: {
  readonly to: Address;
  readonly icon: IconName;
  readonly label: string;
  readonly isHere: boolean;
}): ReactElement {
  return (
    <a
      className="console-section"
      href={writeAddress(props.to)}
      aria-current={props.isHere ? "page" : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        goTo(props.to);
      }}
    >
      <Icon name={props.icon} />
      {props.label}
    </a>
  );
}

function Connection(props: { readonly connection: string; readonly since: number }): ReactElement | null {
  const say = useWords(words);
  const { formats } = useScreen();
  const now = useNow();
  if (props.connection === "signed-out" || props.connection === "connecting") return null;
  const isLive = props.connection === "live";
  const age = now - props.since < 10_000 ? say.momentAgo : formats.age(props.since, now);
  return (
    <p className="console-connection" data-live={isLive} role="status">
      {isLive ? say.live : say.lost({ age })}
    </p>
  );
}
