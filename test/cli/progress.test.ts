import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { progressOn } from "../../src/cli/progress.ts";

const heardOn = (isTTY: boolean) => {
  const stream = Object.assign(new PassThrough(), { isTTY }) as unknown as NodeJS.WriteStream;
  const progress = progressOn(stream);
  progress.tell("looking, 4 tried");
  progress.update(1, 2, "half");
  progress.end();
  progress.end();
  return String((stream as unknown as PassThrough).read() ?? "");
};

it("draws one line over the other on a terminal, and ends it once", () => {
  expect(heardOn(true)).toBe(`\rlooking, 4 tried\u001b[K\r${"█".repeat(14)}${"·".repeat(14)} half\u001b[K\n`);
});

it("stays silent where nobody looks", () => {
  expect(heardOn(false)).toBe("");
});
