import { tokensOf } from "./token.ts";
import type { Sign, Span, Token } from "./token.ts";

/** A parsed condition: what it compares, and where each part stands in the text. */
export type Expression =
  | (Span & { readonly kind: "literal"; readonly value: number | boolean | string })
  | (Span & { readonly kind: "signal"; readonly path: string })
  /** Is there a value at all? */
  | (Span & { readonly kind: "known"; readonly path: string })
  | (Span & { readonly kind: "absolute" | "minus" | "not"; readonly of: Expression })
  | (Span & {
      readonly kind: "arithmetic";
      readonly sign: "+" | "-" | "*" | "/";
      readonly left: Expression;
      readonly right: Expression;
    })
  | (Span & {
      readonly kind: "compare";
      readonly sign: Comparison;
      readonly left: Expression;
      readonly right: Expression;
    })
  | (Span & { readonly kind: "and" | "or"; readonly left: Expression; readonly right: Expression });

export type Comparison = "<" | "<=" | ">" | ">=" | "==" | "!=";

/** What is wrong with an expression, and where. `code` is for programs and translations, `message` an English sentence. */
export interface ExpressionFault extends Span {
  readonly code:
    | "empty"
    | "too-long"
    | "too-deep"
    | "too-many-parts"
    | "too-many-signals"
    | "strange-character"
    | "open-text"
    | "value-expected"
    | "end-expected"
    | "bracket-expected"
    | "chained-comparison"
    | "unknown-function"
    | "path-expected"
    | "unknown-signal"
    | "list-signal"
    | "number-expected"
    | "yes-no-expected"
    | "cannot-compare"
    | "never-that-value";
  readonly message: string;
  /** The word that the message is about, where there is one. */
  readonly word: string;
}

export type ParsedExpression =
  | { readonly kind: "parsed"; readonly expression: Expression }
  | { readonly kind: "failed"; readonly fault: ExpressionFault };

/** Bounds of one condition: what a car evaluates at each change must stay small. */
export const expressionLimits = { characters: 500, parts: 100, depth: 20, signals: 16 } as const;

class Fault extends Error {
  readonly fault: ExpressionFault;

  constructor(code: ExpressionFault["code"], span: Span, message: string, word = "") {
    super(message);
    this.fault = { code, at: span.at, length: span.length, message, word };
  }
}

/**
 * Reads a condition over signals: numbers, "texts", true and false, paths such as `Vehicle.Speed`, `+ - * /`, comparisons, `and or not`, brackets,
 * `abs(x)` and `known(path)`. Binds as everywhere: arithmetic, then one comparison, then not, and, or. Never throws.
 */
export function parseExpression(text: string): ParsedExpression {
  if (text.length > expressionLimits.characters) {
    const span = { at: expressionLimits.characters, length: text.length - expressionLimits.characters };
    return failed(new Fault("too-long", span, `A condition has at most ${expressionLimits.characters} characters.`));
  }
  try {
    return { kind: "parsed", expression: new Parser(text).whole() };
  } catch (error) {
    if (error instanceof Fault) return failed(error);
    throw error;
  }
}

function failed(error: Fault): ParsedExpression {
  return { kind: "failed", fault: error.fault };
}

const comparisons: ReadonlySet<Sign> = new Set(["<", "<=", ">", ">=", "==", "!="]);

class Parser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #next = 0;
  #parts = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokensOf(text);
  }

  whole(): Expression {
    const first = this.#peek();
    if (first.kind === "end") throw new Fault("empty", first, "The condition is empty.");
    const expression = this.#or();
    const after = this.#peek();
    if (after.kind !== "end")
      throw this.#unexpected(after, "end-expected", "Nothing is expected here; an `and` or `or` may be missing.");
    return expression;
  }

  #or(): Expression {
    return this.#deeper(() => {
      let left = this.#and();
      while (this.#take("or")) left = this.#join("or", left, this.#and());
      return left;
    });
  }

  #and(): Expression {
    let left = this.#not();
    while (this.#take("and")) left = this.#join("and", left, this.#not());
    return left;
  }

  #not(): Expression {
    const sign = this.#take("not");
    if (sign === undefined) return this.#comparison();
    return this.#deeper(() => this.#around("not", sign, this.#not()));
  }

  #comparison(): Expression {
    const left = this.#sum();
    const sign = this.#takeComparison();
    if (sign === undefined) return left;
    const right = this.#sum();
    const second = this.#peek();
    if (second.kind === "sign" && comparisons.has(second.sign))
      throw new Fault("chained-comparison", second, "One comparison at a time; join two with `and`.");
    return this.#part({ kind: "compare", sign, left, right, ...around(left, right) });
  }

  #sum(): Expression {
    let left = this.#product();
    for (;;) {
      const sign = this.#take("+") ? "+" : this.#take("-") ? "-" : undefined;
      if (sign === undefined) return left;
      const right = this.#product();
      left = this.#part({ kind: "arithmetic", sign, left, right, ...around(left, right) });
    }
  }

  #product(): Expression {
    let left = this.#factor();
    for (;;) {
      const sign = this.#take("*") ? "*" : this.#take("/") ? "/" : undefined;
      if (sign === undefined) return left;
      const right = this.#factor();
      left = this.#part({ kind: "arithmetic", sign, left, right, ...around(left, right) });
    }
  }

  #factor(): Expression {
    const minus = this.#take("-");
    if (minus !== undefined) return this.#deeper(() => this.#around("minus", minus, this.#factor()));
    // A `not` deep inside an expression, as in `a == not b`.
    const not = this.#take("not");
    if (not !== undefined) return this.#deeper(() => this.#around("not", not, this.#factor()));
    return this.#value();
  }

  #value(): Expression {
    const token = this.#peek();
    if (token.kind === "number" || token.kind === "text") {
      this.#next += 1;
      return this.#part({ kind: "literal", value: token.value, at: token.at, length: token.length });
    }
    if (token.kind === "name") return this.#named(token);
    if (this.#take("(") !== undefined) {
      const inner = this.#or();
      const close = this.#close(token);
      return { ...inner, at: token.at, length: close.at + 1 - token.at };
    }
    throw this.#unexpected(token, "value-expected", "A number, a text in quotes, or a signal's path is expected here.");
  }

  #named(token: Token & { readonly kind: "name" }): Expression {
    this.#next += 1;
    const { name, at, length } = token;
    if (name === "true" || name === "false") return this.#part({ kind: "literal", value: name === "true", at, length });
    const open = this.#take("(");
    if (open === undefined) return this.#part({ kind: "signal", path: name, at, length });
    if (name === "abs") {
      const of = this.#or();
      const close = this.#close(open);
      return this.#part({ kind: "absolute", of, at, length: close.at + 1 - at });
    }
    if (name !== "known")
      throw new Fault("unknown-function", token, `There is no function ${name}; there are abs and known.`, name);
    const of = this.#peek();
    if (of.kind !== "name") throw new Fault("path-expected", of, "`known` asks for a signal's path.");
    this.#next += 1;
    const close = this.#close(open);
    return this.#part({ kind: "known", path: of.name, at, length: close.at + 1 - at });
  }

  #close(open: Span): Span {
    const close = this.#peek();
    if (close.kind === "sign" && close.sign === ")") {
      this.#next += 1;
      return close;
    }
    if (close.kind === "strange") throw this.#unexpected(close, "value-expected", "");
    throw new Fault("bracket-expected", close.kind === "end" ? open : close, "A closing bracket is missing.");
  }

  #join(kind: "and" | "or", left: Expression, right: Expression): Expression {
    return this.#part({ kind, left, right, ...around(left, right) });
  }

  #around(kind: "not" | "minus", sign: Span, of: Expression): Expression {
    return this.#part({ kind, of, at: sign.at, length: of.at + of.length - sign.at });
  }

  #part(expression: Expression): Expression {
    this.#parts += 1;
    if (this.#parts > expressionLimits.parts)
      throw new Fault("too-many-parts", expression, `A condition has at most ${expressionLimits.parts} parts.`);
    return expression;
  }

  #deeper(read: () => Expression): Expression {
    this.#depth += 1;
    if (this.#depth > expressionLimits.depth)
      throw new Fault("too-deep", this.#peek(), `Brackets and signs nest at most ${expressionLimits.depth} deep.`);
    const expression = read();
    this.#depth -= 1;
    return expression;
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? { kind: "end", at: this.#text.length, length: 0 };
  }

  #take(sign: Sign): Token | undefined {
    const token = this.#peek();
    if (token.kind !== "sign" || token.sign !== sign) return undefined;
    this.#next += 1;
    return token;
  }

  #takeComparison(): Comparison | undefined {
    for (const sign of ["<", "<=", ">", ">=", "==", "!="] as const) if (this.#take(sign)) return sign;
    return undefined;
  }

  #unexpected(token: Token, code: ExpressionFault["code"], message: string): Fault {
    if (token.kind === "strange") {
      const why = token.why === "open-text" ? "This text has no closing quote." : "This character means nothing here.";
      return new Fault(token.why, token, why, this.#text.slice(token.at, token.at + 1));
    }
    return new Fault(code, token, message, this.#text.slice(token.at, token.at + token.length));
  }
}

function around(left: Span, right: Span): Span {
  return { at: left.at, length: right.at + right.length - left.at };
}
