/** Reads a query from left to right and knows where it could not go on. */
export class Scanner {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** Passes over `word` if it stands here. */
  takes(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  /** What a sticky expression finds here; undefined, without moving, if it finds nothing. */
  match(expression: RegExp): string | undefined {
    expression.lastIndex = this.at;
    const found = expression.exec(this.text)?.[0];
    if (found === undefined) return undefined;
    this.at += found.length;
    return found;
  }

  /** A number as people write it, with a point and perhaps an exponent. A point that no digit follows is not of it. */
  number(): number | undefined {
    const found = this.match(/[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,3})?/y);
    return found === undefined ? undefined : Number(found);
  }

  /** A whole number without sign. */
  whole(): number | undefined {
    const found = this.match(/\d{1,15}/y);
    return found === undefined ? undefined : Number(found);
  }

  /** The one of some words that stands here, the longest if several do. */
  word<const Word extends string>(words: readonly Word[]): Word | undefined {
    let best: Word | undefined;
    for (const word of words) {
      if (this.text.startsWith(word, this.at) && (best === undefined || word.length > best.length)) best = word;
    }
    if (best !== undefined) this.at += best.length;
    return best;
  }

  flag(): boolean | undefined {
    const word = this.word(["true", "false"]);
    return word === undefined ? undefined : word === "true";
  }

  /** What `item` reads, again and again with `separator` between; undefined if one of them cannot be read. */
  list<Item>(separator: string, item: () => Item | undefined): readonly Item[] | undefined {
    const items: Item[] = [];
    do {
      const one = item();
      if (one === undefined) return undefined;
      items.push(one);
    } while (this.takes(separator));
    return items;
  }

  /** Whether an option's value may end here. */
  isAtValueEnd(): boolean {
    return this.isAtEnd() || this.text[this.at] === "&";
  }

  /** Whether a list's element is left empty here. */
  isAtEmptyElement(): boolean {
    return this.isAtValueEnd() || this.text[this.at] === ";";
  }
}
