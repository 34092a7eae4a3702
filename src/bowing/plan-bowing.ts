import type { Instrument } from "../instrument/instrument.ts";
import { ok, refuse, type Outcome } from "../outcome.ts";
import { provenanceOf } from "../provenance.ts";
import { valueAt, type Point } from "../math/smooth-points.ts";
import { stringsOf, topString, type BowLevel } from "../score/bow-level.ts";
import type { Score, ScoreNote } from "../score/score.ts";
import { bowAtBinM, bowGrid, type BowGrid } from "./bow-grid.ts";
import type { BowedNote, BowPlan, CoursePoint, Lift } from "./bow-plan.ts";
import { poseProblem, type PosedProblem } from "./bowing-problem.ts";
import type { BowingSettings } from "./bowing-settings.ts";
import type { Objection } from "./objection.ts";
import { NOTHING_HEEDED, type Heeded } from "./heeded.ts";
import { openStrokes, type OpenStroke } from "./open-strokes.ts";
import { cheapestBowing, type ChosenStroke } from "./programme.ts";
import { reasons, type DecidedStroke } from "./reasons.ts";
import type { BowingRefusal } from "./refusal.ts";
import { noteShares } from "./stroke-option.ts";
import { strokeSpeedMps } from "./stroke-travel.ts";
import { levelBefore, movesWithin, speedPoints, wishesOf, type CourseWish } from "./stroke-course.ts";
import { stuckBows } from "./stuck-bows.ts";
import { levelForces, type NoteBow } from "./level-forces.ts";
import { contactPoints, type NoteForce } from "./tone.ts";

/**
 * Decides how every note is bowed: string, direction, hair, speed, contact point and force.
 *
 * The whole piece is looked at at once: a dynamic programme over strokes, directions, strings and bow positions
 * finds the cheapest bowing that never runs out of bow and never turns inside a note, its prices named in
 * `settings.weights`. Same inputs, same plan.
 *
 * @returns the plan, or why these notes cannot be bowed at this tempo with these marks
 */
export function planBowing(
  score: Score,
  instrument: Instrument,
  settings: BowingSettings,
  { objections, foresight }: Heeded = NOTHING_HEEDED,
): Outcome<BowPlan, BowingRefusal> {
  const open = openStrokes(score, instrument, settings, objections);
  if (!open.ok) return open;
  const grid = bowGrid(instrument, settings);
  const posed = poseProblem(open.value, grid, settings, objections, foresight);
  if (!posed.ok) return posed;
  const cheapest = cheapestBowing(posed.value.problem);
  if (!cheapest) return refuse(stuckBows(open.value, posed.value.problem, grid, settings));
  const decided = decidedStrokes(open.value, cheapest.strokes, posed.value, grid, settings);
  return ok({
    title: score.title,
    notes: bowedNotes(decided, instrument, grid, settings, objections),
    lifts: liftsBetween(decided, settings),
    objections,
    foresight,
    provenance: provenanceOf("bow plan", score, instrument, settings, foresight, ...objections),
  });
}

function decidedStrokes(
  open: readonly OpenStroke[],
  chosen: readonly ChosenStroke[],
  { problem, speeds }: PosedProblem,
  grid: BowGrid,
  { rampS }: BowingSettings,
): readonly DecidedStroke[] {
  return chosen.map((stroke, k) => {
    const [before, change] = [chosen[k - 1], problem.changes[k - 1]];
    const travelM = stroke.option.travelBins[stroke.travel]! * grid.binM;
    return {
      open: open[k]!,
      chosen: stroke,
      before: before && change && { chosen: before, change },
      speed: speeds[k]!,
      bowSpeedMps: strokeSpeedMps(travelM, speeds[k]!.durationS, rampS),
      travelM,
      airM: before ? (stroke.startBin - before.endBin) * grid.binM : 0,
    };
  });
}

function bowedNotes(
  decided: readonly DecidedStroke[],
  instrument: Instrument,
  grid: BowGrid,
  settings: BowingSettings,
  objections: readonly Objection[],
): readonly BowedNote[] {
  const strung = decided.map(({ open, chosen }) => ({ stroke: open.stroke, levels: chosen.option.levels }));
  const contacts = contactPoints(strung, instrument, settings);
  return decided.flatMap((stroke, k) => {
    const { option, startBin, endBin } = stroke.chosen;
    const shares = noteShares(stroke.open.stroke, settings);
    const contactM = contacts[k]!;
    const speeds = speedPoints(stroke.open.stroke, settings);
    const moves = movesWithin(stroke.open.stroke);
    return stroke.open.stroke.notes.map((timed, i): BowedNote => {
      const { note, startS, endS } = timed;
      const level = option.levels[i]!;
      const at = (share: number): number => bowAtBinM(grid, level, startBin + share * (endBin - startBin));
      const [bowStartM, bowEndM] = [at(shares[i]!), at(shares[i + 1]!)];
      const bow = { speedMps: stroke.bowSpeedMps, contactM, bowM: [bowStartM, bowEndM] as const };
      const [force, lower] = levelForces(note, level, bow, instrument, settings);
      const wishes = moves && wishesOf(timed, settings, levelBefore(stroke.open.stroke, i));
      const course = wishes && courseOf(note, wishes, level, { ...bow, speeds }, instrument, settings);
      return {
        noteIndex: note.index,
        midi: note.midi,
        string: topString(level),
        ...(lower && { lower: { ...bounds(lower), midi: note.lowerMidi!, string: stringsOf(level)[0] } }),
        direction: option.direction,
        stroke: k,
        startS,
        endS,
        bowStartM,
        bowEndM,
        bowSpeedMps: bow.speedMps,
        contactM,
        ...bounds(force),
        ...(course && { course }),
        dynamic: note.dynamic,
        articulation: note.articulation,
        why: reasons(stroke, i, { force, ...(course && { course }) }, settings, objections),
      };
    });
  });
}

/** The points of a note's course, its force at each inside the limits at the speed there. */
function courseOf(
  note: ScoreNote,
  wishes: readonly CourseWish[],
  level: BowLevel,
  bow: NoteBow & { readonly speeds: readonly Point[] | undefined },
  instrument: Instrument,
  settings: BowingSettings,
): readonly CoursePoint[] {
  return wishes.map(({ atS, level: loudness, force }) => {
    const speedMps = bow.speedMps * (bow.speeds ? valueAt(bow.speeds, atS) : 1);
    const swell = { fromLevel: loudness, toLevel: loudness };
    const here = { ...bow, speedMps, attack: force };
    const [{ forceN }] = levelForces({ ...note, swell }, level, here, instrument, settings);
    return { atS, forceN, speedMps };
  });
}

const bounds = ({ forceN, minForceN, maxForceN }: NoteForce) => ({ forceN, minForceN, maxForceN });

/** The rests in which the bow leaves the string. One note per score note, so their indices are the score's. */
function liftsBetween(decided: readonly DecidedStroke[], { leaveS, landS }: BowingSettings): readonly Lift[] {
  return decided.flatMap(({ chosen, open }, k) => {
    if (!chosen.liftedBefore) return [];
    const [from, to] = [decided[k - 1]!.open.stroke, open.stroke];
    const before = to.notes[0]!.note.index;
    return [{ after: before - 1, before, startS: from.endS + leaveS, endS: to.startS - landS }];
  });
}
