import { DbcError } from "./dbc.ts";

export interface Token {
  readonly kind: "name" | "number" | "text" | "sign" | "end";
  readonly text: string;
  readonly line: number;
  /** Whether it is the first on its line, as the keywords of DBC are. */
  readonly isFirst: boolean;
}

const longestFile = 32 * 1024 * 1024;
const longestToken = 65_536;
const signs = ":;,|@+-()[]";

const matchers = {
  name: /[A-Za-z_][A-Za-z0-9_]*/y,
  number: /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y,
  space: /[ \t\r\f\v\uFEFF]+/y,
  comment: /\/\/[^\n]*/y,
} as const;

/** The words, numbers, texts and signs of a DBC, one at a time; `peek` looks at the next without taking it. */
export class Tokens {
  readonly #text: string;
  #at = 0;
  #line = 1;
  #isFirst = true;
  #next: Token;
  #taken: Token = { kind: "end", text: "", line: 1, isFirst: true };

  constructor(text: string) {
    if (text.length > longestFile) throw new DbcError(1, "the file is larger than 32 MB");
    this.#text = text;
    this.#next = this.#read();
  }

  peek(): Token {
    return this.#next;
  }

  take(): Token {
    this.#taken = this.#next;
    if (this.#taken.kind !== "end") this.#next = this.#read();
    return this.#taken;
  }

  /** Takes the next token where it is this sign or word. */
  skip(text: string): boolean {
    if (this.#next.kind === "text" || this.#next.text !== text) return false;
    this.take();
    return true;
  }

  expect(text: string, where: string): void {
    if (!this.skip(text)) throw this.unexpected(`"${text}" ${where}`);
  }

  name(what: string): string {
    if (this.#next.kind !== "name") throw this.unexpected(what);
    return this.take().text;
  }

  text(what: string): string {
    if (this.#next.kind !== "text") throw this.unexpected(what);
    return this.take().text;
  }

  number(what: string): number {
    const { kind, text } = this.#next;
    const value = Number(text);
    if (kind !== "number" || !Number.isFinite(value)) throw this.unexpected(what);
    this.take();
    return value;
  }

  whole(what: string, least: number, most: number): number {
    const { line } = this.#next;
    const value = this.number(what);
    if (!Number.isInteger(value) || value < least || value > most)
      throw new DbcError(line, `${what} is a whole number from ${least} to ${most}, not ${value}`);
    return value;
  }

  unexpected(what: string): DbcError {
    const { kind, text, line } = this.#next;
    const found = kind === "end" ? "the end of the file" : JSON.stringify(text.slice(0, 40));
    return new DbcError(line, `expected ${what}, found ${found}`);
  }

  #read(): Token {
    for (;;) {
      const here = this.#text[this.#at];
      if (here === "\n") {
        this.#at++;
        this.#line++;
        this.#isFirst = true;
      } else if (this.#match(matchers.space) === undefined && this.#match(matchers.comment) === undefined) break;
    }
    const line = this.#line;
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    const here = this.#text[this.#at];
    if (here === undefined) return { kind: "end", text: "", line, isFirst };
    if (here === '"') return { kind: "text", text: this.#quoted(), line, isFirst };
    const number = this.#match(matchers.number);
    if (number !== undefined) return { kind: "number", text: number, line, isFirst };
    const name = this.#match(matchers.name);
    if (name !== undefined) return { kind: "name", text: name, line, isFirst };
    if (!signs.includes(here)) throw new DbcError(line, `${JSON.stringify(here)} has no meaning here`);
    this.#at++;
    return { kind: "sign", text: here, line, isFirst };
  }

  #match(matcher: RegExp): string | undefined {
    matcher.lastIndex = this.#at;
    const found = matcher.exec(this.#text)?.[0];
    if (found === undefined || found === "") return undefined;
    if (found.length > longestToken) throw new DbcError(this.#line, `a word of more than ${longestToken} characters`);
    this.#at += found.length;
    return found;
  }

  /** Comments may run over lines; `\"` is a quote inside. */
  #quoted(): string {
    const line = this.#line;
    let text = "";
    for (let i = this.#at + 1; i < this.#text.length; i++) {
      const sign = this.#text[i] ?? "";
      if (sign === '"') {
        this.#at = i + 1;
        return text;
      }
      if (sign === "\n") this.#line++;
      if (sign === "\\" && (this.#text[i + 1] === '"' || this.#text[i + 1] === "\\")) {
        i++;
        text += this.#text[i] ?? "";
      } else text += sign;
      if (text.length > longestToken) break;
    }
    throw new DbcError(line, "a text begins here and does not end");
  }
}
