import { expect, it } from "vitest";
import { sayWaysOut } from "../../src/cli/ways-out.ts";

it("says which key can be played as a person would set it", () => {
  expect(sayWaysOut({ keyMatters: true, transpose: 12 })).toBe(
    "; transposed by 12 semitones it can be played (--transpose 12)",
  );
  expect(sayWaysOut({ keyMatters: true, transpose: 0 })).toBe(
    "; as written it can be played (leave out --transpose)",
  );
  expect(sayWaysOut({ keyMatters: true })).toBe("; no transposition was found that helps");
  expect(sayWaysOut({ keyMatters: false })).toBe("");
});
