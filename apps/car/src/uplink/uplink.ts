import { uptime as machineUptime } from "node:os";
import { join } from "node:path";
import { mkdirSync } from "node:fs";
import { decodeAck, encodeBatch, linkLimits, RenewedCertificate } from "@caravan/link";
import type { CarFacts, Topics, TrafficMessage } from "@caravan/link";
import { batchClasses } from "@caravan/link/campaigns";
import { encodeHealth } from "@caravan/link/health";
import type { Campaign, Purpose } from "@caravan/link/campaigns";
import type { Clock, Store } from "@caravan/signals";
import { Value } from "typebox/value";
import type { HealthFigure } from "../health/health.ts";
import type { CloudLink } from "../vehicle/cloud-link.ts";
import type { Feed } from "../vehicle/feed.ts";
import type { Log } from "../vehicle/log.ts";
import { Campaigns } from "./campaigns.ts";
import { stepConnecting } from "./connecting.ts";
import type { Connecting, ConnectingEffect, ConnectingEvent } from "./connecting.ts";
import { enrol } from "./enrol.ts";
import { healthOf, shapeOf, stepTelling, untold } from "./told-health.ts";
import type { Telling } from "./told-health.ts";
import { isDueForRenewal, readIdentity, renewedIdentity, writeIdentity } from "./identity.ts";
import type { Identity } from "./identity.ts";
import { openLink } from "./mqtt-link.ts";
import type { MqttLink } from "./mqtt-link.ts";
import type { OutboxLimits, Waiting } from "./outbox.ts";
import { Recorder } from "./recorder.ts";
import { makeKey, makeRequest } from "./request.ts";
import { TrafficShelf } from "./traffic-shelf.ts";
import { closedWindow, room, stepWindow } from "./window.ts";
import type { Window } from "./window.ts";

export interface UplinkParts {
  readonly store: Store;
  /** `<data>/cars/<n>`: holds the identity and the outbox. */
  readonly folder: string;
  /** Absent: the car records into its bounded outbox and speaks to nobody. `mqtt` takes the place of the address told at enrolment. */
  readonly cloud: { readonly url: string; readonly mqtt?: string | undefined } | undefined;
  readonly enrolmentCode?: string | undefined;
  readonly car: CarFacts;
  /** Drivers and the sources of signals, where the car has any. */
  readonly feed?: Pick<Feed, "drivers" | "sources"> | undefined;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  /** Told, in a sentence, what a person must put right before the car reaches its cloud. */
  readonly needsHelp?: ((why: string) => void) | undefined;
  /** Told what the cloud tells of the traffic, the last of it again after a restart, and what is usual where the cloud is silent. */
  readonly onTraffic?: ((message: TrafficMessage) => void) | undefined;
  /** Runs before the cloud sends others; the standard one unless told. */
  readonly campaign?: Campaign | undefined;
  /** Monotonic ms; the process's own unless told. */
  readonly monotonic?: (() => number) | undefined;
  /** Ms since the machine started, sleep included; the system's own unless told. */
  readonly uptime?: (() => number) | undefined;
  readonly limits?: Partial<OutboxLimits> | undefined;
}

const everyMs = 1_000;
const askForRenewalEveryMs = 3_600_000;

/** Opens the outbox and reads the car's identity; speaks to nobody before `start`. Throws UplinkProblem. */
export async function createUplink(parts: UplinkParts): Promise<Uplink> {
  mkdirSync(parts.folder, { recursive: true });
  return new Uplink(parts, await readIdentity(parts.folder));
}

/**
 * The car's way to the cloud. Once a second what is worth it goes from the Store to the outbox on disk; from there it goes to the cloud,
 * in order, again and again until the cloud says that its database has it.
 */
export class Uplink implements CloudLink {
  readonly #parts: UplinkParts;
  readonly #campaigns: Campaigns;
  readonly #recorder: Recorder;
  readonly #monotonic: () => number;
  readonly #traffic: TrafficShelf | undefined;
  readonly #stopping = new AbortController();
  #identity: Identity | undefined;
  #code: string | undefined;
  #state: Connecting = { kind: "stopped" };
  #window: Window = closedWindow;
  #telling: Telling = untold;
  #link: MqttLink | undefined;
  #ticker: NodeJS.Timeout | undefined;
  #retry: NodeJS.Timeout | undefined;
  #enrolling: Promise<void> = Promise.resolve();
  #renewal: { key: string | undefined; askedAt: number } = { key: undefined, askedAt: -Infinity };
  #counts = { sent: 0, sentAgain: 0, connections: 0 };

  constructor(parts: UplinkParts, identity: Identity | undefined) {
    this.#parts = parts;
    this.#identity = identity;
    this.#code = parts.enrolmentCode;
    const { store, clock, log, limits, folder, onTraffic, monotonic = () => performance.now() } = parts;
    const { uptime = () => machineUptime() * 1_000 } = parts;
    const time = () => ({ now: clock.now(), uptime: uptime() });
    this.#monotonic = monotonic;
    this.#campaigns = new Campaigns({ store, folder, clock, monotonic, log, before: parts.campaign });
    this.#traffic = onTraffic === undefined ? undefined : new TrafficShelf({ folder, clock, log, onTraffic });
    this.#recorder = new Recorder({
      time,
      log,
      limits,
      campaigns: this.#campaigns,
      file: join(folder, "outbox.sqlite"),
    });
  }

  async start(): Promise<void> {
    await this.#campaigns.open(this.#identity);
    await this.#traffic?.open();
    if (this.#stopping.signal.aborted) return;
    this.#step({ kind: "start" });
    // Cars in one process do not all write at the same moment.
    const phaseMs = Math.floor(this.#parts.random() * everyMs);
    this.#ticker = setTimeout(() => {
      this.#ticker = setInterval(() => this.tick(), everyMs);
    }, phaseMs);
  }

  /** Records what is new, disconnects and closes the outbox; nothing in it is lost. */
  async stop(): Promise<void> {
    clearTimeout(this.#ticker);
    clearInterval(this.#ticker);
    clearTimeout(this.#retry);
    this.#recorder.record(this.#monotonic());
    this.#stopping.abort();
    this.#state = { kind: "stopped" };
    await this.#enrolling;
    await this.#link?.close();
    this.#link = undefined;
    this.#recorder.close();
    await this.#campaigns.close();
    await this.#traffic?.close();
  }

  /** One second's work: `start` has it called, a test may call it itself. Answers how many samples it has put durably on disk. */
  tick(): number {
    const stored = this.#recorder.record(this.#monotonic());
    this.#traffic?.tick();
    if (this.#state.kind !== "online") return stored;
    const now = performance.now();
    const before = this.#window;
    this.#window = stepWindow(before, { kind: "looked", now });
    if (this.#window !== before) {
      this.#counts.sentAgain += before.inFlight.length;
      this.#parts.log.warn({ batches: before.inFlight.length }, "no acknowledgement from the cloud, sending again");
    }
    this.#pump(now);
    this.#report(false);
    this.#tellHealth(now);
    this.#renewInTime(now);
    return stored;
  }

  isOnline(): boolean {
    return this.#state.kind === "online";
  }

  waiting(): number {
    return this.#recorder.health().outbox.samples;
  }

  vehicle(): string | undefined {
    return this.#identity?.vehicle;
  }

  /** What the people in the car consent to. */
  consents(): Readonly<Record<Purpose, boolean>> {
    return this.#campaigns.consents();
  }

  /** Kept on disk when it returns; campaigns of a withdrawn purpose stop at once. */
  async consent(purpose: Purpose, given: boolean): Promise<void> {
    const kept = this.#campaigns.consent(purpose, given);
    this.#report(false);
    await kept;
  }

  health(): readonly HealthFigure[] {
    const why = this.#state.kind === "waiting" || this.#state.kind === "stuck" ? this.#state.why : undefined;
    return [
      { name: "cloud link", value: this.#parts.cloud === undefined ? "no cloud" : this.#state.kind },
      ...(why === undefined ? [] : [{ name: "cloud link needs", value: why }]),
      ...this.#campaigns.figures(),
      ...this.#recorder.figures(),
      { name: "batches on their way", value: this.#window.inFlight.length },
      { name: "batches sent", value: this.#counts.sent },
      { name: "batches sent again", value: this.#counts.sentAgain },
      { name: "connections to the cloud", value: this.#counts.connections },
      ...(this.#traffic?.figures() ?? []),
    ];
  }

  #step(event: ConnectingEvent): void {
    if (this.#parts.cloud === undefined || this.#stopping.signal.aborted) return;
    const before = this.#state;
    const world = {
      hasIdentity: this.#identity !== undefined,
      hasCode: this.#code !== undefined,
      random: this.#parts.random(),
    };
    const [state, effects] = stepConnecting(before, event, world);
    this.#state = state;
    if (state.kind !== before.kind) this.#tell(state);
    for (const effect of effects) this.#do(effect, this.#parts.cloud);
  }

  #do(effect: ConnectingEffect, cloud: { readonly url: string; readonly mqtt?: string | undefined }): void {
    switch (effect.kind) {
      case "connect":
        if (this.#identity !== undefined) this.#connect(this.#identity, cloud.mqtt ?? this.#identity.mqtt);
        break;
      case "enrol":
        if (this.#code !== undefined) this.#enrolling = this.#enrol(cloud.url, this.#code);
        break;
      case "wait":
        clearTimeout(this.#retry);
        this.#retry = setTimeout(() => this.#step({ kind: "timer" }), effect.ms);
        break;
      case "disconnect":
        break;
    }
  }

  async #enrol(url: string, code: string): Promise<void> {
    const { car, folder, log } = this.#parts;
    try {
      const outcome = await enrol({ url, code, car, folder, signal: this.#stopping.signal });
      if (outcome.kind === "later") return this.#step({ kind: "enrolment-later" });
      // Spent or refused: either way it is of no more use.
      this.#code = undefined;
      if (outcome.kind === "refused") return this.#step({ kind: "enrolment-refused", why: outcome.why });
      this.#identity = outcome.identity;
      log.info({ vehicle: outcome.identity.vehicle }, "joined the cloud");
      this.#step({ kind: "enrolled" });
    } catch (error) {
      log.error({ error: String(error) }, "joining the cloud failed");
      this.#step({ kind: "enrolment-later" });
    }
  }

  #connect(identity: Identity, mqtt: string): void {
    this.#link = openLink({
      identity,
      mqtt,
      events: {
        connected: () => {
          this.#counts.connections += 1;
          this.#window = stepWindow(this.#window, { kind: "connected", now: performance.now() });
          this.#step({ kind: "connected" });
          this.#pump(performance.now());
          this.#report(true);
          this.#telling = untold;
        },
        closed: (because) => {
          this.#link = undefined;
          this.#step({ kind: "closed", because });
        },
        message: (topic, payload) => this.#heard(topic, payload),
      },
    });
  }

  #heard(topic: keyof Topics, payload: Uint8Array): void {
    if (topic === "traffic" || topic === "usual") return this.#traffic?.heard(topic, payload);
    if (topic === "campaigns") {
      if (this.#identity !== undefined) this.#campaigns.heard(payload, this.#identity);
      return this.#report(false);
    }
    if (topic === "certificate") {
      this.#renewed(payload).catch((error: unknown) =>
        this.#parts.log.error({ error: String(error) }, "the new certificate was not kept"),
      );
      return;
    }
    const ack = decodeAck(payload);
    const name = ack?.class ?? "trip";
    // Only what was sent can be acknowledged, so that a confused cloud cannot make the car forget what it never sent.
    const last = this.#window.inFlight.findLast((batch) => batch.class === name && batch.boot === ack?.boot);
    if (ack === undefined || last === undefined) return;
    const seq = Math.min(ack.seq, last.seq);
    const now = performance.now();
    this.#recorder.outbox.acknowledge(name, ack.boot, seq);
    this.#window = stepWindow(this.#window, { kind: "acknowledged", class: name, boot: ack.boot, seq, now });
    this.#pump(now);
  }

  /** The highest class first; what is on its way of lower ones is not called back. */
  #pump(now: number): void {
    for (const name of batchClasses) {
      const count = this.#link === undefined ? 0 : room(this.#window);
      if (count <= 0) return;
      const { boot, seq } = this.#window.sentUpTo[name];
      for (const waiting of this.#recorder.outbox.after(name, boot, seq, count)) this.#send(waiting, now);
    }
  }

  #send(waiting: Waiting, now: number): void {
    const { class: name, boot, seq, campaign, body, packedAt, clockErrorMs } = waiting;
    const place = { boot, seq, floor: Math.min(seq, this.#recorder.outbox.floor(name, boot) ?? seq) };
    const correction = clockErrorMs === 0 ? undefined : { packedAt, byMs: -clockErrorMs };
    const message = encodeBatch(campaign === "" ? place : { ...place, class: name, campaign, correction }, body);
    this.#link?.publish("batch", message);
    this.#counts.sent += 1;
    const batch = { class: name, boot, seq, bytes: message.length };
    this.#window = stepWindow(this.#window, { kind: "sent", batch, now });
  }

  #report(isNew: boolean): void {
    const report = this.#link === undefined ? undefined : this.#campaigns.report(this.#monotonic(), isNew);
    if (report !== undefined) this.#link?.publish("report", Buffer.from(JSON.stringify(report)));
  }

  #tellHealth(now: number): void {
    const { store, clock, feed } = this.#parts;
    const health = healthOf({
      at: clock.now(),
      store,
      drivers: feed?.drivers() ?? [],
      sources: feed?.sources() ?? [],
      recorder: this.#recorder.health(),
      link: { ...this.#counts, onTheirWay: this.#window.inFlight.length },
    });
    const [telling, isDue] = stepTelling(this.#telling, shapeOf(health), now);
    this.#telling = telling;
    if (isDue) this.#link?.publish("health", encodeHealth(health));
  }

  #renewInTime(monotonicMs: number): void {
    if (this.#identity === undefined || monotonicMs - this.#renewal.askedAt < askForRenewalEveryMs) return;
    this.#renewal = { key: undefined, askedAt: monotonicMs };
    if (!isDueForRenewal(this.#identity, this.#parts.clock.now())) return;
    const key = makeKey();
    this.#renewal = { ...this.#renewal, key };
    this.#link?.publish("csr", Buffer.from(makeRequest(key)));
  }

  async #renewed(payload: Uint8Array): Promise<void> {
    const { key } = this.#renewal;
    if (key === undefined || this.#identity === undefined || payload.length > linkLimits.messageBytes) return;
    const answer: unknown = JSON.parse(Buffer.from(payload).toString("utf8"));
    const next = Value.Check(RenewedCertificate, answer) ? renewedIdentity(this.#identity, key, answer) : undefined;
    if (next === undefined) return this.#parts.log.warn("the cloud answered with a certificate that does not fit");
    await writeIdentity(this.#parts.folder, next);
    this.#identity = next;
    this.#parts.log.info("certificate renewed, used from the next connection");
  }

  #tell(state: Connecting): void {
    const { log, needsHelp } = this.#parts;
    if (state.kind === "stuck") needsHelp?.(state.why);
    const waiting = this.#recorder.health().outbox.batches;
    if (state.kind === "online") log.info({ waiting }, "connected to the cloud");
    else if (state.kind === "stuck") log.error({ why: state.why, waiting }, "no way to the cloud without help");
    else if (state.kind === "waiting") log.debug({ attempt: state.attempt, waiting }, "the cloud is out of reach");
  }
}
