import { expect, it } from "vitest";
import { choosePart } from "../../src/score/parts.ts";
import { refusal } from "./refusal.ts";

const parts = ["Violin 1", "Violin 2", "Violoncello", "Cello"].map((name, i) => ({
  number: i + 1,
  name,
  place: `P${i + 1}`,
  noteCount: 8,
}));
const chosen = (wanted: string, from = parts): string => choosePart(from, wanted).name;

it("chooses a part by number, by name, or by what only one name contains", () => {
  expect(chosen("2")).toBe("Violin 2");
  expect(chosen("violoncello")).toBe("Violoncello");
  expect(chosen("cello")).toBe("Cello"); // a whole name goes before a part of another
  expect(chosen("cello", parts.slice(0, 3))).toBe("Violoncello");
  expect(refusal("score-invalid", () => choosePart(parts, "violin"))).toContain(
    '2 parts are called "violin"',
  );
  expect(refusal("score-invalid", () => choosePart(parts, "flute"))).toContain('there is no part "flute"');
});
