import { expect, test } from "vitest";
import { Claims, Vehicle } from "../index.ts";

test("what one has claimed nobody else gets, and a claim takes all or nothing", () => {
  const claims = new Claims<string>();
  const { Speed, IsMoving, AverageSpeed } = Vehicle;
  expect(claims.claim("one", [Speed])).toBeUndefined();
  expect(claims.claim("two", [IsMoving, Speed])).toBe(Speed);
  expect(claims.ownerOf(IsMoving)).toBeUndefined();
  expect(claims.claim("one", [Speed, IsMoving])).toBeUndefined();
  expect(claims.claim("two", [AverageSpeed])).toBeUndefined();
  expect(claims.release("one")).toEqual([Speed, IsMoving]);
  expect(claims.claim("two", [Speed])).toBeUndefined();
  expect(claims.ownerOf(Speed)).toBe("two");
});
