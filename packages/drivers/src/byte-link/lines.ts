const newline = 0x0a;

/** Text lines of what arrives, without their ends; a line longer than `longest` bytes is left out, so that a babbling device costs no memory. */
export async function* linesOf(received: AsyncIterable<Uint8Array>, longest: number): AsyncGenerator<string> {
  const line = new Uint8Array(longest);
  let length = 0;
  let isTooLong = false;
  const decoder = new TextDecoder();
  for await (const piece of received) {
    for (const byte of piece) {
      if (byte !== newline) {
        if (length < longest) line[length++] = byte;
        else isTooLong = true;
        continue;
      }
      if (!isTooLong) yield decoder.decode(line.subarray(0, length)).trimEnd();
      length = 0;
      isTooLong = false;
    }
  }
}
