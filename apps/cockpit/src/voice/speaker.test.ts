import { expect, test } from "vitest";
import { voiceAddress, voiceFor } from "./speaker.ts";

const voice = (lang: string, localService = true) => ({
  lang,
  localService,
  name: lang,
  default: false,
  voiceURI: lang,
});

test("the voice speaks the person's language, the nearest kind of it first, without a network if it can", () => {
  const voices = [voice("de-DE"), voice("zh-TW"), voice("zh_CN"), voice("en-GB", false), voice("en-US")];
  expect(voiceFor(voices, "zh-CN")?.lang).toBe("zh_CN");
  expect(voiceFor(voices, "en")?.lang).toBe("en-US");
});

test("a browser without a voice of the language has none, so that the car speaks", () => {
  expect(voiceFor([voice("de-DE")], "zh-CN")).toBeUndefined();
  expect(voiceFor([], "en")).toBeUndefined();
});

test("the car is asked for a sentence in an address that holds any text", () => {
  const address = new URL(voiceAddress({ language: "zh-CN", text: "左转 & 直行?" }), "http://localhost");
  expect(address.pathname).toBe("/voice");
  expect(address.searchParams.get("text")).toBe("左转 & 直行?");
  expect(address.searchParams.get("language")).toBe("zh-CN");
});
