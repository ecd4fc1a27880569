import { deflateSync } from "node:zlib";
import { crc32 } from "node:zlib";

/** A tone between the land by night and by day: a veil of it lightens the one and darkens the other. */
const colour = [0x7c, 0x93, 0xac] as const;

/** Opacity where roads are densest, of 255. */
const fullOpacity = 52;

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/**
 * The density of roads as a PNG (ISO/IEC 15948) of one colour and growing opacity, one byte a pixel through a palette.
 * `alpha` has `width * height` values, 0 to 255.
 */
export function densityPng({ width, height, alpha }: { width: number; height: number; alpha: Uint8Array }): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const palette = Buffer.alloc(256 * 3);
  const opacity = Buffer.alloc(256);
  for (let level = 0; level < 256; level++) {
    palette.set(colour, level * 3);
    opacity[level] = Math.round((level / 255) * fullOpacity);
  }
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) rows.set(alpha.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("PLTE", palette),
    chunk("tRNS", opacity),
    chunk("IDAT", deflateSync(rows, { level: 6 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
