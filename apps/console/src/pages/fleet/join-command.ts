/** What to run on the car's computer, so that it joins the cloud at `origin` with the code. */
export function joinCommand(origin: string, code: string): string {
  return `npm start -- --car-only --cloud-url ${origin} --enrol=${code}`;
}
