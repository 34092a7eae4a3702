import type { BowedNote } from "../bowing/bow-plan.ts";
import type { Hair } from "./hair.ts";
import { isLeftHandStart, noteEdges } from "./note-edges.ts";
import type { Moment, NoteReport } from "./performance-report.ts";
import type { PerformanceRecord } from "./performance-record.ts";
import { plannedContact } from "./planned-contact.ts";
import type { ScoreClock } from "./score-clock.ts";
import { steadyPart, type SteadyPart } from "./steady-part.ts";

/** A note counts as played where at least this share of its central half is bowed as planned [-]. @assumed */
const PLAYED_SHARE = 0.5;

/** Every note as planned, as commanded and as the hair did it. */
export function judgeNotes(
  record: Pick<PerformanceRecord, "plan" | "settings">,
  hair: Hair,
  clock: ScoreClock,
): readonly NoteReport[] {
  const { plan } = record;
  const edges = noteEdges(plan, hair);
  const contactAtM = plannedContact(record);
  return plan.notes.map((note, index) => {
    const steady = steadyPart(hair, note, contactAtM);
    const startsWith = isLeftHandStart(plan, index) ? "left hand" : "bow";
    const { onsetS, offsetS } = edges[index]!;
    return {
      index,
      noteIndex: note.noteIndex,
      midi: note.midi,
      startsWith,
      endsWith: isLeftHandStart(plan, index + 1) ? "left hand" : "bow",
      onset: moment(clock, note.startS, onsetS),
      offset: moment(clock, note.endS, offsetS),
      played: steady.bowedShare >= PLAYED_SHARE && (startsWith === "left hand" || onsetS !== null),
      string: { planned: note.string, achieved: steady.string },
      direction: { planned: note.direction, achieved: steady.direction },
      speedMps: { planned: note.bowSpeedMps, achieved: steady.speedMps },
      forceN: { planned: note.forceN, achieved: steady.forceN },
      contactM: { planned: note.contactM, achieved: steady.contactM },
      straightnessM: steady.straightnessM,
      band: achievedBand(note, steady, steady.forceN),
      ...(note.lower && {
        lower: {
          midi: note.lower.midi,
          string: note.lower.string,
          forceN: { planned: note.lower.forceN, achieved: steady.lowerForceN },
          band: achievedBand({ ...note, ...note.lower, string: note.string }, steady, steady.lowerForceN),
        },
      }),
    };
  });
}

const moment = (clock: ScoreClock, plannedS: number, achievedS: number | null): Moment => ({
  plannedS,
  commandedS: clock.commandedS(plannedS),
  achievedS,
  errorS: achievedS === null ? null : achievedS - plannedS,
});

/**
 * Schelleng's limits move with what the bow did: both grow with speed, the upper falls with the distance from the
 * bridge, the lower with its square.
 *
 *     F_max ∝ v / β,   F_min ∝ v / β²
 */
function achievedBand(note: BowedNote, steady: SteadyPart, forceN: number | null): NoteReport["band"] {
  const { speedMps, contactM } = steady;
  if (steady.string !== note.string || speedMps === null || forceN === null || !contactM) return null;
  const faster = speedMps / note.bowSpeedMps;
  const farther = contactM / note.contactM;
  const minForceN = (note.minForceN * faster) / (farther * farther);
  const maxForceN = (note.maxForceN * faster) / farther;
  return { minForceN, maxForceN, inside: forceN >= minForceN && forceN <= maxForceN };
}
