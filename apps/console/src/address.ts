import { useSyncExternalStore } from "react";

/** Where in the console we are; every place has an address of its own that can be kept and sent. */
export type Address =
  | { readonly page: "fleet"; readonly vehicle: string | undefined }
  /** A campaign's id, or "new". */
  | { readonly page: "campaigns"; readonly campaign: string | undefined }
  | { readonly page: "settings" };

const base = "/console/";

export function readAddress(path: string): Address {
  const [page = "", name = ""] = path.slice(base.length).split("/");
  const one = name === "" ? undefined : decodeURIComponent(name);
  if (page === "settings") return { page: "settings" };
  if (page === "campaigns") return { page: "campaigns", campaign: one };
  return { page: "fleet", vehicle: page === "fleet" ? one : undefined };
}

export function writeAddress(address: Address): string {
  if (address.page === "settings") return `${base}settings`;
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
  if (path === location.pathname) return;
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
  return readAddress(useSyncExternalStore(subscribe, () => location.pathname));
}
