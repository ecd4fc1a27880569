/** The end of a simulated place's name, as the map data has it. */
const saysSo = / \(simulated\)$|（模拟）$/u;

/** Does the name say of itself that the place is simulated? */
export const isNamedSimulated = (name: string): boolean => saysSo.test(name);

/** The name of a place beside words that say in the person's language that it is simulated. */
export function plainName(name: string, isSimulated: boolean): string {
  return isSimulated ? name.replace(saysSo, "") : name;
}
