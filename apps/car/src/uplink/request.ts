// @peculiar/x509 dies at import unless this stands before it.
import "reflect-metadata";
import { createPrivateKey, createPublicKey, webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

/** A fresh P-256 key (PKCS #8, PEM). */
export async function makeKey(): Promise<string> {
  const { privateKey } = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", privateKey), "PRIVATE KEY");
}

/** A certificate request (PKCS #10, PEM) for this key, signed by it. Its subject says nothing: the cloud decides the name. */
export async function makeRequest(key: string): Promise<string> {
  const own = createPrivateKey(key);
  const privateDer = own.export({ format: "der", type: "pkcs8" });
  const publicDer = createPublicKey(own).export({ format: "der", type: "spki" });
  const keys = {
    privateKey: await webcrypto.subtle.importKey("pkcs8", privateDer, algorithm, false, ["sign"]),
    publicKey: await webcrypto.subtle.importKey("spki", publicDer, algorithm, true, ["verify"]),
  };
  const request = await x509.Pkcs10CertificateRequestGenerator.create(
    { name: "CN=car", keys, signingAlgorithm: algorithm },
    webcrypto,
  );
  return request.toString("pem");
}
