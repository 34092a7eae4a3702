import type { Instrument } from "../instrument/instrument.ts";
import { clearForceN } from "../instrument/neighbour-gap.ts";
import { stringsOf, type BowLevel, type PairLevel } from "../score/bow-level.ts";
import type { ScoreNote } from "../score/score.ts";
import type { BowingSettings } from "./bowing-settings.ts";
import { pairForces, type PairForces } from "./pair-forces.ts";
import { noteForce, type NoteForce } from "./tone.ts";

/** The bow of one note. */
export interface NoteBow {
  readonly speedMps: number;
  readonly contactM: number;
  /** Hair at the contact at its start and end, from the frog [m]. */
  readonly bowM: readonly [number, number];
  /** Force ÷ what the dynamic asks for, in an attack; 1 if absent [-]. */
  readonly attack?: number;
}

/**
 * Forces on the strings of a note, its own first and the lower one of a double stop after it: each by dynamic and string inside
 * its own limits, all together no more than leaves the strings beside them clear and
 * the cell and the stick allow.
 */
export function levelForces(
  note: ScoreNote,
  level: BowLevel,
  bow: NoteBow,
  instrument: Instrument,
  settings: BowingSettings,
): readonly [NoteForce] | PairForces {
  const { contactM, speedMps, bowM, attack = 1 } = bow;
  const places = [bowM[0], (bowM[0] + bowM[1]) / 2, bowM[1]].map((at) => ({ bowM: at, contactM }));
  const [string, upper] = stringsOf(level);
  if (upper) return pairForces(note, level as PairLevel, { speedMps, attack, places }, instrument, settings);
  const heaviestN = Math.min(settings.maxForceN, ...places.map((at) => clearForceN(instrument, string, at)));
  const held = { speedMps, contactM, heaviestN, attack };
  return [noteForce(note, instrument.strings[string], held, settings)];
}
