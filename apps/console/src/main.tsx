import { browserNetwork, CloudClient } from "@caravan/link";
import { browserParts } from "@caravan/ui";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import "./console.css";

const cloud = new CloudClient({ network: browserNetwork(browserParts), now: () => Date.now() });
cloud.start();

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no element with the id root");
createRoot(root).render(
  <StrictMode>
    <App cloud={cloud} />
  </StrictMode>,
);
