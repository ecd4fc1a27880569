import { isIP } from "node:net";

export interface Visitor {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** `Sec-Fetch-Site`, which no page can forge. */
  readonly fetchSite: string | undefined;
}

/**
 * May this request be answered at all? A name that is not ours in `Host` is a page whose name was pointed at this
 * machine (DNS rebinding), so only `localhost`, bare addresses, and the names in `ownNames` are served.
 */
export function isOwnHost(host: string | undefined, ownNames: readonly string[]): boolean {
  const name = hostName(host);
  if (name === undefined) return false;
  return name === "localhost" || name.endsWith(".localhost") || isIP(name) !== 0 || ownNames.includes(name);
}

/**
 * Does a page of another origin ask? Tools send no Origin and are no pages; for browsers the Origin must be the very
 * address the request went to, so that neither a web site nor another car's page on another port commands this car.
 */
export function isForeign(visitor: Visitor): boolean {
  if (visitor.origin === undefined) return visitor.fetchSite === "cross-site" || visitor.fetchSite === "same-site";
  return visitor.host === undefined || visitor.origin.replace(/^https?:\/\//, "") !== visitor.host;
}

function hostName(host: string | undefined): string | undefined {
  if (host === undefined) return undefined;
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]/@]+))(?::\d{1,5})?$/.exec(host);
  return (match?.[1] ?? match?.[2])?.toLowerCase();
}
