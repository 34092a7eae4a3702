import { expect, it } from "vitest";
import type { HeardTone } from "../../../src/evaluation/audio/heard-tone.ts";
import { noteFaults, type HeardNoteInTake } from "../../../src/evaluation/audio/note-faults.ts";
import { hzOfMidi } from "../../../src/evaluation/audio/written-note.ts";

const MIDI = 50;
/** A clean D3 as the simulated cello has it. */
const CLEAN: Partial<HeardTone> = { levelLufs: -27, overtonesDb: -38, attackOverDb: -1, settlesS: 0.04, aperiodicity: 0.02, flatnessDb: -18, doubledDb: -10 }; // prettier-ignore
/** The same, three decibels louder than the others, full of noise. */
const RAUCOUS: Partial<HeardTone> = { ...CLEAN, levelLufs: -24, settlesS: null, flatnessDb: -8.5 };

/** What is heard of a note like `tone`, `cents` from where it is written, among four clean ones. */
function faultOf(tone: Partial<HeardTone>, cents: number): string | null {
  const heard = (index: number, of: Partial<HeardTone>, offCents: number): HeardNoteInTake => ({
    segment: {
      note: { index, startS: index, endS: index + 1, midi: MIDI, dynamic: "mf", fromLevel: 4, toLevel: 4, slurred: false }, // prettier-ignore
      expectedS: index,
      onsetS: index,
      offsetS: index + 1,
      heard: true,
    },
    tone: { ...of, cents: offCents, hz: hzOfMidi(MIDI + offCents / 100) } as HeardTone,
    lateS: 0,
    change: undefined,
  });
  const take = [0, 1, 2, 3].map((i) => heard(i, CLEAN, 0));
  return noteFaults([...take, heard(4, tone, cents)])[4]!;
}

it("hears no fault in a clean note", () => {
  expect(faultOf(CLEAN, 0)).toBe(null);
});

it("tells a string that a bow made for another presses raucous from a heavy bow by its pitch, while it still has one", () => {
  expect(faultOf({ ...RAUCOUS, aperiodicity: 0.3 }, 606)).toBe("wrong string"); // A3, a fifth higher, 94 cents flat
  expect(faultOf({ ...RAUCOUS, aperiodicity: 0.45 }, 606)).toBe("too heavy"); // hardly a pitch
  expect(faultOf({ ...RAUCOUS, aperiodicity: 0.3 }, 300)).toBe("too heavy"); // no string's pitch
});
