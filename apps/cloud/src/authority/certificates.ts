// @peculiar/x509 dies at import unless this stands before it.
import "reflect-metadata";
import { createPrivateKey, createPublicKey, webcrypto, X509Certificate as NodeCertificate } from "node:crypto";
import * as x509 from "@peculiar/x509";

export const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

/** A key and the certificate for it, both PEM; whoever holds `key` is the subject. */
export interface Credential {
  readonly key: string;
  readonly certificate: string;
}

/** An instant before which nothing was issued: tolerates a clock that is some minutes behind ours. */
const toleranceMs = 10 * 60_000;

export interface Validity {
  /** UTC ms. */
  readonly now: number;
  readonly days: number;
}

export function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
}

export async function keyToPem(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY");
}

export async function keyFromPem(pem: string): Promise<webcrypto.CryptoKey> {
  const der = createPrivateKey(pem).export({ format: "der", type: "pkcs8" });
  return webcrypto.subtle.importKey("pkcs8", der, algorithm, true, ["sign"]);
}

/** A certificate that signs others and nothing else (RFC 5280, 4.2.1.9). */
export async function selfSign(
  keys: webcrypto.CryptoKeyPair,
  name: string,
  serial: string,
  validity: Validity,
): Promise<string> {
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serial,
      name: `CN=${name}`,
      ...dates(validity),
      signingAlgorithm: algorithm,
      keys,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
      ],
    },
    webcrypto,
  );
  return certificate.toString("pem");
}

export interface LeafRequest {
  readonly commonName: string;
  readonly serial: string;
  readonly validity: Validity;
  readonly publicKey: webcrypto.CryptoKey;
  /** A leaf is for one side only, so that a car's certificate can never pose as the cloud. */
  readonly side: "client" | "server";
  /** Host names and addresses; server side only. */
  readonly names: readonly string[];
}

export async function signLeaf(
  ca: { certificate: string; key: webcrypto.CryptoKey },
  request: LeafRequest,
): Promise<string> {
  const issuer = new x509.X509Certificate(ca.certificate);
  const usage = request.side === "client" ? x509.ExtendedKeyUsage.clientAuth : x509.ExtendedKeyUsage.serverAuth;
  const names = request.names.map((value): x509.JsonGeneralName => ({ type: isAddress(value) ? "ip" : "dns", value }));
  const certificate = await x509.X509CertificateGenerator.create(
    {
      serialNumber: request.serial,
      subject: `CN=${request.commonName}`,
      issuer: issuer.subject,
      ...dates(request.validity),
      signingAlgorithm: algorithm,
      publicKey: request.publicKey,
      signingKey: ca.key,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([usage], true),
        ...(names.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(names)]),
      ],
    },
    webcrypto,
  );
  return certificate.toString("pem");
}

/**
 * The P-256 public key of a PKCS #10 request whose own signature proves that its sender holds the private key;
 * undefined for anything else. What the request says of its subject is not believed.
 */
export async function keyOfRequest(pem: string): Promise<webcrypto.CryptoKey | undefined> {
  try {
    const request = new x509.Pkcs10CertificateRequest(pem);
    const key = await request.publicKey.export(algorithm, ["verify"], webcrypto);
    return (await request.verify(webcrypto)) ? key : undefined;
  } catch {
    return undefined;
  }
}

/** Base64 of the key's SubjectPublicKeyInfo: the same key always gives the same text. */
export async function fingerprint(key: webcrypto.CryptoKey): Promise<string> {
  return Buffer.from(await webcrypto.subtle.exportKey("spki", key)).toString("base64");
}

/** Does the private key belong to the certificate, and is it good for at least `days` more? */
export function isUsable(credential: Credential, now: number, days: number): boolean {
  const certificate = new NodeCertificate(credential.certificate);
  const own = createPublicKey(createPrivateKey(credential.key)).export({ format: "der", type: "spki" });
  const named = certificate.publicKey.export({ format: "der", type: "spki" });
  return own.equals(named) && certificate.validToDate.getTime() > now + days * 86_400_000;
}

function dates({ now, days }: Validity): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(now - toleranceMs), notAfter: new Date(now + days * 86_400_000) };
}

function isAddress(name: string): boolean {
  return /^[0-9.]+$/.test(name) || name.includes(":");
}
