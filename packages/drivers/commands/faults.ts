import { createInterface } from "node:readline/promises";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { openerOf, readByteAddress } from "../byte-link.ts";
import { ElmAdapter } from "../src/obd/elm-adapter.ts";
import { ObdSession } from "../src/obd/session.ts";

/** `npm run driver:faults DEVICE [-- --clear]`: the trouble codes of a car; clearing them is asked twice, and refused while the car moves. */
const { values, positionals } = parseArgs({ allowPositionals: true, options: { clear: { type: "boolean" } } });
const [text, ...more] = positionals;
const address = readByteAddress(text ?? "", 38_400);
if (address === undefined || more.length > 0) {
  console.error(
    "Name the adapter: npm run driver:faults /dev/ttyUSB0, or tcp:HOST:PORT; -- --clear asks whether to clear them.",
  );
  process.exit(2);
}
const { signal } = new AbortController();
const clock = {
  now: () => Date.now(),
  sleep: (ms: number, until: AbortSignal) => wait(ms, undefined, { signal: until }).catch(() => undefined),
};
try {
  const link = await openerOf(address)(signal);
  const adapter = new ElmAdapter({ link, clock });
  try {
    const session = new ObdSession({ adapter, clock, signal });
    await session.begin();
    await tell(session);
    if (values.clear === true) process.exitCode = await clear(session);
  } finally {
    await adapter.close();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function tell(session: ObdSession): Promise<void> {
  const faults = await session.faults();
  console.log(
    `${(await session.vin()) ?? "A car that does not tell its number"}, through ${session.name || "an adapter"}`,
  );
  for (const { code, kind } of faults) console.log(`  ${code}  ${kind}`);
  if (faults.length === 0) console.log("  no trouble codes");
}

/** Exit code: 0 where the codes are cleared. */
async function clear(session: ObdSession): Promise<number> {
  const count = (await session.faults()).length;
  if (count === 0) return 0;
  if (!(await isStanding(session))) {
    console.error("The car moves, or does not tell that it stands; codes are cleared in a standing car only.");
    return 1;
  }
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const asked = async (question: string): Promise<string> => (await lines.question(question)).trim().toLowerCase();
  try {
    const first = await asked(
      "Clearing also erases what a workshop would look at (freeze frames, readiness tests). Clear? yes or no: ",
    );
    if (first !== "yes") return 1;
    const second = await asked(`It cannot be undone. Write how many codes are cleared (${count}): `);
    if (second !== String(count)) return 1;
  } finally {
    lines.close();
  }
  // It may have set off while somebody thought about it.
  const leave = { wasAskedTwice: true, stands: await isStanding(session) };
  if (!leave.stands || !(await session.clearFaults(leave))) {
    console.error("The car has not cleared them.");
    return 1;
  }
  await tell(session);
  return 0;
}

async function isStanding(session: ObdSession): Promise<boolean> {
  const answers = await session.ask(0x01, 0x0d);
  return answers.length > 0 && answers.every(({ bytes }) => bytes[0] === 0);
}
