/** Several values of one OpenStreetMap tag, as a sign writes them: "E 6;E 20" becomes "E 6 / E 20". */
export function readableList(value: string): string {
  return value
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .join(" / ");
}
