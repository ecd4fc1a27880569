import { MapError } from "@caravan/roads";
import Type from "typebox";
import { Value } from "typebox/value";
import { prepareCity } from "./city.ts";

// The child process of an import: one request as JSON on its command line, one JSON object a line on its output.
const Request = Type.Object({ data: Type.String(), map: Type.Optional(Type.String()) });

function say(line: unknown): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

let said = -1;

try {
  const request: unknown = JSON.parse(process.argv[2] ?? "");
  if (!Value.Check(Request, request)) throw new Error("city-worker takes {data, map?} as JSON");
  const { data, map } = request;
  await prepareCity({
    data,
    ...(map === undefined ? {} : { map }),
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
