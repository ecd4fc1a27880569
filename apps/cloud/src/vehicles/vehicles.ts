import { createHash, randomBytes, randomInt } from "node:crypto";
import type { Enrolment, EnrolmentRequest, RenewedCertificate, VehicleSummary } from "@caravan/link";
import type { Kysely } from "kysely";
import type { Authority } from "../authority/authority.ts";
import type { Log } from "../telemetry/log.ts";
import type { TwinReader } from "../telemetry/twin.ts";
import { insertCode, spendCode } from "./enrolment.store.ts";
import { Presence } from "./presence.ts";
import { HealthOfCars } from "./told-health.ts";
import type { VehicleTables } from "./tables.ts";
import {
  addCertificate,
  addOwner,
  findVehicle,
  listVehicles,
  numberByCertificate,
  renameVehicle,
} from "./vehicles.store.ts";
import type { Scope, VehicleRow } from "./vehicles.store.ts";

export type EnrolmentOutcome =
  | { readonly kind: "enrolled"; readonly enrolment: Enrolment }
  | { readonly kind: "refused"; readonly why: "code" | "request" };

export interface EnrolmentCode {
  readonly code: string;
  /** UTC ms. */
  readonly expiresAt: number;
}

const codeDefaultMs = 24 * 3_600_000;
const longestCodeMs = 30 * 24 * 3_600_000;
const letters = "abcdefghijkmnpqrstuvwxyz23456789";

/** The vehicles there are: how they join, whose they are, which of them are there. */
export class Vehicles {
  readonly presence: Presence;
  readonly health: HealthOfCars;
  readonly #parts: VehiclesParts;
  #changed: () => void = () => {};

  constructor(parts: VehiclesParts) {
    this.#parts = parts;
    this.presence = new Presence(parts);
    this.health = new HealthOfCars(parts);
  }

  start(): Promise<void> {
    return this.presence.start();
  }

  stop(): Promise<void> {
    return this.presence.stop();
  }

  /** Told when a vehicle joined, was renamed or got an owner. */
  onChange(listener: () => void): void {
    this.#changed = listener;
  }

  /** A code by which one car may join, once; for `account` if named. Only its hash is kept. Valid for a day unless told, 30 at most. */
  async issueCode(
    wish: { readonly account?: string | undefined; readonly validMs?: number | undefined } = {},
  ): Promise<EnrolmentCode> {
    const now = this.#parts.clock.now();
    const code = randomBytes(20).toString("base64url");
    const expiresAt = now + Math.min(longestCodeMs, wish.validMs ?? codeDefaultMs);
    await insertCode(this.#parts.db, {
      hash: hashOf(code),
      account: wish.account,
      issuedAt: new Date(now),
      expiresAt: new Date(expiresAt),
    });
    return { code, expiresAt };
  }

  /** Lets a car in that shows a good code and proves its key. The same code and key again give the same vehicle, since an answer may be lost on the way. */
  async enrol(request: EnrolmentRequest): Promise<EnrolmentOutcome> {
    const { authority, clock, db, log, mqtt } = this.#parts;
    const key = await authority.readRequest(request.csr);
    if (key === undefined) return { kind: "refused", why: "request" };
    const spent = await spendCode(db, hashOf(request.code), {
      vehicle: newVehicleId(),
      car: request.car,
      keyFingerprint: key.fingerprint,
      now: new Date(clock.now()),
      issue: (vehicle) => authority.issueForVehicle(vehicle, key),
    });
    if (spent === undefined) return { kind: "refused", why: "code" };
    log.info("vehicle enrolled", { vehicle: spent.vehicle });
    this.#changed();
    return { kind: "enrolled", enrolment: { ...spent, ca: authority.certificate, mqtt: mqtt() } };
  }

  /** A new certificate for a car that is connected with its old one; undefined where the request is not a good one. */
  async renew(vehicle: string, csr: string): Promise<RenewedCertificate | undefined> {
    const { authority, clock, db, log } = this.#parts;
    const key = await authority.readRequest(csr);
    if (key === undefined) return undefined;
    const issued = await authority.issueForVehicle(vehicle, key);
    await addCertificate(db, {
      serial: issued.serial,
      vehicle,
      issuedAt: new Date(clock.now()),
      expiresAt: new Date(issued.expiresAt),
    });
    log.info("certificate renewed", { vehicle });
    return { v: 1, certificate: issued.certificate, ca: authority.certificate };
  }

  /** The number of the vehicle with this certificate; undefined where it may not connect. */
  admit(vehicle: string, serial: string): Promise<number | undefined> {
    return numberByCertificate(this.#parts.db, vehicle, serial);
  }

  async giveTo(vehicle: string, account: string): Promise<void> {
    await addOwner(this.#parts.db, vehicle, account);
    this.#changed();
  }

  find(vehicle: string, scope: Scope): Promise<VehicleRow | undefined> {
    return findVehicle(this.#parts.db, vehicle, scope);
  }

  async rename(vehicle: string, name: string, scope: Scope): Promise<boolean> {
    const renamed = await renameVehicle(this.#parts.db, vehicle, name, scope);
    if (renamed) this.#changed();
    return renamed;
  }

  /** All in scope, with their latest values. */
  async summaries(scope: Scope): Promise<readonly VehicleSummary[]> {
    return (await listVehicles(this.#parts.db, scope)).map((row) => this.summary(row));
  }

  summary(row: VehicleRow): VehicleSummary {
    const { vehicle, name, model, simulated } = row;
    const seenAt = this.presence.seenAt(vehicle) ?? row.seenAt;
    const online = this.presence.isOnline(vehicle);
    const values = Object.fromEntries(this.#parts.twin.values(vehicle));
    return { vehicle, name, model, simulated, online, ...(seenAt === undefined ? {} : { seenAt }), values };
  }
}

export interface VehiclesParts {
  readonly db: Kysely<VehicleTables>;
  readonly authority: Authority;
  readonly twin: TwinReader;
  readonly clock: { now(): number };
  readonly log: Log;
  /** Where cars reach the broker: `mqtts://host:port`. */
  readonly mqtt: () => string;
}

function hashOf(code: string): string {
  return createHash("sha256").update(code).digest("hex");
}

/** 12 letters and digits that nobody mistakes for each other: 60 bits, so two cars never share one. */
function newVehicleId(): string {
  return Array.from({ length: 12 }, () => letters[randomInt(letters.length)] ?? "").join("");
}
