import { readFileSync } from "node:fs";
import { format } from "prettier";
import { expect, it } from "vitest";
import { generatedTypes } from "../../src/ros/interfaces/generate-types.ts";

it("keeps the TypeScript types equal to the .msg, .srv and .action texts", async () => {
  expect(generatedTypes().size).toBeGreaterThan(10);
  for (const [place, text] of generatedTypes()) {
    const file = new URL(`../../src/ros/interfaces/${place}`, import.meta.url);
    const formatted = await format(text, { parser: "typescript", printWidth: 110, trailingComma: "all" });
    expect(readFileSync(file, "utf8"), `${place}: npm run interfaces`).toBe(formatted);
  }
});
