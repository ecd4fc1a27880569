import { Client, credentials, Metadata } from "@grpc/grpc-js";
import type { ClientDuplexStream, ClientReadableStream } from "@grpc/grpc-js";

const same = (bytes: Buffer): Buffer => bytes;

/** A plain gRPC client of `kuksa.val.v2.VAL` that sends and hears bytes. */
export function dial(port: string, token: string) {
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  const metadata = new Metadata();
  metadata.set("authorization", `Bearer ${token}`);
  return {
    subscribe: (request: Buffer): ClientReadableStream<Buffer> =>
      client.makeServerStreamRequest("/kuksa.val.v2.VAL/SubscribeById", same, same, request, metadata),
    provide: (): ClientDuplexStream<Buffer, Buffer> =>
      client.makeBidiStreamRequest("/kuksa.val.v2.VAL/OpenProviderStream", same, same, metadata),
  };
}
