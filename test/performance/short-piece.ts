import { readFileSync } from "node:fs";
import { parseCell } from "../../src/collision/cell.ts";
import { parseCalibration } from "../../src/instrument/calibration.ts";
import { instrumentOf } from "../../src/instrument/load.ts";
import { planPiece } from "../../src/planning/plan-piece.ts";
import { parseProfile } from "../../src/planning/profile.ts";
import { readPiece } from "../../src/score/piece.ts";
import { writeScoreAsMidi } from "../../src/score/write-midi.ts";

const text = (path: string): string => readFileSync(path, "utf8");

export const profile = parseProfile(text("launch/profiles/simulation.yaml"), "simulation");
export const instrument = instrumentOf(
  parseCalibration(text("data/calibration/reference.yaml"), "reference"),
);
export const cell = parseCell(text("data/cells/reference.yaml"), "reference");

/** The first notes of Twinkle: four bows and two crossings in about five seconds on the reference cell. */
export function shortMidi(notes = 6): Uint8Array {
  const { score: whole } = readPiece(new Uint8Array(readFileSync("data/pieces/twinkle.mid")), undefined);
  return writeScoreAsMidi({
    ...whole,
    notes: whole.notes.slice(0, notes),
    endTick: whole.notes[notes - 1]!.endTick,
  });
}

/** The same, read and planned. */
export function shortPiece(notes = 6) {
  const { score } = readPiece(shortMidi(notes), undefined);
  const planned = planPiece(score, { instrument, cell, profile });
  if (!planned.ok) throw new Error(JSON.stringify(planned.why));
  return { score, ...planned.value, instrument };
}
