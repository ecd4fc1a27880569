import { createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** In a car's folder: what its tokens are checked against, and, where the tokens are made on the car itself, what they are signed with. */
const publicFile = "access-key.pub.pem";
const privateFile = "access-key.pem";

/** What this car's tokens are checked against; undefined where none are set up. @throws where the file holds no public key */
export function readAccessKey(folder: string): KeyObject | undefined {
  const file = join(folder, publicFile);
  if (!existsSync(file)) return undefined;
  try {
    return createPublicKey(readFileSync(file));
  } catch (cause) {
    throw new Error(`${file} holds no public key; put one there (PEM), or remove it and nobody needs a token.`, {
      cause,
    });
  }
}

/** The private half; the first call makes both, from random bytes of this machine, the private one readable by its owner only. */
export function signingKey(folder: string): KeyObject {
  const file = join(folder, privateFile);
  if (existsSync(file)) return createPrivateKey(readFileSync(file));
  if (existsSync(join(folder, publicFile)))
    throw new Error(
      `The tokens of this car are signed elsewhere: ${folder} holds ${publicFile} and not ${privateFile}.`,
    );
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  writeFileSync(file, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600, flag: "wx" });
  writeFileSync(join(folder, publicFile), publicKey.export({ type: "spki", format: "pem" }));
  return privateKey;
}
