import { useSyncExternalStore } from "react";

/** Where in the console we are; every place has an address of its own that can be kept and sent. */
export type Address =
  | { readonly page: "fleet"; readonly vehicle: string | undefined }
  /** One car, whole; `signals` are those to draw over time. */
  | {
      readonly page: "vehicle";
      readonly vehicle: string;
      readonly view: VehicleView;
      readonly signals?: readonly string[];
    }
  /** A campaign's id, or "new". */
  | { readonly page: "campaigns"; readonly campaign: string | undefined }
  | { readonly page: "settings" };

/** What there is to see of one car, in the order of the tabs. */
export const vehicleViews = ["signals", "charts", "trips", "sources", "link"] as const;
export type VehicleView = (typeof vehicleViews)[number];

const base = "/console/";

/** `search` as the browser tells it, with its question mark or empty. */
export function readAddress(path: string, search = ""): Address {
  const [page = "", name = "", wanted = ""] = path.slice(base.length).split("/");
  const one = name === "" ? undefined : decodeURIComponent(name);
  if (page === "settings") return { page: "settings" };
  if (page === "campaigns") return { page: "campaigns", campaign: one };
  const view = vehicleViews.find((each) => each === wanted);
  if (page === "fleet" && one !== undefined && view !== undefined) {
    const signals = new URLSearchParams(search).get("signals")?.split(",");
    return { page: "vehicle", vehicle: one, view, ...(signals === undefined ? {} : { signals }) };
  }
  return { page: "fleet", vehicle: page === "fleet" ? one : undefined };
}

export function writeAddress(address: Address): string {
  if (address.page === "settings") return `${base}settings`;
  if (address.page === "vehicle") {
    const path = `${base}fleet/${encodeURIComponent(address.vehicle)}/${address.view}`;
    return address.signals === undefined
      ? path
      : `${path}?signals=${address.signals.map(encodeURIComponent).join(",")}`;
  }
  if (address.page === "campaigns") {
    return address.campaign === undefined
      ? `${base}campaigns`
      : `${base}campaigns/${encodeURIComponent(address.campaign)}`;
  }
  return address.vehicle === undefined ? `${base}fleet` : `${base}fleet/${encodeURIComponent(address.vehicle)}`;
}

const changed = "caravan-address";

export function goTo(address: Address): void {
  const path = writeAddress(address);
  if (path === location.pathname + location.search) return;
  history.pushState(undefined, "", path);
  dispatchEvent(new Event(changed));
}

function subscribe(listener: () => void): () => void {
  addEventListener("popstate", listener);
  addEventListener(changed, listener);
  return () => {
    removeEventListener("popstate", listener);
    removeEventListener(changed, listener);
  };
}

export function useAddress(): Address {
  useSyncExternalStore(subscribe, () => location.pathname + location.search);
  return readAddress(location.pathname, location.search);
}
