import type { Provenance } from "../provenance.ts";
import type { Hold } from "./hold-fermatas.ts";
import type { TempoChange } from "./tempo.ts";

export const DYNAMICS = ["pp", "p", "mp", "mf", "f", "ff"] as const;
export type Dynamic = (typeof DYNAMICS)[number];
export const ARTICULATIONS = [
  "legato",
  "detache",
  "tenuto",
  "staccato",
  "accent",
  "martele",
  "portato",
  "tremolo",
] as const;
/**
 * How a note is joined to its neighbours and begun. Under a slur, staccato is a hooked bow (the same way again after a
 * stop) and portato a stroke that swells on each of its notes.
 */
export type Articulation = (typeof ARTICULATIONS)[number];
export type BowDirection = "down" | "up";
export const STRING_NAMES = ["C", "G", "D", "A"] as const;
/** Strings from low to high; index 0..3 in every table of this project. */
export type StringName = (typeof STRING_NAMES)[number];

/** Loudness from the start to the end of a note, in steps of `DYNAMICS`: 0 = pp, 3 = mf, 5 = ff. */
export interface Swell {
  readonly fromLevel: number;
  readonly toLevel: number;
  /** Where it turns in between (messa di voce), or where a hairpin begins or ends inside the note; in order. Absent = straight on. */
  readonly turns?: readonly SwellTurn[];
}

export interface SwellTurn {
  /** Part of the written note that is over, in (0, 1) [-]. */
  readonly share: number;
  readonly level: number;
}

/** What a person fixed for one note, over the planner's choice. Speed and contact point hold for its whole stroke. */
export interface NoteOverride {
  /** Steady speed of the hair [m/s]. */
  readonly speedMps?: number;
  /** Kept inside what string and arm bear [N]. */
  readonly forceN?: number;
  /** Hair to bridge, kept inside the arm's window [m]. */
  readonly contactM?: number;
}

/** One note as written. Ticks are the truth; seconds are asked for with `secondsAtTick`. */
export interface ScoreNote {
  /** 0-based position in `Score.notes`. */
  readonly index: number;
  readonly startTick: number;
  /** > startTick */
  readonly endTick: number;
  /** Sounding pitch, MIDI number (C2 = 36, A3 = 57). */
  readonly midi: number;
  /** A double stop: the lower note that sounds with it, on the neighbouring string; absent for a single note. */
  readonly lowerMidi?: number;
  /** MIDI velocity 1..127. */
  readonly velocity: number;
  /** Under a hairpin the dynamic nearest to its mean. */
  readonly dynamic: Dynamic;
  /** Under a hairpin: how its loudness moves. */
  readonly swell?: Swell;
  readonly articulation: Articulation;
  /** Written bow mark; absent = the planner chooses. */
  readonly bow?: BowDirection;
  /** Slurred to the note before: same bow, no bow change at its start. */
  readonly slurredFromPrevious: boolean;
  /** Written string (sul G …), of a double stop its upper note's; absent = the planner chooses. */
  readonly string?: StringName;
  /** A human left hand chose that string; nobody wrote it. */
  readonly stringByHand?: true;
  /** Absent = the planner chooses. */
  readonly override?: NoteOverride;
}

/** A time signature from `tick` on. */
export interface MeterChange {
  readonly tick: number;
  readonly beatsPerBar: number;
  /** 4 = quarter, 8 = eighth … */
  readonly beatUnit: number;
}

export interface KeyChange {
  readonly tick: number;
  /** Sharps > 0, flats < 0. */
  readonly fifths: number;
  readonly minor: boolean;
}

/** A piece for cello, as read: one voice of notes and double stops. Rests are the gaps between notes and are kept. */
export interface Score {
  readonly title: string;
  readonly composer: string;
  readonly ticksPerQuarter: number;
  /** Sorted by tick, first at tick 0; slower under fermatas. */
  readonly tempos: readonly TempoChange[];
  /** What `tempos` holds, to be drawn as fermatas; absent = nothing. */
  readonly fermatas?: readonly Hold[];
  /** Sorted by tick, first at tick 0. */
  readonly meters: readonly MeterChange[];
  readonly keys: readonly KeyChange[];
  /** Sorted by start; each starts at or after the end of the one before. */
  readonly notes: readonly ScoreNote[];
  readonly endTick: number;
  /**
   * What the file held that is not played, or not as it stands there, one sentence each ("sustain pedal: 12 events
   * ignored", "grace notes: 2 played on the beat").
   */
  readonly ignored: readonly string[];
  readonly provenance: Provenance;
}
