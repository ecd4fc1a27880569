import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from "node:crypto";

/** A fresh P-256 key (PKCS #8, PEM). */
export function makeKey(): string {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return privateKey.export({ format: "pem", type: "pkcs8" }).toString();
}

/**
 * A certificate request (PKCS #10, RFC 2986, PEM) for this key, signed by it. Its subject is always the same: the cloud decides the name.
 * Written out here because a library for certificates would cost every car 15 MB for three hundred bytes.
 */
export function makeRequest(key: string): string {
  const own = createPrivateKey(key);
  const info = sequence(
    der(tags.integer, Buffer.of(0)),
    sequence(der(tags.set, sequence(commonName, der(tags.utf8, Buffer.from("car"))))),
    createPublicKey(own).export({ format: "der", type: "spki" }),
    noAttributes,
  );
  // The leading byte tells how many bits of the last one do not count.
  const signature = der(tags.bits, Buffer.concat([Buffer.of(0), sign("sha256", info, own)]));
  const request = sequence(info, sequence(ecdsaWithSha256), signature).toString("base64");
  return `-----BEGIN CERTIFICATE REQUEST-----\n${request.replace(/.{64}(?!$)/g, "$&\n")}\n-----END CERTIFICATE REQUEST-----\n`;
}

/** Tags of X.690. */
const tags = { integer: 0x02, bits: 0x03, objectId: 0x06, utf8: 0x0c, sequence: 0x30, set: 0x31 } as const;

/** One value with its tag and length (X.690, 8.1). */
function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length >= 0x1_0000) throw new RangeError("a certificate request is never that long");
  const head =
    length < 0x80 ? [tag, length] : length < 0x100 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(tags.sequence, Buffer.concat(parts));

/** 2.5.4.3 */
const commonName = der(tags.objectId, Buffer.of(0x55, 0x04, 0x03));
/** 1.2.840.10045.4.3.2 */
const ecdsaWithSha256 = der(tags.objectId, Buffer.of(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
/** `attributes [0] IMPLICIT SET OF`, without any. */
const noAttributes = der(0xa0, Buffer.alloc(0));
