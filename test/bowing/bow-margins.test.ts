import { expect, it } from "vitest";
import { bowMargins } from "../../src/bowing/bow-margins.ts";
import type { BowedNote } from "../../src/bowing/bow-plan.ts";

/** A note of a plan, as far as bow margins are concerned. */
const note = (
  startS: number,
  [bowStartM, bowEndM]: readonly [number, number],
  [forceN, minForceN, maxForceN]: readonly [number, number, number],
  more: Partial<BowedNote> = {},
): BowedNote =>
  ({ startS, bowStartM, bowEndM, forceN, minForceN, maxForceN, string: "D", ...more }) as BowedNote;

it("tells the note nearest to the most that a string bears, the one nearest to the least it needs, and the hair used", () => {
  // Shares of the most: 1/4, 1.5/2, and 1.2/1.5 of the lower string; times the least: 10, 5, and 1.2/0.4.
  const lower = { midi: 43, string: "G", forceN: 1.2, minForceN: 0.4, maxForceN: 1.5 } as const;
  const margins = bowMargins({
    notes: [
      note(0, [0.3, 0.1], [1, 0.1, 4]),
      note(1, [0.1, 0.5], [1.5, 0.3, 2]),
      note(2, [0.5, 0.4], [1, 0.1, 4], { lower }),
    ],
  });
  expect(margins.most).toEqual({ forceN: 1.2, limitN: 1.5, string: "G", atS: 2 });
  expect(margins.least).toEqual({ forceN: 1.2, limitN: 0.4, string: "G", atS: 2 });
  expect(margins.hair).toEqual({ fromM: 0.1, toM: 0.5 });
});
