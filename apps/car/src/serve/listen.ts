import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Tls } from "./serve-settings.ts";

/** A car's port: one server for each address of this machine that it listens on. */
export interface Listening {
  readonly servers: readonly Server[];
  close(): Promise<void>;
}

class PortTaken extends Error {
  constructor(port: number, cause: unknown) {
    super(`Port ${port} is taken by another program; stop that one, or choose another with --port.`, { cause });
    this.name = "PortTaken";
  }
}

/** `localhost` is both loopbacks; a machine without IPv6 has one of them. */
function addressesOf(host: string): readonly string[] {
  return host === "localhost" ? ["127.0.0.1", "::1"] : [host];
}

const patience = { requestTimeout: 20_000, headersTimeout: 10_000, keepAliveTimeout: 5_000 } as const;

/** @throws PortTaken where any of the addresses is already listened on, so that `localhost` never means two programs */
export async function listen(
  host: string,
  port: number,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  tls?: Tls,
): Promise<Listening> {
  const servers: Server[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(
      servers.map(
        (server) =>
          new Promise<void>((resolve) => {
            server.close(() => resolve());
            server.closeAllConnections();
          }),
      ),
    );
  };
  for (const address of addressesOf(host)) {
    // A slow or silent client holds one socket for seconds, not for ever; there are at most this many of them.
    const server =
      tls === undefined
        ? createServer(patience, answer)
        : createTlsServer({ ...patience, cert: tls.certificate, key: tls.key, minVersion: "TLSv1.2" }, answer);
    server.maxConnections = 256;
    try {
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen({ host: address, port, ipv6Only: true }, () => {
          server.off("error", reject);
          resolve();
        });
      });
      servers.push(server);
    } catch (error) {
      const code = codeOf(error);
      if (servers.length > 0 && (code === "EADDRNOTAVAIL" || code === "EAFNOSUPPORT")) continue;
      await close();
      if (code === "EADDRINUSE") throw new PortTaken(port, error);
      throw error;
    }
  }
  return { servers, close };
}

function codeOf(error: unknown): string | undefined {
  return typeof error === "object" && error !== null && "code" in error && typeof error.code === "string"
    ? error.code
    : undefined;
}
