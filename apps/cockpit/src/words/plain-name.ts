/** The end of a simulated place's name, as the map data has it. */
const saysSo = / \(simulated\)$/u;

/** The name of a place beside words that say in the person's language that it is simulated. */
export function plainName(name: string, isSimulated: boolean): string {
  return isSimulated ? name.replace(saysSo, "") : name;
}
