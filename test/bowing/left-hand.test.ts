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

/** Double stops and single notes by their MIDI numbers, lower note first, as long as asked. */
const hand = (quarters: number, ...notes: readonly (number | readonly [number, number])[]): string =>
  forHumanHand(
    scoreOf(
      notes.map((note) =>
        typeof note === "number" ? { quarters, midi: note } : { quarters, midi: note[1], lowerMidi: note[0] },
      ),
    ),
  )
    .places.map(({ string, position, finger, lowerFinger }) => {
      const place = finger || lowerFinger ? `@${position}` : "";
      return `${lowerFinger === undefined ? "" : `${lowerFinger}+`}${string}${finger}${place}`;
    })
    .join(" ");
const [G2, A2, D3, E3, FIS3, G3, A3] = [43, 45, 50, 52, 54, 55, 57];
const [B3, C4, CIS4, D4, E4, F4, G4] = [59, 60, 61, 62, 64, 65, 67];
const OPEN_FIFTHS = [
  [36, 43],
  [G2, D3],
  [D3, A3],
] as const;

it("leaves both strings of an open fifth open: for a moment, for long, and between notes of other strings", () => {
  for (const quarters of [0.25, 1, 8])
    for (const fifth of OPEN_FIFTHS) expect(hand(quarters, fifth)).toMatch(/^0\+[GDA]0$/);
  // Crossing all strings and back: no finger lies across C and G instead.
  expect(hand(0.5, [36, G2], [D3, A3], [36, G2])).toBe("0+G0 0+A0 0+G0");
});

it("plays a passing open fifth without bringing down a hand that is up the A string", () => {
  expect(hand(0.5, E4, F4, G4, [D3, A3], G4, F4)).toBe("A1@7 A2@7 A4@7 0+A0 A4@7 A2@7");
});

it("stops sixths in first position: with the open string below, and with two fingers", () => {
  expect(hand(1, [D3, B3])).toBe("0+A1@2");
  expect(hand(1, [G2, E3])).toBe("0+D1@2");
  expect(hand(1, [E3, CIS4], [FIS3, D4], [E3, CIS4])).toBe("1+A3@2 3+A4@2 1+A3@2");
  expect(hand(1, [E3, C4])).toBe("1+A2@2");
});

it("stretches the hand for a minor third, and takes the thumb for an octave only", () => {
  expect(hand(1, [A3, C4])).toBe("5+A1@3");
  expect(hand(1, [A2, A3])).toBe("1+D6@2");
});

it("lays a finger across two strings where a fifth can be stopped in no other way", () => {
  expect(hand(1, [E3, B3])).toBe("1+A1@2");
  expect(hand(1, [A3, E4])).toBe("1+A1@7");
  expect(hand(0.5, [E3, CIS4], [FIS3, CIS4], [E3, CIS4])).toBe("1+A3@2 3+A3@2 1+A3@2");
});

it("stops a third where the hand is: in first position, or up the strings between notes that are there", () => {
  expect(hand(1, [G3, B3])).toBe("4+A1@2");
  expect(hand(0.25, D4, [G3, B3], D4)).toBe("A4@2 4+A1@2 A4@2");
  expect(hand(0.25, E4, F4, G4, [G3, B3], G4, F4)).toBe("A1@7 A2@7 A4@7 5+D2@8 A3@8 A1@8");
});

it("plays a lone note of first position there, and not a semitone below", () => {
  expect(hand(1, B3)).toBe("A1@2");
  expect(hand(1, B3 - 1)).toBe("A1@1"); // half position is for B flat
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
