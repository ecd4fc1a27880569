import { isIP } from "node:net";
import { hostname } from "node:os";

export interface GatekeeperParts {
  /** What the server listens on, such as `localhost`. */
  readonly host: string;
  readonly publicUrl?: string | undefined;
}

export interface Gatekeeper {
  /** Whether the Host header names this server. A page that points its own name at our address (DNS rebinding) is turned away. */
  readonly knowsHost: (host: string | undefined) => boolean;
  /** Whether a request that changes something comes from one of our own pages, or from a program that is no browser. */
  readonly trustsOrigin: (headers: Readonly<Record<string, string | string[] | undefined>>) => boolean;
}

export function createGatekeeper({ host, publicUrl }: GatekeeperParts): Gatekeeper {
  const outside = publicUrl === undefined ? undefined : new URL(publicUrl);
  const names = new Set(["localhost", host.toLowerCase(), hostname().toLowerCase()]);
  if (outside !== undefined) names.add(outside.hostname.toLowerCase());
  const knowsHost = (given: string | undefined) => {
    const url = given === undefined ? null : URL.parse(`http://${given}`);
    if (url === null || url.host === "") return false;
    const name = url.hostname.toLowerCase();
    // Rebinding needs a name: an address that was typed cannot be pointed elsewhere.
    return names.has(name) || isIP(name.replace(/^\[|\]$/gu, "")) !== 0;
  };
  return {
    knowsHost,
    trustsOrigin(headers) {
      const site = headers["sec-fetch-site"];
      if (site !== undefined && site !== "same-origin" && site !== "none") return false;
      const origin = headers["origin"];
      if (origin === undefined) return true;
      if (outside !== undefined && origin === outside.origin) return true;
      // Another port of the same machine, the car computer for one, shares our cookies but is another origin.
      const from = URL.parse(origin.toString());
      return from !== null && from.host !== "" && from.host === headers["host"];
    },
  };
}

/** Headers of every answer. MapLibre needs workers from blobs; nothing else is let in from outside. */
export function securityHeaders(options: { readonly https: boolean; readonly styleHashes: readonly string[] }) {
  const policy = [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' ${options.styleHashes.join(" ")}`.trim(),
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "child-src 'self' blob:",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
  return {
    "content-security-policy": policy,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(self), payment=(), usb=()",
    ...(options.https ? { "strict-transport-security": "max-age=31536000" } : {}),
  };
}
