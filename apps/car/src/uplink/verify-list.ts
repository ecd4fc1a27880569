import { verify, X509Certificate } from "node:crypto";
import { decodeSignedList, signedBytes } from "@caravan/link/campaigns";
import type { CampaignList } from "@caravan/link/campaigns";

export type VerifiedList =
  | { readonly kind: "list"; readonly list: CampaignList }
  | { readonly kind: "refused"; readonly why: "unreadable" | "signature" | "other-vehicle" };

/** The list of campaigns in a message, if the authority that this car has joined signed it, for this car. */
export function verifyList(
  message: Uint8Array,
  identity: { readonly vehicle: string; readonly ca: string },
): VerifiedList {
  const decoded = decodeSignedList(message);
  if (decoded === undefined) return { kind: "refused", why: "unreadable" };
  const { signed, list } = decoded;
  if (!isSignedBy(identity.ca, signed.list, signed.signature)) return { kind: "refused", why: "signature" };
  return list.vehicle === identity.vehicle ? { kind: "list", list } : { kind: "refused", why: "other-vehicle" };
}

function isSignedBy(ca: string, list: string, signature: string): boolean {
  try {
    const key = { key: new X509Certificate(ca).publicKey, dsaEncoding: "ieee-p1363" } as const;
    return verify("sha256", signedBytes(list), key, Buffer.from(signature, "base64"));
  } catch {
    return false;
  }
}
