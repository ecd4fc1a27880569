import { existsSync } from "node:fs";
import { extname, join } from "node:path";
import { Type } from "typebox";
import { file, problem, redirect } from "./reply.ts";
import { route } from "./route.ts";
import type { Route } from "./route.ts";

/** The built phone and console. Names under `assets` hold a hash of their content and never change; an address without a file is a page of the app. */
export function screenRoutes(folder: string | undefined): readonly Route[] {
  return ["phone", "console"].flatMap((app) => [
    route({
      method: "GET",
      path: `/${app}`,
      who: "anyone",
      summary: `The ${app}`,
      handle: () => redirect(`/${app}/`),
    }),
    route({
      method: "GET",
      path: `/${app}/*`,
      who: "anyone",
      summary: `The ${app} and its files`,
      params: Type.Object({ rest: Type.String({ maxLength: 300 }) }),
      handle: ({ params }) => {
        if (folder === undefined || !existsSync(join(folder, app, "index.html"))) {
          return problem(404, "no-screens", "The screens are not built here.");
        }
        const path = params.rest;
        const isPage = extname(path) === "";
        return file(join(folder, app), isPage ? "index.html" : path, { immutable: path.startsWith("assets/") });
      },
    }),
  ]);
}
