import { expect, test } from "vitest";
import { categoryMeant } from "./categories.ts";
import { addressMeant, categoryNearby, streetsMeant } from "./question.ts";

test.each([
  ["coffee", "coffee"],
  ["Café", "coffee"],
  ["coff", "coffee"],
  ["咖啡", "coffee"],
  ["加油站", "fuel"],
  ["gas station", "fuel"],
  ["充电", "charging"],
  ["Supermarkets", "groceries"],
  ["停车场", "parking"],
])("%s means places of a category", (text, category) => {
  expect(categoryMeant(text)).toBe(category);
});

test.each(["", "co", "Storgatan", "人民路"])("%s means no category", (text) => {
  expect(categoryMeant(text)).toBeUndefined();
});

test.each([
  ["Vasagatan & Avenyn", "Vasagatan", "Avenyn"],
  ["vasagatan and avenyn", "vasagatan", "avenyn"],
  ["corner of Vasagatan and Avenyn", "Vasagatan", "Avenyn"],
  ["人民大道与西藏中路路口", "人民大道", "西藏中路"],
  ["人民大道和西藏中路", "人民大道", "西藏中路"],
  ["南京西路黄河路", "南京西路", "黄河路"],
])("%s is a crossing", (text, a, b) => {
  expect(streetsMeant(text)).toEqual([a, b]);
});

test.each(["Vasagatan", "南京西路", "a & b & c", "& b"])("%s is no crossing", (text) => {
  expect(streetsMeant(text)).toBeUndefined();
});

test.each([
  ["Rue Grimaldi 12", "Rue Grimaldi", "12"],
  ["12b rue Grimaldi", "rue Grimaldi", "12b"],
  ["南京西路12号", "南京西路", "12"],
])("%s is an address", (text, street, number) => {
  expect(addressMeant(text)).toEqual({ street, number });
});

test.each(["Rue Grimaldi", "12", "E 45.01"])("%s is no address", (text) => {
  expect(addressMeant(text)).toBeUndefined();
});

test.each([
  ["coffee near Vasagatan", "coffee", "Vasagatan"],
  ["人民广场附近的咖啡", "coffee", "人民广场"],
  ["parking Vasagatan", "parking", "Vasagatan"],
])("%s is a category beside something", (text, category, beside) => {
  expect(categoryNearby(text)).toEqual({ category, beside });
});
