import { expect, test } from "vitest";
import { signInToken } from "./sign-in-token.ts";

const token = "usbFp3zy7K_bsyEA2sgVVuuzq1lkA-uu";

test.each([
  `http://localhost:8080/sign-in?token=${token}`,
  `  Sign in   https://cars.example/sign-in?token=${token}\n works once`,
  token,
])("a link is taken as it was printed: %s", (pasted) => {
  expect(signInToken(pasted)).toBe(token);
});

test.each(["", "hello", "https://cars.example/", "https://cars.example/sign-in?token=", "npm run signin please"])(
  "what is no link is not sent anywhere: %s",
  (pasted) => {
    expect(signInToken(pasted)).toBeUndefined();
  },
);
