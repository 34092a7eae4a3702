import { soundedStrings, type BowedNote, type BowPlan } from "../../src/bowing/bow-plan.ts";
import type { BowingSettings } from "../../src/bowing/bowing-settings.ts";
import { strokeTravelM } from "../../src/bowing/stroke-travel.ts";
import type { NoteReport } from "../../src/evaluation/performance-report.ts";
import type { Instrument } from "../../src/instrument/instrument.ts";
import { betweenDynamics, loudnessOf } from "../../src/score/dynamics.ts";
import { quantile } from "../../src/evaluation/judge-onsets.ts";
import type { Dynamic, Score } from "../../src/score/score.ts";

/** What the issue asks of bow speed [-]. */
const WITHIN = 0.15;
/** Shorter than so many ramps, a stroke has next to nothing steady between them. */
const RAMPS = 2.5;

/** How a note's bow speed compares with what its dynamic asks for. */
export interface SpeedOfNote {
  readonly noteIndex: number;
  readonly lengthS: number;
  readonly targetMps: number;
  /** Mean over the central half of the note. */
  readonly achievedMps: number;
  readonly within: boolean;
  readonly dynamic: Dynamic;
  /**
   * Why no bow can do it: "hair", its stroke at the speed of its dynamics needs more than there is on its strings; "hand", it is over
   * before the bow has run up and down its ramps.
   */
  readonly beyond: "hair" | "hand" | undefined;
}

/** Every note's bow speed, as its report has it, against the settings' speed of its loudness. */
export function speedsOf(
  plan: BowPlan,
  reports: readonly NoteReport[],
  { score, instrument, settings }: { score: Score; instrument: Instrument; settings: BowingSettings },
): readonly SpeedOfNote[] {
  const target = ({ noteIndex }: BowedNote): number =>
    betweenDynamics(settings.bowSpeedMps, loudnessOf(score.notes[noteIndex]!));
  const strokes = new Map<number, BowedNote[]>();
  for (const note of plan.notes) strokes.set(note.stroke, [...(strokes.get(note.stroke) ?? []), note]);
  return plan.notes.map((note, i) => {
    const stroke = strokes.get(note.stroke)!;
    const durationS = stroke.at(-1)!.endS - stroke[0]!.startS;
    const meanMps = stroke.reduce((sum, n) => sum + target(n) * (n.endS - n.startS), 0) / durationS;
    const hairM = Math.min(
      ...stroke.flatMap(soundedStrings).map(({ string }) => {
        const { fromM, toM } = instrument.strings[string].playable;
        return Math.min(toM, instrument.hair.lengthM) - Math.max(fromM, 0) - 2 * settings.edgeMarginM;
      }),
    );
    const [targetMps, achievedMps] = [target(note), reports[i]!.speedMps.achieved ?? 0];
    return {
      noteIndex: note.noteIndex,
      lengthS: note.endS - note.startS,
      targetMps,
      achievedMps,
      within: Math.abs(achievedMps / targetMps - 1) <= WITHIN,
      dynamic: note.dynamic,
      beyond:
        strokeTravelM(meanMps * (1 - WITHIN), durationS, settings.rampS) > hairM
          ? "hair"
          : durationS < RAMPS * settings.rampS
            ? "hand"
            : undefined,
    };
  });
}

/** Share of the time of notes that a bow can play at their dynamic's speed in which they are [-]; null = there are none. */
export function timeWithin(speeds: readonly SpeedOfNote[]): number | null {
  const time = (of: readonly SpeedOfNote[]): number => of.reduce((sum, { lengthS }) => sum + lengthS, 0);
  const possible = speeds.filter(({ beyond }) => beyond === undefined);
  return possible.length === 0 ? null : time(possible.filter(({ within }) => within)) / time(possible);
}

/** Median speed of the notes in f over that of those in p; null where a piece has not both. */
export function ratioOfForte(speeds: readonly SpeedOfNote[]): number | null {
  const median = (dynamic: Dynamic): number | null => {
    const own = speeds.filter((note) => note.dynamic === dynamic && note.beyond !== "hand");
    return quantile(own.map(({ achievedMps }) => achievedMps).sort((a, b) => a - b), 0.5); // prettier-ignore
  };
  const [f, p] = [median("f"), median("p")];
  return f === null || p === null ? null : f / p;
}
