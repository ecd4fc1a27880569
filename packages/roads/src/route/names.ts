import type { Graph } from "../city.ts";

/** Words that tell parts of one street apart without making it another one; those of OSRM's car profile. */
const directions = new Set("n ne e se s sw w nw north south west east nor sou we ea".split(" "));

function isDirection(text: string): boolean {
  const word = text.trim().toLowerCase();
  return word === "" || directions.has(word);
}

/** The longest piece of text that stands in both; the first of several. */
function longestCommon(a: string, b: string): string {
  let best = "";
  for (let i = 0; i < a.length; i++) {
    for (let j = i + best.length + 1; j <= a.length && b.includes(a.slice(i, j)); j++) best = a.slice(i, j);
  }
  return best;
}

/** Whether two names are one but for a direction before or after: "Main Street" and "Main Street North". */
function differsByDirection(a: string, b: string): boolean {
  const shared = longestCommon(a, b);
  if (shared === "") return isDirection(a) && isDirection(b);
  const around = (name: string) => {
    const at = name.indexOf(shared);
    return isDirection(name.slice(0, at)) && isDirection(name.slice(at + shared.length));
  };
  return around(a) && around(b);
}

const directionWord = new RegExp(String.raw`(?:^|\s)(?:${[...directions].join("|")})(?:\s|$)`, "i");

function mayDifferByDirection(a: string, b: string): boolean {
  return directionWord.test(a) || directionWord.test(b);
}

/**
 * Whether somebody who follows a road must be told that it is called otherwise from here on. Losing a name or a number is nothing to
 * tell, nor is a direction before or after the name.
 */
export function isRenamed(graph: Graph, fromWay: number, toWay: number): boolean {
  if (fromWay === toWay) return false;
  const { names, wayName, wayRef, wayPronunciation, wayExits } = graph;
  if (
    wayName[fromWay] === wayName[toWay] &&
    wayRef[fromWay] === wayRef[toWay] &&
    wayPronunciation[fromWay] === wayPronunciation[toWay] &&
    wayExits[fromWay] === wayExits[toWay]
  )
    return false;
  const [name, newName] = [names[wayName[fromWay]], names[wayName[toWay]]];
  const [ref, newRef] = [names[wayRef[fromWay]], names[wayRef[toWay]]];
  if (name === "" && ref === "" && (newName !== "" || newRef !== "")) return true;
  const bothUnnamed = name === "" && newName === "";
  const bothUnnumbered = ref === "" && newRef === "";
  const byDirection = name === newName || (mayDifferByDirection(name, newName) && differsByDirection(name, newName));
  const isSame = name === newName || name.startsWith(newName) || newName.startsWith(name) || byDirection;
  const sharesRef = ref === "" || newRef === "" || ref.includes(newRef) || newRef.includes(ref);
  const isUsual =
    (bothUnnamed && bothUnnumbered) ||
    (isSame && sharesRef) ||
    (sharesRef && name !== "" && newName === "") ||
    (isSame && ref !== "" && newRef === "") ||
    byDirection;
  const isTold =
    (name === "" && ref !== "" && newName !== "" && newRef === "") ||
    (name !== "" && ref === "" && newName === "" && newRef !== "") ||
    (bothUnnamed && !sharesRef);
  const losesExit = isSame && wayExits[fromWay] !== 0 && wayExits[toWay] === 0;
  return (
    !isUsual ||
    isTold ||
    wayPronunciation[fromWay] !== wayPronunciation[toWay] ||
    (wayExits[fromWay] !== wayExits[toWay] && !losesExit)
  );
}

/** Whether a way has neither name nor number. */
export function isNameless(graph: Graph, way: number): boolean {
  return graph.wayName[way] === 0 && graph.wayRef[way] === 0;
}

/** Whether both ways have a name or number and it is the same. */
export function areOneStreet(graph: Graph, a: number, b: number): boolean {
  return !isNameless(graph, a) && !isNameless(graph, b) && !isRenamed(graph, a, b);
}
