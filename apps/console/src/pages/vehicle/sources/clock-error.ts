/** What a message takes on its way, and a little more: less cannot be told from a right clock. */
const wayMs = 2_000;

/** How far a car's clock is from the cloud's, from when a message was sent and when it came; nought where it may be right. Positive: ahead. */
export function clockErrorMs(sentAt: number, arrivedAt: number): number {
  const error = sentAt - arrivedAt;
  return Math.abs(error) <= wayMs ? 0 : error;
}
