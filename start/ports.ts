import { lookup } from "node:dns/promises";
import { createServer } from "node:net";
import type { StartOptions } from "./arguments.ts";
import { Problem } from "./problem.ts";

/** Which port each part listens on. */
export function portsOf({
  port,
  cars,
  only,
}: Pick<StartOptions, "port" | "cars" | "only">): ReadonlyMap<number, string> {
  const ports = new Map<number, string>();
  if (only !== "car") ports.set(port, "the cloud").set(port + 803, "the cars' broker");
  if (only !== "cloud") for (let car = 1; car <= cars; car += 1) ports.set(port + 9 + car, `the cockpit of car ${car}`);
  return ports;
}

/** Finds out before anything is built whether all ports are free. Throws Problem with one sentence where one is not. */
export async function checkPorts(options: StartOptions): Promise<void> {
  const addresses = await lookup(options.host, { all: true }).catch((error: unknown) => {
    throw new Problem(`The host ${options.host} is not known; check --host.`, error);
  });
  for (const [port, user] of portsOf(options)) {
    for (const { address } of addresses) {
      const code = await tryPort(address, port);
      if (code === "EADDRINUSE") {
        throw new Problem(`Port ${port}, for ${user}, is taken by another program; choose other ports with --port.`);
      }
      if (code === "EACCES")
        throw new Problem(`This user may not listen on port ${port}; choose one above 1023 with --port.`);
      // A machine without IPv6 still names ::1 as localhost.
      if (code === "EADDRNOTAVAIL" && addresses.length === 1) {
        throw new Problem(`${options.host} is not an address of this machine; check --host.`);
      }
    }
  }
}

function tryPort(address: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error) => resolve("code" in error ? String(error.code) : error.message));
    server.listen({ host: address, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
