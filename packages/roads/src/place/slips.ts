// Hot: runs for every word of a city and each word of a question.

/** Of longer words the beginning is compared. */
const longest = 63;

/** Counts letters to add, leave out or change to make one word of another (Levenshtein, 1966). */
export class Slips {
  private before = new Uint8Array(longest + 1);
  private now = new Uint8Array(longest + 1);

  /** More than `most` as soon as that is certain. */
  between(a: string, b: string, most: number): number {
    const [m, n] = [Math.min(longest, a.length), Math.min(longest, b.length)];
    if (Math.abs(m - n) > most) return most + 1;
    for (let j = 0; j <= n; j++) this.before[j] = j;
    for (let i = 1; i <= m; i++) {
      const { before, now } = this;
      const letter = a.charCodeAt(i - 1);
      now[0] = i;
      let least = i;
      for (let j = 1; j <= n; j++) {
        const change = before[j - 1] + (letter === b.charCodeAt(j - 1) ? 0 : 1);
        const value = Math.min(change, before[j] + 1, now[j - 1] + 1);
        now[j] = value;
        if (value < least) least = value;
      }
      if (least > most) return most + 1;
      this.before = now;
      this.now = before;
    }
    return this.before[n];
  }
}
