/** The order of the roads of a city, found by several threads together while it is imported. */

export type { OrderElsewhere } from "./src/engine/order/order-roads.ts";
export { helpToOrder, shareOrder } from "./src/engine/order/shared-order.ts";
export type { SharedOrder } from "./src/engine/order/shared-order.ts";
