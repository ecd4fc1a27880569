import { openerOf, readByteAddress } from "@caravan/drivers/byte-link";
import type { ByteAddress } from "@caravan/drivers/byte-link";
import { createGpsdDriver, createNmeaDriver } from "@caravan/drivers/gps";
import { createObdDriver } from "@caravan/drivers/obd";
import type { Driver, DriverClock } from "@caravan/drivers";

/** What most adapters and receivers speak where nobody says otherwise, bits a second. */
const obdBaud = 38_400;
const gpsBaud = 9_600;
const gpsd = /^gpsd:/;

/**
 * The drivers of the devices that settings name.
 * @throws where a text names no device, with one sentence
 */
export function devicesOf(
  { obd, gps }: { readonly obd?: string | undefined; readonly gps?: string | undefined },
  clock: DriverClock,
): readonly Driver[] {
  const drivers: Driver[] = [];
  if (obd !== undefined) drivers.push(createObdDriver({ name: "obd", open: openerOf(placeOf(obd, obdBaud)), clock }));
  if (gps !== undefined) {
    const create = gpsd.test(gps) ? createGpsdDriver : createNmeaDriver;
    drivers.push(create({ name: "gps", open: openerOf(placeOf(gps.replace(gpsd, "tcp:"), gpsBaud)) }));
  }
  return drivers;
}

function placeOf(text: string, baud: number): ByteAddress {
  const address = readByteAddress(text, baud);
  if (address === undefined) throw new Error(`"${text}" names no device; /dev/ttyUSB0 and tcp:localhost:35000 would.`);
  return address;
}
