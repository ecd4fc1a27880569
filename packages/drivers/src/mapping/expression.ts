/** A sum over named values, worked out again and again; it holds no state and cannot loop. */
export type Expression = (read: (name: string) => number) => number;

/** What is wrong with an expression, and at which character from 1. */
export class ExpressionError extends Error {
  constructor(at: number, problem: string) {
    super(`at character ${at}: ${problem}`);
    this.name = "ExpressionError";
  }
}

const longest = 500;
const deepest = 32;

const functions: Readonly<Record<string, (...values: number[]) => number>> = {
  abs: Math.abs,
  ceil: Math.ceil,
  floor: Math.floor,
  max: Math.max,
  min: Math.min,
  round: Math.round,
  sqrt: Math.sqrt,
};

type Node =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "call"; readonly call: (...values: number[]) => number; readonly inputs: readonly Node[] };

const pairs: Readonly<Record<string, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "%": (a, b) => a % b,
  "^": (a, b) => a ** b,
};

/**
 * Numbers, names, + - * / % ^, brackets, and abs, ceil, floor, max, min, round, sqrt. It is read into a tree and never becomes code.
 * @throws ExpressionError
 */
export function parseExpression(text: string): { readonly names: readonly string[]; readonly value: Expression } {
  if (text.length > longest) throw new ExpressionError(longest, `longer than ${longest} characters`);
  const parser = new Parser(text);
  const tree = parser.whole();
  return { names: [...parser.names], value: (read) => evaluate(tree, read) };
}

function evaluate(node: Node, read: (name: string) => number): number {
  switch (node.kind) {
    case "number":
      return node.value;
    case "name":
      return read(node.name);
    case "call": {
      const [first, second] = node.inputs;
      if (first !== undefined && second !== undefined && node.inputs.length === 2)
        return node.call(evaluate(first, read), evaluate(second, read));
      return node.call(...node.inputs.map((input) => evaluate(input, read)));
    }
  }
}

/** Recursive descent: sums of products of powers of atoms. */
class Parser {
  readonly names = new Set<string>();
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Node {
    const tree = this.#sum();
    if (this.#peek() !== "") throw this.#wrong(`"${this.#peek()}" does not belong here`);
    return tree;
  }

  #sum(): Node {
    let left = this.#product();
    for (;;) {
      const sign = this.#peek();
      if (sign !== "+" && sign !== "-") return left;
      this.#at++;
      left = pair(sign, left, this.#product());
    }
  }

  #product(): Node {
    let left = this.#power();
    for (;;) {
      const sign = this.#peek();
      if (sign !== "*" && sign !== "/" && sign !== "%") return left;
      this.#at++;
      left = pair(sign, left, this.#power());
    }
  }

  #power(): Node {
    if (++this.#depth > deepest) throw this.#wrong(`nested deeper than ${deepest}`);
    const base = this.#atom();
    const isPower = this.#peek() === "^";
    if (isPower) this.#at++;
    const node = isPower ? pair("^", base, this.#power()) : base;
    this.#depth--;
    return node;
  }

  #atom(): Node {
    const sign = this.#peek();
    if (sign === "-") {
      this.#at++;
      return pair("-", { kind: "number", value: 0 }, this.#power());
    }
    if (sign === "(") {
      this.#at++;
      const inside = this.#sum();
      this.#close();
      return inside;
    }
    const number = this.#match(/(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y);
    if (number !== undefined) return { kind: "number", value: Number(number) };
    const name = this.#match(/[A-Za-z_][A-Za-z0-9_]*/y);
    if (name === undefined) throw this.#wrong(sign === "" ? "it ends too early" : `"${sign}" does not belong here`);
    if (this.#peek() !== "(") {
      this.names.add(name);
      return { kind: "name", name };
    }
    return this.#call(name);
  }

  #call(name: string): Node {
    const call = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (call === undefined) throw this.#wrong(`there is no function ${name}`);
    const inputs: Node[] = [];
    do {
      this.#at++;
      inputs.push(this.#sum());
    } while (this.#peek() === ",");
    this.#close();
    const takesMany = call === Math.max || call === Math.min;
    if (!takesMany && inputs.length !== 1) throw this.#wrong(`${name} takes one value`);
    return { kind: "call", call, inputs };
  }

  #close(): void {
    if (this.#peek() !== ")") throw this.#wrong("a bracket is not closed");
    this.#at++;
  }

  #peek(): string {
    while (this.#text[this.#at] === " ") this.#at++;
    return this.#text[this.#at] ?? "";
  }

  #match(matcher: RegExp): string | undefined {
    matcher.lastIndex = this.#at;
    const found = matcher.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #wrong(problem: string): ExpressionError {
    return new ExpressionError(this.#at + 1, problem);
  }
}

function pair(sign: string, left: Node, right: Node): Node {
  const call = pairs[sign];
  if (call === undefined) throw new TypeError(`there is no operator ${sign}`);
  return { kind: "call", call, inputs: [left, right] };
}
