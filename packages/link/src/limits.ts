/**
 * Bounds of everything that travels between car and cloud. A car that respects them is never refused for size;
 * whoever does not gets its message dropped, never a stalled server.
 */
export const linkLimits = {
  /** One MQTT message, header and packed body. */
  messageBytes: 64 * 1024,
  /** The same body unpacked; stops a small message that unpacks to a huge one. */
  bodyBytes: 512 * 1024,
  samples: 4_096,
  paths: 1_024,
  /** UTF-8 bytes. */
  pathBytes: 200,
  /** UTF-8 bytes of one text value. */
  textBytes: 2_048,
  listItems: 256,
} as const;
