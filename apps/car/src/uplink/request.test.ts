import "reflect-metadata";
import { createPrivateKey, createPublicKey } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { expect, test } from "vitest";
import { makeKey, makeRequest } from "./request.ts";

test("an authority can read the request, finds the car's own key in it, and its signature true", async () => {
  const key = makeKey();
  const text = makeRequest(key);
  expect(text.split("\n").every((line) => line.length <= 64)).toBe(true);
  const request = new x509.Pkcs10CertificateRequest(text);
  expect(request.subject).toBe("CN=car");
  expect(await request.verify()).toBe(true);
  const own = createPublicKey(createPrivateKey(key)).export({ format: "der", type: "spki" });
  expect(Buffer.from(request.publicKey.rawData)).toEqual(own);
});

test("each car has a key of its own, on the curve that the cloud asks for", () => {
  const [first, second] = [makeKey(), makeKey()];
  expect(first).not.toBe(second);
  expect(createPrivateKey(first).asymmetricKeyDetails).toEqual({ namedCurve: "prime256v1" });
});
