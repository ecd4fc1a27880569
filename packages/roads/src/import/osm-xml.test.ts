import fc from "fast-check";
import { expect, test } from "vitest";
import { MapError } from "../map-error.ts";
import { importCity } from "./import-city.ts";
import { readOsmXml } from "./osm-xml.ts";

const document = `<?xml version='1.0' encoding='UTF-8'?>
<osm version="0.6"><!-- <way id="9"> -->
 <bounds minlat="31" minlon="121" maxlat="32" maxlon="122"/>
 <node id="1" lat="31.23" lon="121.47"/>
 <node id="2" lat="31.23" lon="121.48"><tag k="highway" v="traffic_signals"/></node>
 <node id="-3" lat='31.24' lon='121.48'/>
 <way id="5"><nd ref="1"/><nd ref="2"/><nd ref="-3"/><nd ref="77"/>
  <tag k="highway" v="residential"/><tag k="name" v="&#x5357;&#20140;路 &amp; &quot;a &gt; b&quot;"/></way>
 <relation id="6"><member type="way" ref="5" role="from"/><tag k="type" v="restriction"/></relation>
</osm>`;

test("nodes, ways, restrictions and names with entities are read", () => {
  const map = readOsmXml(document);
  expect(map.ways).toHaveLength(1);
  expect(map.ways[0].tags.get("name")).toBe('南京路 & "a > b"');
  expect([...map.ways[0].points].map((point) => [map.pointX[point], map.pointY[point]])).toEqual([
    [1_214_700_000, 312_300_000],
    [1_214_800_000, 312_300_000],
    [1_214_800_000, 312_400_000],
  ]);
  expect(map.pointTags.get(map.pointOfNode(2))?.get("highway")).toBe("traffic_signals");
  expect(map.relations[0].members).toEqual([{ kind: "way", id: 5, role: "from" }]);
});

test("a document cut off anywhere is refused", async () => {
  for (let length = 0; length < document.length - 6; length += 3) {
    const source = { kind: "osm-xml", text: document.slice(0, length) } as const;
    await expect(importCity(source, { name: "cut" })).rejects.toBeInstanceOf(MapError);
  }
});

test("whatever stands in a document, it is a city or a MapError", async () => {
  const piece = fc.constantFrom(
    "<node ",
    'id="1" ',
    'lat="4" ',
    'lon="91"',
    "/>",
    ">",
    "<way",
    "<nd ref='1'/>",
    "</way>",
    "</osm>",
    "&",
    '"',
    "<!--",
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
      const outcome = await importCity({ kind: "osm-xml", text: `<osm>${pieces.join("")}` }, { name: "x" }).catch(
        (error: unknown) => error,
      );
      expect(outcome).toBeInstanceOf(MapError);
    }),
    { numRuns: 300 },
  );
});
