/** Texts of the graph by number, each kept once; number 0 is the empty text. */
export class NameTable {
  private readonly indexOf = new Map<string, number>([["", 0]]);
  readonly names: string[] = [""];

  add(name: string | undefined): number {
    if (name === undefined) return 0;
    const known = this.indexOf.get(name);
    if (known !== undefined) return known;
    const index = this.names.length;
    this.indexOf.set(name, index);
    this.names.push(name);
    return index;
  }
}
