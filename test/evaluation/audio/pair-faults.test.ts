import { expect, it } from "vitest";
import type { HeardTone } from "../../../src/evaluation/audio/heard-tone.ts";
import { noteFaults } from "../../../src/evaluation/audio/note-faults.ts";
import type { HeardNoteInTake } from "../../../src/evaluation/audio/heard-note-in-take.ts";
import { hzOfMidi } from "../../../src/evaluation/audio/written-note.ts";

/** A3 over D3, as the simulated cello has them. */
const [UPPER, LOWER] = [57, 50];
const CLEAN: Partial<HeardTone> = { levelLufs: -24, overtonesDb: -33, attackOverDb: -2, settlesS: null, aperiodicity: 0.2, flatnessDb: -21, doubledDb: -7 }; // prettier-ignore
const IN_TUNE = { upper: 0, lower: -4 };

interface Take {
  readonly tone?: Partial<HeardTone>;
  readonly cents?: { readonly upper: number; readonly lower: number };
  readonly lateS?: number;
  /** What was played before it; a clean double stop of the same pitches unless said. */
  readonly afterMidi?: number;
}

/** What is heard of a double stop among clean ones. */
function faultOf({ tone = CLEAN, cents = IN_TUNE, lateS = 0, afterMidi }: Take): string | null {
  const heard = (index: number, of: Take & { readonly midi?: number }): HeardNoteInTake => {
    const [midi, lowerMidi] = of.midi === undefined ? [UPPER, LOWER] : [of.midi, undefined];
    const { upper, lower } = of.cents ?? IN_TUNE;
    return {
      segment: {
        note: { index, startS: index, endS: index + 1, midi, ...(lowerMidi && { lowerMidi }), dynamic: "mf", fromLevel: 4, toLevel: 4, slurred: false }, // prettier-ignore
        expectedS: index,
        onsetS: index,
        offsetS: index + 1,
        heard: true,
      },
      tone: {
        ...(of.tone ?? CLEAN),
        cents: upper,
        hz: hzOfMidi(midi + upper / 100),
        ...(lowerMidi && { lower: { midi: lowerMidi, cents: lower } }),
      } as HeardTone,
      lateS: of.lateS ?? 0,
      change: undefined,
    };
  };
  const take = [0, 1, 2].map((i) => heard(i, {}));
  const before = heard(3, afterMidi === undefined ? {} : { midi: afterMidi });
  return noteFaults([...take, before, heard(4, { tone, cents, lateS })])[4]!;
}

it("hears no fault in a clean double stop", () => {
  expect(faultOf({})).toBe(null);
});

it("hears a heavy bow in what repeats at no pitch that both strings share", () => {
  expect(faultOf({ tone: { ...CLEAN, aperiodicity: 0.6 } })).toBe("too heavy");
});

it("hears a light bow in what is faint, or next to nothing but hiss", () => {
  expect(faultOf({ tone: { ...CLEAN, levelLufs: -38 } })).toBe("too light");
  expect(faultOf({ tone: { ...CLEAN, flatnessDb: -4 } })).toBe("too light");
  expect(faultOf({ tone: { ...CLEAN, levelLufs: -38, aperiodicity: 0.6 } })).toBe("too light");
});

it("takes a pitch that is looked for in vain for a string that is not bowed", () => {
  expect(faultOf({ cents: { upper: 0, lower: 110 } })).toBe("wrong string");
  expect(faultOf({ cents: { upper: -40, lower: 0 } })).toBe("flat");
});

it("hears a late beginning at once where the pitches are new, and later where one goes on", () => {
  expect(faultOf({ lateS: 0.07, afterMidi: 45 })).toBe("late");
  expect(faultOf({ lateS: 0.07 })).toBe(null);
  expect(faultOf({ lateS: 0.08 })).toBe("late");
});
