import { expect, it } from "vitest";
import {
  cheapestFingering,
  forHumanHand,
  handPlaces,
  movePrice,
  placePrice,
  type HandPlace,
} from "../../src/bowing/left-hand.ts";
import { defaultBowingSettings } from "../../src/bowing/bowing-settings.ts";
import { planBowing } from "../../src/bowing/plan-bowing.ts";
import { seededRandom } from "../../src/math/random.ts";
import { parallelStrings } from "./fixture/parallel-strings.ts";
import { scoreOf } from "./fixture/scores.ts";

const score = (...midis: readonly number[]) => scoreOf(midis.map((midi) => ({ quarters: 0.5, midi })));
const fingers = (places: readonly HandPlace[]): string =>
  places.map(({ string, finger }) => `${string}${finger}`).join(" ");

it("fingers a D major scale as every beginner learns it, in first position", () => {
  // D E F# G A B C# D: 0 1 3 4 on D, 0 1 3 4 on A
  const { places } = forHumanHand(score(50, 52, 54, 55, 57, 59, 61, 62));
  expect(fingers(places)).toBe("D0 D1 D3 D4 A0 A1 A3 A4");
  expect(new Set(places.map(({ position }) => position))).toEqual(new Set([2]));
});

it("shifts up for notes beyond the hand, and keeps a written string", () => {
  const { places } = forHumanHand(score(57, 72));
  expect(places[1]).toMatchObject({ string: "A" }); // C5, 15 semitones up: the first finger is 11 or more from the nut
  expect(places[1]!.position).toBeGreaterThanOrEqual(11);
  const sulG = scoreOf([{ quarters: 1, midi: 50, string: "G" }]);
  expect(fingers(forHumanHand(sulG).places)).toBe("G4");
  expect(forHumanHand(sulG).score.notes[0]!.string).toBe("G");
});

it("says of a string that the hand chose it, and only of a written one that it is marked", () => {
  const written = scoreOf([
    { quarters: 1, midi: 36 },
    { quarters: 1, midi: 57, string: "D" },
    { quarters: 1, midi: 59, lowerMidi: 43 },
    { quarters: 1, midi: 59, lowerMidi: 43, string: "D" },
  ]);
  const outcome = planBowing(forHumanHand(written).score, parallelStrings, defaultBowingSettings);
  if (!outcome.ok) throw new Error(outcome.why.kind);
  const [alone, marked, pair, markedPair] = outcome.value.notes.map(({ why }) => why);
  expect(alone).toContain("C string: chosen by the left hand");
  expect(marked).toContain("D string: marked");
  expect(pair).toContain("G and D strings: chosen by the left hand");
  expect(markedPair).toContain("G and D strings: D marked");
});

it("finds the price that trying every string and position finds", () => {
  const random = seededRandom(8);
  for (let round = 0; round < 12; round++) {
    const midis = Array.from({ length: 3 }, () => 36 + Math.floor(random() * 40));
    const { notes } = scoreOf(
      midis.map((midi) => ({ quarters: 0.5, midi, slurredFromPrevious: random() < 0.3 })),
    );
    const lengthsS = midis.map(() => 0.2 + random());
    const tryAll = (i: number, before: HandPlace | undefined): number =>
      i === notes.length
        ? 0
        : Math.min(
            ...handPlaces(notes[i]!).map(
              (place) =>
                placePrice(place, lengthsS[i]!) +
                (before ? movePrice(before, place, lengthsS[i - 1]!, notes[i]!.slurredFromPrevious) : 0) +
                tryAll(i + 1, place),
            ),
          );
    expect(cheapestFingering(notes, lengthsS)!.cost, `round ${round}: ${midis.join()}`).toBeCloseTo(
      tryAll(0, undefined),
      9,
    );
  }
});

it("gives no fingering for what lies below the open C", () => {
  expect(cheapestFingering(score(30).notes, [1])).toBeUndefined();
});
