import type { TSchema } from "typebox";
import { json } from "./reply.ts";
import { route } from "./route.ts";
import type { Route } from "./route.ts";

/** `GET /api/docs`: the declared routes as OpenAPI 3.1; `x-who` says who may call each. */
export function docsRoute(routes: readonly Route[], version: string): Route {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const declared of routes) {
    const path = declared.path.replaceAll(/:(\w+)/gu, "{$1}").replaceAll("*", "{file}");
    paths[path] = { ...paths[path], [declared.method.toLowerCase()]: describe(declared, path) };
  }
  const document = {
    openapi: "3.1.0",
    info: { title: "Caravan cloud", version, license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
    paths,
    components: {
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "caravan-cloud" },
        supervisor: { type: "http", scheme: "bearer", description: "The secret in the data folder" },
      },
    },
  };
  return route({
    method: "GET",
    path: "/api/docs",
    who: "anyone",
    summary: "This API, as OpenAPI",
    handle: () => json(document),
  });
}

function describe({ summary, who, params, query, body }: Route, path: string): unknown {
  const inPath = [...path.matchAll(/\{(\w+)\}/gu)].map(([, name = ""]) => ({
    name,
    in: "path",
    required: true,
    schema: propertiesOf(params)[name] ?? { type: "string" },
  }));
  const inQuery = Object.entries(propertiesOf(query)).map(([name, schema]) => ({
    name,
    in: "query",
    required: requiredOf(query).includes(name),
    schema,
  }));
  const session = { session: [] };
  const supervisor = { supervisor: [] };
  const security = { anyone: [], account: [session], operator: [session, supervisor], supervisor: [supervisor] }[who];
  return {
    summary,
    "x-who": who,
    security,
    parameters: [...inPath, ...inQuery],
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { "application/json": { schema: body } } } }),
    responses: { "200": { description: "Done" }, default: { description: "{ error: { code, message } }" } },
  };
}

function propertiesOf(schema: TSchema | undefined): Readonly<Record<string, unknown>> {
  return schema !== undefined &&
    "properties" in schema &&
    typeof schema.properties === "object" &&
    schema.properties !== null
    ? { ...schema.properties }
    : {};
}

function requiredOf(schema: TSchema | undefined): readonly unknown[] {
  return schema !== undefined && "required" in schema && Array.isArray(schema.required) ? schema.required : [];
}
