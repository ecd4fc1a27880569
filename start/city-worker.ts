import { MapError } from "@caravan/roads";
import { prepareCity } from "./prepare-city.ts";

// The child process of an import: one request as JSON on its command line, one JSON object a line on its output.
function readRequest(text = ""): { readonly data: string; readonly map?: string } {
  const request: unknown = JSON.parse(text);
  if (typeof request === "object" && request !== null && "data" in request && typeof request.data === "string") {
    if (!("map" in request)) return { data: request.data };
    if (typeof request.map === "string") return { data: request.data, map: request.map };
  }
  throw new Error("city-worker takes {data, map?} as JSON");
}

function say(line: unknown): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

let said = -1;

try {
  await prepareCity({
    ...readRequest(process.argv[2]),
    onReady: (ready) => say({ ready }),
    onProgress: (progress, what) => {
      // A hundred lines at most.
      if (Math.floor(progress * 100) === said) return;
      said = Math.floor(progress * 100);
      say({ progress, what });
    },
  });
  say({ drawn: true });
} catch (error) {
  if (!(error instanceof MapError)) throw error;
  say({ failed: error.message, code: error.code });
  process.exitCode = 1;
}
