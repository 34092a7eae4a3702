import { readFileSync } from "node:fs";
import { parseCell } from "../../src/collision/cell.ts";
import { parseCalibration } from "../../src/instrument/calibration.ts";
import { instrumentOf } from "../../src/instrument/load.ts";
import { planPiece } from "../../src/planning/plan-piece.ts";
import { parseProfile } from "../../src/planning/profile.ts";
import { readPiece } from "../../src/score/piece.ts";
import { writeScoreAsMidi } from "../../src/score/write-midi.ts";
import type { PlannedPiece } from "../../src/performance/planned-piece.ts";

const text = (path: string): string => readFileSync(path, "utf8");

export const profile = parseProfile(text("launch/profiles/simulation.yaml"), "simulation");
export const instrument = instrumentOf(
  parseCalibration(text("data/calibration/reference.yaml"), "reference"),
);
export const cell = parseCell(text("data/cells/reference.yaml"), "reference");

/** The first notes of Twinkle on the reference cell: four bows and two crossings in about five seconds. */
export function shortPiece(notes = 6): PlannedPiece {
  const { score: whole } = readPiece(new Uint8Array(readFileSync("data/pieces/twinkle.mid")), undefined);
  const cut = { ...whole, notes: whole.notes.slice(0, notes), endTick: whole.notes[notes - 1]!.endTick };
  const { score } = readPiece(writeScoreAsMidi(cut), undefined);
  const planned = planPiece(score, { instrument, cell, profile });
  if (!planned.ok) throw new Error(JSON.stringify(planned.why));
  return { score, ...planned.value, instrument, settings: { calibration: { name: "reference" } } };
}
