import type { Step, Table } from "../gherkin.ts";
import { done, unsupported, wrong } from "../outcome.ts";
import type { StepOutcome } from "../outcome.ts";
import type { Scene, SceneNode, TimeZone } from "./scene.ts";

type MapStep = (scene: Scene, step: Step, words: readonly string[]) => StepOutcome;

/** Rows of a table by the names in its head. */
export function recordsOf(table: Table): readonly ReadonlyMap<string, string>[] {
  const [head = [], ...rows] = table;
  return rows.map((row) => new Map(head.map((name, i) => [name, row[i] ?? ""])));
}

/** Tags from the cells of a row: an empty cell or "(nil)" is no tag. */
export function putTags(tags: Map<string, string>, cells: Iterable<readonly [string, string]>): void {
  for (const [key, value] of cells) {
    if (value === "" || value === "(nil)") tags.delete(key);
    else tags.set(key, value);
  }
}

function addPoint(scene: Scene, name: string, column: number, row: number): StepOutcome {
  if (scene.pointNamed(name) !== undefined) return wrong(`the node map names ${name} twice`);
  const place = scene.placeOf(column, row);
  if (/[0-9]/.test(name)) scene.places.set(name, place);
  else scene.addNode(name, place);
  return done;
}

/** A drawing (two signs make one cell of the grid) or, in the older form, a table with one cell for each. */
function nodeMap(scene: Scene, step: Step): StepOutcome {
  const points: { readonly name: string; readonly column: number; readonly row: number }[] = [];
  for (const [row, line] of (step.document ?? "").split("\n").entries()) {
    for (const [at, name] of line.split("").entries()) {
      if (/[a-z0-9]/.test(name)) points.push({ name, column: at / 2, row });
    }
  }
  for (const [row, cells] of (step.table ?? []).entries()) {
    for (const [column, name] of cells.entries()) {
      if (name === "") continue;
      if (!/^[a-z0-9]$/.test(name)) return wrong(`the node map has a cell "${name}"`);
      points.push({ name, column, row });
    }
  }
  for (const { name, column, row } of points) {
    const outcome = addPoint(scene, name, column, row);
    if (outcome.kind !== "done") return outcome;
  }
  return done;
}

function nodeLocations(scene: Scene, { table = [] }: Step): StepOutcome {
  for (const row of recordsOf(table)) {
    const name = row.get("node") ?? "";
    const place = { lon: Number(row.get("lon")), lat: Number(row.get("lat")) };
    if (!Number.isFinite(place.lon) || !Number.isFinite(place.lat)) return wrong(`node ${name} has no position`);
    if (/[0-9]/.test(name)) scene.places.set(name, place);
    else {
      const id = row.get("id") ?? "";
      scene.addNode(name, place, id === "" ? undefined : Number(id));
    }
  }
  return done;
}

function nodeTags(scene: Scene, { table = [] }: Step): StepOutcome {
  for (const row of recordsOf(table)) {
    const node = scene.nodes.get(row.get("node") ?? "");
    if (node === undefined) return wrong(`there is no node ${row.get("node") ?? ""}`);
    const id = row.get("id") ?? "";
    if (id !== "") node.id = Number(id);
    putTags(
      node.tags,
      [...row].filter(([key]) => key !== "node" && key !== "id"),
    );
  }
  return done;
}

function ways(scene: Scene, { table = [] }: Step): StepOutcome {
  for (const row of recordsOf(table)) {
    const name = row.get("nodes") ?? "";
    const nodes: SceneNode[] = [];
    for (const letter of name) {
      const node = scene.nodes.get(letter);
      if (node === undefined) return wrong(`way ${name} has no node ${letter}`);
      nodes.push(node);
    }
    const tags = new Map([
      ["highway", "primary"],
      ["name", name],
    ]);
    putTags(
      tags,
      [...row].filter(([key, value]) => key !== "nodes" && key !== "#" && value !== '""' && value !== "''"),
    );
    if (row.get("name") === '""' || row.get("name") === "''") tags.delete("name");
    scene.addWay(name, nodes, tags);
  }
  return done;
}

function relations(scene: Scene, { table = [] }: Step): StepOutcome {
  const [head = [], ...rows] = table;
  for (const row of rows) {
    const tags = new Map<string, string>();
    const members: Scene["relations"][number]["members"][number][] = [];
    for (const [i, key] of head.entries()) {
      const value = row[i] ?? "";
      const member = /^(node|way|relation)(?::(.*))?$/.exec(key);
      if (member === null) {
        if (value !== "" && key !== "#") tags.set(key, value);
        continue;
      }
      const [, what, role = ""] = member;
      for (const name of value
        .split(",")
        .map((one) => one.trim())
        .filter((one) => one !== "")) {
        const kind = what === "node" ? "node" : what === "way" ? "way" : "relation";
        const of =
          kind === "node"
            ? scene.nodes.get(name)
            : kind === "way"
              ? scene.wayNamed(name)
              : scene.relationNames.get(name);
        if (of === undefined) return wrong(`a relation has no ${kind} ${name}`);
        members.push({ kind, of, role });
      }
    }
    scene.addRelation(tags, members);
  }
  return done;
}

/** Options for programs that this harness does not start; the moment for conditional restrictions is the one that matters. */
function extraArguments(scene: Scene, _step: Step, [, , text = ""]: readonly string[]): StepOutcome {
  const now = /--parse-conditionals-from-now[= ](\d+)/.exec(text)?.[1];
  if (now !== undefined) scene.now = Number(now);
  const zone = /--time-zone-file[= ]\S*?(\w+)\.geojson/.exec(text)?.[1];
  if (zone !== undefined) {
    scene.timeZone = timeZones.get(zone);
    if (scene.timeZone === undefined) return unsupported(`the time zones of ${zone}.geojson`);
  }
  if (/--driving-side-index=off/.test(text)) scene.leftHandLand = nowhere;
  if (/--location-dependent-data \S*null-island\.geojson/.test(text)) scene.leftHandLand = nullIsland;
  const unknown = text
    .split(/\s+(?=--)/)
    .find(
      (option) =>
        option !== "" &&
        !/^--(parse-conditional|time-zone-file|generate-edge-lookup|segment-speed-file|driving-side-index=(on|auto|off)$|location-dependent-data \S*null-island\.geojson$)/.test(
          option,
        ),
    );
  return unknown === undefined ? done : unsupported(`the extra argument ${unknown}`);
}

/** The zones that OSRM's tests bring as files, each with what its file covers, more or less. */
const timeZones: ReadonlyMap<string, TimeZone> = new Map([
  ["guinea", { name: "Africa/Conakry", area: [-15.2, 7.1, -7.6, 12.7] }],
  ["dc", { name: "America/New_York", area: [-77.2, 38.7, -76.8, 39.1] }],
  ["london", { name: "Europe/London", area: [-0.6, 51.2, 0.4, 51.8] }],
]);

/** The part of the globe on which OSRM's tests drive on the left: west, south, east, north. */
const nullIsland = [0, 0, 2, 2] as const;
const everywhere = [-180, -90, 180, 90] as const;
const nowhere = [0, 0, 0, 0] as const;

/** A profile with settings of its own: only the side of the road can be told. */
function profileWithSettings(scene: Scene, { document = "" }: Step, [, profile]: readonly string[]): StepOutcome {
  const setting = /^\s*profile\.properties\.left_hand_driving\s*=\s*(true|false)\s*$/.exec(document);
  if (profile !== "car" || setting === null) return unsupported("a profile with settings");
  scene.leftHandLand = setting[1] === "true" ? everywhere : nowhere;
  return done;
}

const mapSteps: readonly (readonly [RegExp, MapStep])[] = [
  [
    /^the (?:speed)?profile "([^"]*)"$/,
    (_scene, _step, [, profile = ""]) =>
      profile === "car" || profile === "car.lua" ? done : unsupported(`the profile "${profile}"`),
  ],
  [/^the profile file "([^"]*)" initialized with$/, profileWithSettings],
  [
    /^a grid size of ([0-9.]+) meters$/,
    (scene, _step, [, metres]) => {
      scene.grid = Number(metres);
      return done;
    },
  ],
  [
    /^the origin ([-+]?[0-9.]+),\s*([-+]?[0-9.]+)$/,
    (scene, _step, [, lon, lat]) => {
      scene.origin = { lon: Number(lon), lat: Number(lat) };
      return done;
    },
  ],
  [/^the node map$/, nodeMap],
  [/^the node locations$/, nodeLocations],
  [/^the nodes$/, nodeTags],
  [/^the ways(?: with locations)?$/, ways],
  [/^the relations$/, relations],
  [
    /^the query options$/,
    (scene, { table = [] }) => {
      for (const [key = "", value = ""] of table) scene.options.set(key, value);
      return done;
    },
  ],
  [
    /^the shortcuts$/,
    (scene, { table = [] }) => {
      for (const row of recordsOf(table)) scene.shortcuts.set(row.get("key") ?? "", row.get("value") ?? "");
      return done;
    },
  ],
  [/^the (extract|contract|partition|customize) extra arguments "(.*?)"$/, extraArguments],
  [
    /^the speed file$/,
    (scene, { document = "" }) => {
      scene.speedFile = document;
      return done;
    },
  ],
  [/^the data has been (saved to disk|extracted|contracted|partitioned|customized)$/, () => done],
  [/^data is loaded (directly|with datastore)$/, () => done],
];

/** Takes a step that says how the map looks or how it is asked; undefined if it is none of these. */
export function takeMapStep(scene: Scene, step: Step): StepOutcome | undefined {
  for (const [words, take] of mapSteps) {
    const found = words.exec(step.text);
    if (found !== null) return take(scene, step, found);
  }
  return undefined;
}
