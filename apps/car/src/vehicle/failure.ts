/** One clear sentence for the person at the terminal, about a start that failed. */
export function failureSentence(error: unknown, places: { readonly data: string; readonly map: string }): string {
  const { code, message } = describe(error);
  switch (code) {
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return `The car computer may not write in ${places.data}; choose another folder with --data, or change its owner.`;
    case "EEXIST":
    case "ENOTDIR":
      return `${places.data} is not a folder; choose another one with --data.`;
    case "ENOSPC":
      return `The disk that holds ${places.data} is full.`;
    case "ENOENT":
      return `The map in ${places.map} is not complete; start again, and it is made anew.`;
    default:
      return message;
  }
}

function describe(error: unknown): { readonly code: string | undefined; readonly message: string } {
  if (!(error instanceof Error)) return { code: undefined, message: String(error) };
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  return { code, message: error.message };
}
