/** Anything a signal can hold. */
export type SignalValue = number | boolean | string | readonly (number | boolean | string)[];

type Integer = "int8" | "uint8" | "int16" | "uint16" | "int32" | "uint32" | "int64" | "uint64";
type Scalar = Integer | "float" | "double" | "boolean" | "string";

/** The data types of the Vehicle Signal Specification, spelled as it spells them. */
export type Datatype = Scalar | `${Scalar}[]`;

/** What a value of this data type is in TypeScript. 64-bit integers are numbers too, refused beyond 2^53. */
export type ValueOf<D> = D extends `${infer Item}[]`
  ? readonly ValueOf<Item>[]
  : D extends "boolean"
    ? boolean
    : D extends "string"
      ? string
      : number;

/** May it be read, may it be asked for, does it never change while the car runs. */
export type Kind = "sensor" | "actuator" | "attribute";

/** One leaf of the vehicle's vocabulary. `T` is the type of its values. */
export interface Signal<T extends SignalValue = SignalValue> {
  /** Full path in the words of VSS, such as `Vehicle.Cabin.Door.Row1.DriverSide.IsOpen`. */
  readonly path: string;
  readonly kind: Kind;
  readonly datatype: Datatype;
  /** As VSS spells it (`km/h`, `percent`, `degrees`); absent where a number is a plain count. */
  readonly unit?: string;
  /** Smallest and largest value, both allowed themselves. */
  readonly min?: number;
  readonly max?: number;
  /** The only values there may be; for arrays, the only elements. */
  readonly allowed?: readonly (number | boolean | string)[];
  readonly default?: T;
  readonly description: string;
  /** Number of the signal in its catalogue and in every Store over it. */
  readonly slot: number;
}
