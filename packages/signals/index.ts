/** The car's vocabulary, in the words of the Vehicle Signal Specification 6.0, and the Store of what the car knows now. */
export { Vehicle, catalogue } from "./src/catalogue/product.ts";
export { Catalogue } from "./src/catalogue/catalogue.ts";
export { CatalogueError, loadCatalogue } from "./src/catalogue/load.ts";
export { qualities, Store } from "./src/store.ts";
export type { Clock, From, Quality, Reading } from "./src/store.ts";
export type { Datatype, Kind, Signal, SignalValue } from "./src/signal.ts";
export type { Samples } from "./src/ring.ts";
export { check } from "./src/check.ts";
export { Claims } from "./src/claims.ts";
export { SignalError } from "./src/error.ts";
export { fromSi, si, siUnit, toSi } from "./src/units.ts";
