import { Type } from "typebox";
import { bytes, empty, json, problem } from "../http/reply.ts";
import { route } from "../http/route.ts";
import type { Route } from "../http/route.ts";
import type { CityFiles } from "./city-files.ts";

const forever = { "cache-control": "private, max-age=31536000, immutable" };
const Index = Type.Integer({ minimum: 0, maximum: 2 ** 24 });

/** The city on the map. Where the fleet drives is for those who are signed in. */
export function mapRoutes(city: CityFiles): readonly Route[] {
  return [
    route({
      method: "GET",
      path: "/api/map",
      who: "account",
      summary: "What a map view needs to draw the city",
      handle: () => json(city.info, { headers: { "cache-control": "no-cache" } }),
    }),
    route({
      method: "GET",
      path: "/api/tiles/:version/:z/:x/:y.mvt",
      who: "account",
      summary: "One vector tile, layers named as in OpenMapTiles; 204 where the map is empty",
      params: Type.Object({ version: Type.String(), z: Type.Integer({ minimum: 0, maximum: 24 }), x: Index, y: Index }),
      handle: async ({ params }) => {
        if (params.version !== city.info.version)
          return problem(404, "other-version", "The map has changed; reload it.");
        const tile = await city.tile(params.z, params.x, params.y);
        if (tile === "not-drawn") return problem(503, "not-drawn", "The map is still being drawn.");
        return tile === "empty" ? empty() : bytes(tile, "application/vnd.mapbox-vector-tile", forever);
      },
    }),
    route({
      method: "GET",
      path: "/api/density/:version.png",
      who: "account",
      summary: "The tone of the land as a picture",
      params: Type.Object({ version: Type.String() }),
      handle: async ({ params }) => {
        const density = params.version === city.info.version ? await city.density() : undefined;
        return density === undefined
          ? problem(404, "not-found", "This city has no such picture.")
          : bytes(density, "image/png", forever);
      },
    }),
  ];
}
