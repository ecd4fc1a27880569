/** The token of a pasted sign-in link, or of the bare token itself; undefined where there is none. */
export function signInToken(pasted: string): string | undefined {
  const text = pasted.trim();
  const inLink = /[?&]token=([\w-]{8,200})(?:[&#\s]|$)/.exec(text)?.[1];
  return inLink ?? /^[\w-]{20,200}$/.exec(text)?.[0];
}
