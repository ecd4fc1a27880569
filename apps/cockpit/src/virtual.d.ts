declare module "virtual:licences" {
  /** Every package that this screen ships, by its own package.json. */
  export const licences: readonly {
    readonly name: string;
    readonly version: string;
    readonly licence: string;
  }[];
}
