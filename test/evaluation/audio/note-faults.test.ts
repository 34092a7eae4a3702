import { expect, it } from "vitest";
import type { HeardTone } from "../../../src/evaluation/audio/heard-tone.ts";
import { noteFaults } from "../../../src/evaluation/audio/note-faults.ts";
import type { HeardNoteInTake } from "../../../src/evaluation/audio/heard-note-in-take.ts";
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

it("calls noise under the pitch of another string heavy, and what is far louder than a bow could make it there", () => {
  expect(faultOf({ ...RAUCOUS, aperiodicity: 0.3, flatnessDb: -6 }, 606)).toBe("too heavy");
  expect(faultOf({ ...RAUCOUS, aperiodicity: 0.3, levelLufs: -18, flatnessDb: -14 }, 606)).toBe("too heavy"); // 9 dB louder
});

it("takes the pitch of another string for one that rings where there are no overtones", () => {
  const quiet = { ...CLEAN, levelLufs: -30, settlesS: null, flatnessDb: -13 };
  expect(faultOf({ ...quiet, overtonesDb: -41 }, 690)).toBe("wrong string");
  expect(faultOf({ ...quiet, overtonesDb: -46 }, 690)).toBe("too light");
});

it("knows which strings a bow can stray to: open C is no neighbour of the D string", () => {
  expect(faultOf({ ...CLEAN, settlesS: null }, -690)).toBe("wrong string"); // open G
  expect(faultOf({ ...CLEAN, settlesS: null }, -1395)).toBe("wrong pitch"); // open C
});

it("hears a note that dies from its beginning as too light, in tune though it is", () => {
  const dull = { ...CLEAN, levelLufs: -32, overtonesDb: -44, flatnessDb: -15.5 };
  expect(faultOf({ ...dull, attackOverDb: 3.5 }, 5)).toBe("too light");
  expect(faultOf({ ...dull, attackOverDb: 0.5 }, 5)).toBe(null);
});

it("tells a neighbour that slips twice from its own string that slips thrice by how bright it is", () => {
  const twice = { ...CLEAN, doubledDb: 6 };
  expect(faultOf({ ...twice, overtonesDb: -30 }, 1902)).toBe("wrong string"); // A4: an octave over the A string
  expect(faultOf({ ...twice, overtonesDb: -38 }, 1902)).toBe("too light"); // A4: a twelfth over the D string
});
