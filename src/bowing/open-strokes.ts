import type { Instrument } from "../instrument/instrument.ts";
import { ok, type Outcome } from "../outcome.ts";
import type { Score } from "../score/score.ts";
import type { BowingSettings } from "./bowing-settings.ts";
import type { Objection } from "./objection.ts";
import { pulseStrength } from "./pulse.ts";
import type { BowingRefusal } from "./refusal.ts";
import { stringCandidates, type LevelCandidates } from "./string-choice.ts";
import { strokesOf, timedNotes, type Stroke } from "./stroke.ts";

/** A stroke with what is known about its notes before the bow is distributed. */
export interface OpenStroke {
  readonly stroke: Stroke;
  /** One per note. */
  readonly candidates: readonly LevelCandidates[];
  /** Strength of its first note's place in the bar. */
  readonly pulse: number;
}

/**
 * Strokes with the levels their notes may take and the strength of their beat.
 *
 * @param objections of the arm: beside them more strings are offered
 */
export function openStrokes(
  score: Score,
  instrument: Instrument,
  settings: BowingSettings,
  objections: readonly Objection[] = [],
): Outcome<readonly OpenStroke[], BowingRefusal> {
  const strokes = strokesOf(timedNotes(score, settings));
  if (!strokes.ok) return strokes;
  const objectedTo = (note: number): number =>
    objections.filter(({ noteIndex }) => noteIndex === note).length;
  const open: OpenStroke[] = [];
  for (const stroke of strokes.value) {
    const candidates = [];
    for (const timed of stroke.notes) {
      const reach = settings.lowerStringReachSemitones;
      const { index } = timed.note;
      const objected = Math.max(objectedTo(index), objectedTo(index + 1));
      const offered = stringCandidates(timed, instrument, reach, objected);
      if (!offered.ok) return offered;
      candidates.push(offered.value);
    }
    open.push({ stroke, candidates, pulse: pulseStrength(score, stroke.notes[0]!.note.startTick) });
  }
  return ok(open);
}
