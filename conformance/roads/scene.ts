/** A place on the globe, WGS-84 degrees. */
export interface Place {
  readonly lon: number;
  readonly lat: number;
}

/** A node of the drawn map; its id and its tags may be told in a later step than its place. */
export interface SceneNode extends Place {
  id: number;
  readonly tags: Map<string, string>;
}

/** A zone by its name in the IANA database, and where it holds: west, south, east, north. */
export interface TimeZone {
  readonly name: string;
  readonly area: readonly [number, number, number, number];
}

interface SceneWay {
  readonly id: number;
  readonly nodes: readonly SceneNode[];
  readonly tags: ReadonlyMap<string, string>;
}

interface SceneRelation {
  readonly id: number;
  readonly tags: ReadonlyMap<string, string>;
  readonly members: readonly {
    readonly kind: "node" | "way" | "relation";
    /** The member itself, since a node may still get another id. */
    readonly of: { readonly id: number };
    readonly role: string;
  }[];
}

/** Degrees that a metre eastwards and one northwards span at a latitude, on the WGS-84 ellipsoid: where OSRM's tests put their nodes. */
function degreesPerMetre(lat: number): Place {
  const eccentricity2 = 0.006_694_379_990_14;
  const latitude = (lat * Math.PI) / 180;
  const w2 = 1 / (1 - eccentricity2 * Math.sin(latitude) ** 2);
  const metres = 6_378_137 * Math.sqrt(w2) * (Math.PI / 180);
  return { lon: 1 / (metres * Math.cos(latitude)), lat: 1 / (metres * w2 * (1 - eccentricity2)) };
}

/** What the steps of one scenario have said so far. */
export class Scene {
  /** Metres between two neighbouring cells of the node map. */
  grid = 100;
  origin: Place = { lon: 1, lat: 1 };
  readonly nodes = new Map<string, SceneNode>();
  /** Free places between the nodes, by their digit. */
  readonly places = new Map<string, Place>();
  readonly ways = new Map<string, SceneWay>();
  readonly wayList: SceneWay[] = [];
  readonly relations: SceneRelation[] = [];
  readonly relationNames = new Map<string, SceneRelation>();
  readonly options = new Map<string, string>();
  readonly shortcuts = new Map<string, string>();
  /** The moment (Unix seconds) at which conditional restrictions are decided, if the scenario names one. */
  now: number | undefined;
  /** Where clocks show something else than universal time; conditional restrictions beyond it do not hold. */
  timeZone: TimeZone | undefined;
  /** Speeds of road segments in OSRM's format, if the scenario brings some. */
  speedFile: string | undefined;
  /** West, south, east, north of where one drives on the left, if the scenario tells; ways can be tagged otherwise. */
  leftHandLand: readonly [number, number, number, number] | undefined;
  private lastId = 0;

  nextId(): number {
    return ++this.lastId;
  }

  /** Where a cell of the node map lies. */
  placeOf(column: number, row: number): Place {
    const { lon, lat } = degreesPerMetre(this.origin.lat);
    return { lon: this.origin.lon + column * this.grid * lon, lat: this.origin.lat - row * this.grid * lat };
  }

  addNode(name: string, place: Place, id = this.nextId()): SceneNode {
    const node = { ...place, id, tags: new Map<string, string>() };
    this.nodes.set(name, node);
    return node;
  }

  addWay(name: string, nodes: readonly SceneNode[], tags: ReadonlyMap<string, string>): void {
    const way = { id: this.nextId(), nodes, tags };
    this.ways.set(name, way);
    this.wayList.push(way);
  }

  addRelation(tags: ReadonlyMap<string, string>, members: SceneRelation["members"]): void {
    const relation = { id: this.nextId(), tags, members };
    this.relations.push(relation);
    const name = tags.get("name");
    if (name !== undefined) this.relationNames.set(name, relation);
  }

  /** What the clocks show at `now` (seconds, as if they told universal time); undefined where no time is known. */
  localNow(): number | undefined {
    const { now, timeZone } = this;
    if (now === undefined || timeZone === undefined) return now;
    const { name, area } = timeZone;
    const [west, south, east, north] = area;
    for (const { lon, lat } of this.nodes.values()) {
      if (lon < west || lat < south || lon > east || lat > north) return undefined;
    }
    const shown = new Intl.DateTimeFormat("sv-SE", { timeZone: name, dateStyle: "short", timeStyle: "medium" });
    return Date.parse(`${shown.format(now * 1_000).replace(" ", "T")}Z`) / 1_000;
  }

  /** A way by its nodes, in either direction. */
  wayNamed(name: string): SceneWay | undefined {
    return this.ways.get(name) ?? this.ways.get(name.split("").toReversed().join(""));
  }

  /** A node by its letter or a place by its digit. */
  pointNamed(name: string): Place | undefined {
    return this.nodes.get(name) ?? this.places.get(name);
  }
}

function attribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;").replaceAll("\n", "&#10;");
}

function tagLines(tags: ReadonlyMap<string, string>): string {
  return [...tags].map(([key, value]) => `<tag k="${attribute(key)}" v="${attribute(value)}"/>`).join("");
}

/** A way's tags, and the side of the road where the scenario tells it by place: that of the way's last node. */
function tagsOfWay({ leftHandLand }: Scene, { nodes, tags }: SceneWay): ReadonlyMap<string, string> {
  const last = nodes.at(-1);
  if (leftHandLand === undefined || last === undefined || tags.has("driving_side")) return tags;
  const [west, south, east, north] = leftHandLand;
  const isLeft = last.lon > west && last.lat >= south && last.lon < east && last.lat < north;
  return new Map([...tags, ["driving_side", isLeft ? "left" : "right"]]);
}

/** The scene as an OpenStreetMap document, which is what a person with this map would bring. */
export function osmDocument(scene: Scene, nodes: Iterable<SceneNode> = scene.nodes.values()): string {
  const lines = ['<osm version="0.6">'];
  for (const { id, lat, lon, tags } of nodes) {
    lines.push(`<node id="${id}" lat="${lat.toFixed(9)}" lon="${lon.toFixed(9)}">${tagLines(tags)}</node>`);
  }
  for (const way of scene.wayList) {
    const { id, nodes: refs } = way;
    const tags = tagsOfWay(scene, way);
    lines.push(`<way id="${id}">${refs.map((node) => `<nd ref="${node.id}"/>`).join("")}${tagLines(tags)}</way>`);
  }
  for (const { id, members, tags } of scene.relations) {
    const inside = members.map(
      ({ kind, of, role }) => `<member type="${kind}" ref="${of.id}" role="${attribute(role)}"/>`,
    );
    lines.push(`<relation id="${id}">${inside.join("")}${tagLines(tags)}</relation>`);
  }
  lines.push("</osm>");
  return lines.join("\n");
}
