/** Where in the text something stands, in characters. */
export interface Span {
  readonly at: number;
  readonly length: number;
}

export type Token =
  | (Span & { readonly kind: "number"; readonly value: number })
  | (Span & { readonly kind: "text"; readonly value: string })
  /** A name with or without dots: a path, a function, or one of the words below. */
  | (Span & { readonly kind: "name"; readonly name: string })
  | (Span & { readonly kind: "sign"; readonly sign: Sign })
  | (Span & { readonly kind: "end" })
  | (Span & { readonly kind: "strange"; readonly why: "strange-character" | "open-text" });

export type Sign =
  | "("
  | ")"
  | ","
  | "<"
  | "<="
  | ">"
  | ">="
  | "=="
  | "!="
  | "+"
  | "-"
  | "*"
  | "/"
  | "and"
  | "or"
  | "not";

/** Several spellings of one sign: those of C and its children, and of people. */
const spellings: ReadonlyMap<string, Sign> = new Map<string, Sign>([
  ["(", "("],
  [")", ")"],
  [",", ","],
  ["<", "<"],
  ["<=", "<="],
  ["≤", "<="],
  [">", ">"],
  [">=", ">="],
  ["≥", ">="],
  ["==", "=="],
  ["=", "=="],
  ["!=", "!="],
  ["≠", "!="],
  ["+", "+"],
  ["-", "-"],
  ["*", "*"],
  ["/", "/"],
  ["&&", "and"],
  ["||", "or"],
  ["!", "not"],
]);
const words: ReadonlyMap<string, Sign> = new Map<string, Sign>([
  ["and", "and"],
  ["or", "or"],
  ["not", "not"],
]);

const pattern =
  /\s+|(?<number>(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)|(?<name>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*)|"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<sign><=|>=|==|!=|&&|\|\||[()<>=+\-*/!,≤≥≠])/y;

/** The words and signs of an expression, with an end behind the last; ends at the first character that belongs to none. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) {
      const isOpen = text[at] === '"' || text[at] === "'";
      tokens.push({
        kind: "strange",
        at,
        length: isOpen ? text.length - at : 1,
        why: isOpen ? "open-text" : "strange-character",
      });
      return tokens;
    }
    const token = tokenOf(found.groups ?? {}, { at, length: found[0].length });
    if (token !== undefined) tokens.push(token);
    at += found[0].length;
  }
  tokens.push({ kind: "end", at: text.length, length: 0 });
  return tokens;
}

function tokenOf(groups: Readonly<Record<string, string | undefined>>, span: Span): Token | undefined {
  const { number, name, double, single, sign } = groups;
  if (number !== undefined) return { kind: "number", value: Number(number), ...span };
  if (name !== undefined) {
    const word = words.get(name.toLowerCase());
    return word === undefined ? { kind: "name", name, ...span } : { kind: "sign", sign: word, ...span };
  }
  const quoted = double ?? single;
  if (quoted !== undefined) return { kind: "text", value: quoted, ...span };
  const meant = sign === undefined ? undefined : spellings.get(sign);
  return meant === undefined ? undefined : { kind: "sign", sign: meant, ...span };
}
