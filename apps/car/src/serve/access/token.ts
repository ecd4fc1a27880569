import { createPublicKey, sign, verify } from "node:crypto";
import type { KeyObject } from "node:crypto";
import Type from "typebox";
import type { Static } from "typebox";
import { Value } from "typebox/value";

/** What a token says of its bearer (RFC 7519, RFC 9068); times are seconds since 1970. */
const Claims = Type.Object({
  exp: Type.Number(),
  nbf: Type.Optional(Type.Number()),
  aud: Type.Union([Type.String(), Type.Array(Type.String(), { maxItems: 16 })]),
  /** Kuksa's words. */
  scope: Type.Optional(Type.String({ maxLength: 16_000 })),
  /** VISS's own list of signals (Core, "Access Token"); the short name of a purpose needs a list of purposes, which a car does not have. */
  scp: Type.Optional(
    Type.Array(
      Type.Object({
        path: Type.String({ maxLength: 400 }),
        access_permission: Type.Union([Type.Literal("read-only"), Type.Literal("read-write")]),
      }),
      { maxItems: 256 },
    ),
  ),
  jti: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
  /** The one vehicle it is for. */
  vin: Type.Optional(Type.String()),
});
export type Claims = Static<typeof Claims>;

const Header = Type.Object({ alg: Type.String(), crit: Type.Optional(Type.Unknown()) });

/** Whom a token must be meant for: as Kuksa's databroker asks, or as VISS says. */
export const audience = "kuksa.val";
const audiences = [audience, "w3.org/VISSv2", "covesa.global/VISSv3"];

const longestToken = 16_000;
/** Clocks differ (VISS version 2, Core, "Access Control Server": tens of seconds). */
export const leewaySeconds = 30;

export type TokenOutcome =
  | { readonly kind: "valid"; readonly claims: Claims }
  | { readonly kind: "refused"; readonly why: "expired" | "invalid" };

const invalid: TokenOutcome = { kind: "refused", why: "invalid" };

/**
 * Checks a JSON Web Token against the car's own key: signature, audience, times. The key alone decides the algorithm (RSA: RS256, P-256:
 * ES256, Ed25519: EdDSA), so neither "none" nor a shared secret is ever taken.
 */
export function verifyToken(text: string, key: KeyObject, nowMs: number): TokenOutcome {
  if (text.length > longestToken) return invalid;
  const [head, body, signature, more] = text.split(".");
  if (head === undefined || body === undefined || signature === undefined || more !== undefined) return invalid;
  const header = jsonOf(head);
  const algorithm = algorithmOf(key);
  if (!Value.Check(Header, header) || header.crit !== undefined || header.alg !== algorithm?.name) return invalid;
  const signed = Buffer.from(`${head}.${body}`);
  if (!verify(algorithm.hash, signed, algorithm.with(key), Buffer.from(signature, "base64url"))) return invalid;
  const claims = jsonOf(body);
  if (!Value.Check(Claims, claims) || ![claims.aud].flat().some((one) => audiences.includes(one))) return invalid;
  const now = nowMs / 1_000;
  if (claims.nbf !== undefined && now < claims.nbf - leewaySeconds) return invalid;
  return now > claims.exp + leewaySeconds ? { kind: "refused", why: "expired" } : { kind: "valid", claims };
}

/** Makes a token; `key` is the private half of what `verifyToken` gets. */
export function signToken(claims: Claims, key: KeyObject): string {
  const algorithm = algorithmOf(createPublicKey(key));
  if (algorithm === undefined) throw new TypeError("tokens are signed with RSA, P-256 or Ed25519 keys");
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: algorithm.name, typ: "at+jwt" })}.${part(claims)}`;
  return `${text}.${sign(algorithm.hash, Buffer.from(text), algorithm.with(key)).toString("base64url")}`;
}

type KeyUse = KeyObject | { readonly key: KeyObject; readonly dsaEncoding: "ieee-p1363" };
interface Algorithm {
  readonly name: string;
  readonly hash: string | null;
  readonly with: (key: KeyObject) => KeyUse;
}

function algorithmOf(key: KeyObject): Algorithm | undefined {
  const plain = (own: KeyObject): KeyUse => own;
  if (key.asymmetricKeyType === "rsa") return { name: "RS256", hash: "sha256", with: plain };
  if (key.asymmetricKeyType === "ed25519") return { name: "EdDSA", hash: null, with: plain };
  const isP256 = key.asymmetricKeyType === "ec" && key.asymmetricKeyDetails?.namedCurve === "prime256v1";
  // RFC 7518, section 3.4: both numbers side by side.
  return isP256
    ? { name: "ES256", hash: "sha256", with: (own) => ({ key: own, dsaEncoding: "ieee-p1363" }) }
    : undefined;
}

function jsonOf(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}
