import { expect, it } from "vitest";
import { lastWords } from "../../src/ros/rcl/last-words.ts";

it("takes the error out of what Node prints when it dies of one", () => {
  const died = `file.ts:3
    throw new Error("no");
    ^

TypeError: x.spin is not a function
    at main (file.ts:3:9) {
  code: 'ERR_X'
}

Node.js v20.20.2
`;
  expect(lastWords(died)).toBe("TypeError: x.spin is not a function");
  expect(lastWords("cannot find librcl.so\n")).toBe("cannot find librcl.so");
  expect(lastWords("")).toBe("");
});
