import { browserNetwork, CloudClient } from "@caravan/link";
import { browserParts } from "@caravan/ui";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { rememberCars } from "./kept/car-memory.ts";
import type { Shelf } from "./kept/kept-cars.ts";
import { installOffline } from "./kept/install-offline.ts";
import "./phone.css";

const now = () => Date.now();
const cloud = new CloudClient({ network: browserNetwork(browserParts), now });
// Where storage is blocked, the very name throws; each use is then answered for on its own.
const shelf: Shelf = {
  getItem: (key) => localStorage.getItem(key),
  setItem: (key, value) => localStorage.setItem(key, value),
  removeItem: (key) => localStorage.removeItem(key),
};
const memory = rememberCars({ cloud, shelf, now });
addEventListener("pagehide", () => memory.keepNow());
cloud.start();

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no element with the id root");
createRoot(root).render(
  <StrictMode>
    <App cloud={cloud} memory={memory} />
  </StrictMode>,
);

installOffline().catch(() => undefined);
