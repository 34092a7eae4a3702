import { expect, it } from "vitest";
import { defaultBowingSettings as settings } from "../../src/bowing/bowing-settings.ts";
import { planBowing } from "../../src/bowing/plan-bowing.ts";
import { betweenDynamics, loudnessOf } from "../../src/score/dynamics.ts";
import { loadInstrument } from "../../src/shelf/load-instrument.ts";
import { loadPiece } from "../../src/shelf/load-piece.ts";

const { instrument } = await loadInstrument("reference");

it.each(["twinkle", "bach-minuet", "the-swan"])(
  "bows every stroke of %s within 15 percent of the speed that its dynamics ask for",
  async (name) => {
    const { score } = await loadPiece(name);
    const planned = planBowing(score, instrument, settings);
    if (!planned.ok) throw new Error(planned.why.kind);
    const all = planned.value.notes;
    for (const stroke of new Set(all.map((note) => note.stroke))) {
      const notes = all.filter((note) => note.stroke === stroke);
      const seconds = (note: (typeof notes)[number]): number => note.endS - note.startS;
      const askedMps =
        notes.reduce((sum, note) => sum + speedOf(score.notes[note.noteIndex]!) * seconds(note), 0) /
        notes.reduce((sum, note) => sum + seconds(note), 0);
      const off = Math.abs(notes[0]!.bowSpeedMps / askedMps - 1);
      expect(off, `note ${notes[0]!.noteIndex}`).toBeLessThanOrEqual(0.15);
    }
  },
);

const speedOf = (note: Parameters<typeof loudnessOf>[0]): number =>
  betweenDynamics(settings.bowSpeedMps, loudnessOf(note));
