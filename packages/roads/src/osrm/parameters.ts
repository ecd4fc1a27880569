/** What stands behind the "?" of an address, by name, the last of each; undefined where it is not well encoded. */
export function parametersOf(pathWithQuery: string): ReadonlyMap<string, string> | undefined {
  const parameters = new Map<string, string>();
  const begin = pathWithQuery.indexOf("?");
  if (begin < 0) return parameters;
  try {
    for (const part of pathWithQuery.slice(begin + 1).split("&")) {
      const equals = part.indexOf("=");
      const name = equals < 0 ? part : part.slice(0, equals);
      const value = equals < 0 ? "" : part.slice(equals + 1);
      parameters.set(decodeURIComponent(name), decodeURIComponent(value.replaceAll("+", " ")));
    }
  } catch {
    return undefined;
  }
  return parameters;
}
