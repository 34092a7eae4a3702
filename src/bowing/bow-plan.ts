import type { Provenance } from "../provenance.ts";
import type { Heeded } from "./heeded.ts";
import { pairUnder, type BowLevel } from "../score/bow-level.ts";
import type { Articulation, BowDirection, Dynamic, StringName } from "../score/score.ts";

/** One note as it will be bowed. Times are score seconds; bow positions are metres of hair from the frog. */
export interface BowedNote {
  readonly noteIndex: number;
  /** Sounding pitch, MIDI number; of a double stop the upper one. */
  readonly midi: number;
  readonly string: StringName;
  /** A double stop: what sounds with it in the same stroke, on the string below. */
  readonly lower?: SoundedString;
  readonly direction: BowDirection;
  /** Number of the stroke (one bow direction without a bow change); slurred notes share it. */
  readonly stroke: number;
  /** When the note begins to sound [s]: the written onset. */
  readonly startS: number;
  /** When its bowing ends [s]: the written end, or the next onset where the gap is only notation. */
  readonly endS: number;
  /**
   * Hair under the string at `startS` and `endS`, measured from the frog, of a double stop half-way between its strings [m].
   * Down-bow: end > start.
   */
  readonly bowStartM: number;
  readonly bowEndM: number;
  /** Steady bow speed at the string that the dynamic asks for and the bow allows, > 0 [m/s]. */
  readonly bowSpeedMps: number;
  /** Hair to bridge along the string [m]. */
  readonly contactM: number;
  /** Hair force along the string's normal [N]. */
  readonly forceN: number;
  /** Schelleng's limits at this speed and contact point [N]. */
  readonly minForceN: number;
  readonly maxForceN: number;
  /**
   * How force and speed move within the note, from its start to its end: along a swell, or in an attack and after it; from point to
   * point in minimum-jerk steps. Absent = both are steady. In a double stop the lower string's force moves with it.
   */
  readonly course?: readonly CoursePoint[];
  readonly dynamic: Dynamic;
  readonly articulation: Articulation;
  /** Why it is bowed so, most weighty first, one clause each. */
  readonly why: readonly string[];
}

/** Bow force (of a double stop on its upper string) and speed at one moment, ramps of the stroke apart. */
export interface CoursePoint {
  readonly atS: number;
  readonly forceN: number;
  readonly speedMps: number;
}

/** One note of a double stop, or a note alone: a string that sounds. */
export type SoundedString = Pick<BowedNote, "midi" | "string" | "forceN" | "minForceN" | "maxForceN">;

/** Every string that a note bows: its own, or upper and lower. */
export const soundedStrings = (note: BowedNote): readonly SoundedString[] =>
  note.lower ? [note, note.lower] : [note];

/** The level of the bow in a note. */
export const levelOf = ({ string, lower }: Pick<BowedNote, "string" | "lower">): BowLevel =>
  (lower && pairUnder(string)) ?? string;

/** The bow leaves the string between two notes, to travel back (retake) or to wait out a rest. */
export interface Lift {
  /** Index in `BowPlan.notes` of the last note before and the first after. */
  readonly after: number;
  readonly before: number;
  /** Both are score seconds; the bow is off the string inside them. */
  readonly startS: number;
  readonly endS: number;
}

/** What the musician decided: every note's string, direction, bow, speed, force, contact point. */
export interface BowPlan extends Heeded {
  readonly title: string;
  /** In order of time; `notes[i].endS <= notes[i + 1].startS`. */
  readonly notes: readonly BowedNote[];
  readonly lifts: readonly Lift[];
  readonly provenance: Provenance;
}

/** Notes meet within rounding [s]. */
const MEETS_S = 1e-6;

/** Whether the bow turns from one single note straight into the next, without a rest. */
export const turnsInto = (before: BowedNote, after: BowedNote): boolean =>
  before.direction !== after.direction &&
  after.startS <= before.endS + MEETS_S &&
  !before.lower &&
  !after.lower;
