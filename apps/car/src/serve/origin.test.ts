import { expect, test } from "vitest";

import { isForeign, isOwnHost } from "./origin.ts";

test("the car answers to localhost, to addresses and to its own names", () => {
  for (const host of ["localhost:8090", "127.0.0.1:8090", "[::1]:8090", "192.168.1.20", "car.home:8090"]) {
    expect(isOwnHost(host, ["car.home"])).toBe(true);
  }
});

test("a name that somebody pointed at this machine gets nothing", () => {
  for (const host of [
    "evil.example:8090",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "",
    undefined,
    "a@localhost",
    "[::1",
  ]) {
    expect(isOwnHost(host, ["car.home"])).toBe(false);
  }
});

const visitor = (origin?: string, fetchSite?: string) => ({ host: "localhost:8090", origin, fetchSite });

test("the car's own page and tools without a page may command it", () => {
  expect(isForeign(visitor("http://localhost:8090", "same-origin"))).toBe(false);
  expect(isForeign(visitor(undefined))).toBe(false);
  expect(isForeign(visitor(undefined, "none"))).toBe(false);
});

test("pages of other sites, of other ports and of nowhere may not", () => {
  expect(isForeign(visitor("https://evil.example", "cross-site"))).toBe(true);
  expect(isForeign(visitor("http://localhost:8091", "same-site"))).toBe(true);
  expect(isForeign(visitor("null"))).toBe(true);
  expect(isForeign(visitor(undefined, "cross-site"))).toBe(true);
});
