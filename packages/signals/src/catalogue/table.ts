import type { Datatype, Kind, Signal, SignalValue, ValueOf } from "../signal.ts";

/** A signal that has not been given its place in the tree yet. */
type Leaf<T extends SignalValue> = Omit<Signal<T>, "path" | "slot">;

/** A branch of the catalogue as it is written down: leaves and further branches by name. */
export interface Table {
  readonly [name: string]: Leaf<SignalValue> | Table;
}

/** The tree that a table grows into: the same names, every leaf a signal of the right type. */
export type Tree<T> = { readonly [K in keyof T]: T[K] extends Leaf<infer V> ? Signal<V> : Tree<T[K]> };

type DatatypeOf<S extends string> = S extends `${infer D} ${string}` ? D : S;

const shape =
  /^(?<datatype>[a-z0-9]+(?:\[\])?)(?: (?<unit>[A-Za-z][^ ]*))?(?: (?<min>-?[\d.]*?)\.\.(?<max>-?[\d.]*))?$/;

const scalars = [
  "int8",
  "uint8",
  "int16",
  "uint16",
  "int32",
  "uint32",
  "int64",
  "uint64",
  "float",
  "double",
  "boolean",
  "string",
];
const datatypes = new Set(scalars.flatMap((name) => [name, `${name}[]`]));

export const isDatatype = (text: unknown): text is Datatype => typeof text === "string" && datatypes.has(text);

function parse(kind: Kind, facts: string, description: string, allowed?: readonly string[]): Leaf<SignalValue> {
  const { datatype, unit, min, max } = shape.exec(facts)?.groups ?? {};
  if (!isDatatype(datatype)) throw new TypeError(`"${facts}" is no line of a signal table`);
  return {
    kind,
    datatype,
    ...(unit && { unit }),
    ...(min && { min: Number(min) }),
    ...(max && { max: Number(max) }),
    ...(allowed && { allowed }),
    description,
  };
}

interface Writer {
  /**
   * One line of a table. `facts` are data type, unit and limits, such as `float km/h`, `uint8 percent 0..100`, `uint8 0..10` or `boolean`;
   * `allowed` lists the only strings there may be.
   */
  <const S extends `${Datatype}${string}`>(facts: S, description: string): Leaf<ValueOf<DatatypeOf<S>>>;
  <const A extends string>(facts: "string", description: string, allowed: readonly A[]): Leaf<A>;
  <const A extends string>(facts: "string[]", description: string, allowed: readonly A[]): Leaf<readonly A[]>;
}

const writer = (kind: Kind): Writer => {
  function write<const S extends `${Datatype}${string}`>(facts: S, description: string): Leaf<ValueOf<DatatypeOf<S>>>;
  function write<const A extends string>(facts: "string", description: string, allowed: readonly A[]): Leaf<A>;
  function write<const A extends string>(
    facts: "string[]",
    description: string,
    allowed: readonly A[],
  ): Leaf<readonly A[]>;
  function write(facts: string, description: string, allowed?: readonly string[]): unknown {
    return parse(kind, facts, description, allowed);
  }
  return write;
};

/** A reading that cannot be asked for. */
export const sensor = writer("sensor");
/** A state that can be asked for; its own value is the state, not the wish. */
export const actuator = writer("actuator");
/** A fact about this car that does not change while it runs. */
export const attribute = writer("attribute");

/** The same branch under several names, such as both rows of doors. */
export function each<const N extends string, T extends Table>(names: readonly N[], table: T): { readonly [K in N]: T };
export function each(names: readonly string[], table: Table): Table {
  return Object.fromEntries(names.map((name) => [name, table]));
}

const isLeaf = (node: Leaf<SignalValue> | Table): node is Leaf<SignalValue> => typeof node["datatype"] === "string";

/** Gives every leaf its path and, in the order they are written, its slot; `signals` receives them. */
export function grow<T extends Table>(path: string, table: T, signals: Signal[]): Tree<T>;
export function grow(path: string, table: Table, signals: Signal[]): unknown {
  const tree: Record<string, unknown> = {};
  for (const [name, node] of Object.entries(table)) {
    const here = `${path}.${name}`;
    if (isLeaf(node)) {
      const signal = { path: here, slot: signals.length, ...node };
      signals.push(signal);
      tree[name] = signal;
    } else {
      tree[name] = grow(here, node, signals);
    }
  }
  return tree;
}
