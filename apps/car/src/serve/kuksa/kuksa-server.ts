import { logVerbosity, Metadata, Server, ServerCredentials, setLogVerbosity, status } from "@grpc/grpc-js";
import type {
  sendUnaryData,
  ServerDuplexStream,
  ServerReadableStream,
  ServerUnaryCall,
  ServerWritableStream,
  ServiceDefinition,
  UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { bearer } from "../access/access.ts";
import type { Rights } from "../access/rights.ts";
import type { Kuksa } from "./kuksa.ts";
import {
  actuateRequest,
  batchActuateRequest,
  getValueRequest,
  getValuesRequest,
  listMetadataRequest,
  providerMessage,
  publishValueRequest,
  subscribeByIdRequest,
  subscribeRequest,
} from "./messages.ts";
import type { SubscribeRequest } from "./messages.ts";
import { CallError, problems } from "./status.ts";
import { WireError } from "./wire.ts";

/** Bytes of the longest message. */
const longestMessage = 1_000_000;
/** Calls of one connection at a time. */
const mostCalls = 128;
/** Subscriptions and provider streams of all connections together. */
const mostStreams = 256;

export interface KuksaServerParts {
  readonly kuksa: Kuksa;
  /** `localhost` is both loopbacks. */
  readonly host: string;
  readonly port: number;
  /** PEM; without it the connection is plain. */
  readonly tls: { readonly certificate: Buffer; readonly key: Buffer } | undefined;
  /** Told of bugs. */
  readonly report: (error: unknown) => void;
}

export type StartOutcome = { readonly kind: "listening" } | { readonly kind: "failed"; readonly why: string };

interface AnyCall {
  readonly metadata: { get(key: string): readonly (string | Buffer)[] };
  getPeer(): string;
}

/** `kuksa.val.v2` over gRPC on a port of its own. */
export class KuksaServer {
  readonly #parts: KuksaServerParts;
  readonly #server = new Server({
    "grpc.max_receive_message_length": longestMessage,
    "grpc.max_concurrent_streams": mostCalls,
  });
  #streams = 0;

  constructor(parts: KuksaServerParts) {
    this.#parts = parts;
    this.#server.addService(service, this.#handlers());
  }

  /** Subscriptions and provider streams that are open now. */
  get streams(): number {
    return this.#streams;
  }

  async start(): Promise<StartOutcome> {
    // The library writes to the terminal of its own accord; what it has to say is in the outcome.
    setLogVerbosity(logVerbosity.NONE);
    const { host, port, tls } = this.#parts;
    const credentials =
      tls === undefined
        ? ServerCredentials.createInsecure()
        : ServerCredentials.createSsl(null, [{ cert_chain: tls.certificate, private_key: tls.key }]);
    const addresses = host === "localhost" ? ["127.0.0.1", "[::1]"] : [host.includes(":") ? `[${host}]` : host];
    for (const [i, address] of addresses.entries()) {
      const failure = await this.#bind(`${address}:${port}`, credentials);
      // A machine without IPv6 has one loopback.
      if (failure === undefined || (i > 0 && !failure.includes("EADDRINUSE"))) continue;
      await this.stop();
      return {
        kind: "failed",
        why: failure.includes("EADDRINUSE")
          ? `Port ${port} is taken by another program, so this car speaks no gRPC; choose another port in its serve.json.`
          : `This car speaks no gRPC, because ${address}:${port} cannot be opened: ${failure}.`,
      };
    }
    return { kind: "listening" };
  }

  async stop(): Promise<void> {
    this.#server.forceShutdown();
  }

  #bind(address: string, credentials: ServerCredentials): Promise<string | undefined> {
    return new Promise((resolve) => {
      this.#server.bindAsync(address, credentials, (error) => resolve(error?.message));
    });
  }

  #handlers(): UntypedServiceImplementation {
    const { kuksa } = this.#parts;
    return {
      GetValue: this.#unary((bytes, rights) => kuksa.getValues([getValueRequest(bytes)], rights)),
      GetValues: this.#unary((bytes, rights) => kuksa.getValues(getValuesRequest(bytes), rights)),
      Subscribe: this.#subscription(subscribeRequest, "path"),
      SubscribeById: this.#subscription(subscribeByIdRequest, "id"),
      Actuate: this.#unary((bytes, rights, peer) => kuksa.actuate(actuateRequest(bytes), rights, peer)),
      ActuateStream: this.#actuateStream,
      BatchActuate: this.#unary((bytes, rights, peer) => kuksa.batchActuate(batchActuateRequest(bytes), rights, peer)),
      ListMetadata: this.#unary((bytes) => kuksa.listMetadata(listMetadataRequest(bytes))),
      PublishValue: this.#unary((bytes, rights) => {
        const { signal, point } = publishValueRequest(bytes);
        return kuksa.publish(signal, point, rights);
      }),
      OpenProviderStream: this.#provider,
      // Who is asked may be known without a token.
      GetServerInfo: (_: unknown, callback: sendUnaryData<Buffer>) => callback(null, kuksa.serverInfo()),
    };
  }

  #rights(call: AnyCall): Rights {
    const [header] = call.metadata.get("authorization");
    return this.#parts.kuksa.rights(bearer(typeof header === "string" ? header : undefined));
  }

  #unary(answer: (bytes: Buffer, rights: Rights, peer: string) => Buffer | Promise<Buffer>) {
    return (call: ServerUnaryCall<Buffer, Buffer>, callback: sendUnaryData<Buffer>): void => {
      this.#answerOnce(async () => answer(call.request, this.#rights(call), call.getPeer()), callback);
    };
  }

  #answerOnce(answer: () => Promise<Buffer>, callback: sendUnaryData<Buffer>): void {
    const tell = async (): Promise<void> => {
      try {
        callback(null, await answer());
      } catch (error) {
        callback(this.#told(error));
      }
    };
    void tell();
  }

  /** One order after the other; the first that is refused ends the stream. */
  readonly #actuateStream = (call: ServerReadableStream<Buffer, Buffer>, callback: sendUnaryData<Buffer>): void => {
    this.#answerOnce(async () => {
      const rights = this.#rights(call);
      let answer: Buffer = Buffer.alloc(0);
      for await (const bytes of call) {
        if (!(bytes instanceof Buffer)) throw problems.malformed;
        answer = await this.#parts.kuksa.actuate(actuateRequest(bytes), rights, call.getPeer());
      }
      return answer;
    }, callback);
  };

  #subscription(parse: (bytes: Buffer) => SubscribeRequest, by: "path" | "id") {
    return (call: ServerWritableStream<Buffer, Buffer>): void => {
      this.#stream(call, () => {
        const rights = this.#rights(call);
        const subscription = this.#parts.kuksa.subscribe(parse(call.request), by, rights, {
          send: (bytes) => call.write(bytes),
          end: () => call.end(),
        });
        call.on("drain", () => subscription.drained());
        subscription.start();
        const expiry = this.#endAt(call, rights.until);
        return () => {
          expiry();
          subscription.stop();
        };
      });
    };
  }

  readonly #provider = (call: ServerDuplexStream<Buffer, Buffer>): void => {
    this.#stream(call, () => {
      const rights = this.#rights(call);
      const provider = this.#parts.kuksa.openProvider(rights, (bytes) => {
        // A provider that does not read what is asked of it is gone.
        if (call.writableLength > longestMessage) call.emit("error", problems.slow);
        else call.write(bytes);
      });
      // Some clients wait for the headers before they send anything.
      call.sendMetadata(new Metadata());
      call.on("data", (bytes: Buffer) => {
        try {
          provider.receive(providerMessage(bytes));
        } catch (error) {
          call.emit("error", this.#told(error));
        }
      });
      call.on("end", () => call.end());
      const expiry = this.#endAt(call, rights.until);
      return () => {
        expiry();
        provider.close();
      };
    });
  };

  /** Opens a stream within the bound; what `open` answers is done once when it is over. */
  #stream(
    call: ServerWritableStream<Buffer, Buffer> | ServerDuplexStream<Buffer, Buffer>,
    open: () => () => void,
  ): void {
    // A client that goes away in the middle is no fault of ours.
    call.on("error", () => undefined);
    try {
      if (this.#streams >= mostStreams) throw problems.tooMany;
      const close = open();
      this.#streams += 1;
      let isOpen = true;
      const over = (): void => {
        if (!isOpen) return;
        isOpen = false;
        this.#streams -= 1;
        close();
      };
      for (const event of ["cancelled", "close", "finish", "error"]) call.on(event, over);
    } catch (error) {
      call.emit("error", this.#told(error));
    }
  }

  /** Ends a stream when the token it was opened with does. */
  #endAt(call: { emit(event: "error", error: Error): unknown }, until: number): () => void {
    return this.#parts.kuksa.whenOver(until, () => call.emit("error", problems.expired));
  }

  #told(error: unknown): CallError {
    if (error instanceof CallError) return error;
    if (error instanceof WireError) return problems.malformed;
    this.#parts.report(error);
    return new CallError(status.INTERNAL, "The car computer made a mistake.");
  }
}

const same = (bytes: Buffer): Buffer => bytes;

function method(name: string, kind: { requestStream?: true; responseStream?: true } = {}) {
  return {
    path: `/kuksa.val.v2.VAL/${name}`,
    requestStream: kind.requestStream ?? false,
    responseStream: kind.responseStream ?? false,
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  };
}

/** Messages pass as bytes: they are read and written here, where a bad one has an answer of its own. */
const service: ServiceDefinition = {
  GetValue: method("GetValue"),
  GetValues: method("GetValues"),
  Subscribe: method("Subscribe", { responseStream: true }),
  SubscribeById: method("SubscribeById", { responseStream: true }),
  Actuate: method("Actuate"),
  ActuateStream: method("ActuateStream", { requestStream: true }),
  BatchActuate: method("BatchActuate"),
  ListMetadata: method("ListMetadata"),
  PublishValue: method("PublishValue"),
  OpenProviderStream: method("OpenProviderStream", { requestStream: true, responseStream: true }),
  GetServerInfo: method("GetServerInfo"),
};
