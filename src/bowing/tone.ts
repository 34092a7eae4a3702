import type { Instrument, StringLine } from "../instrument/instrument.ts";
import { betweenDynamics, loudnessOf } from "../score/dynamics.ts";
import { stringsOf, type BowLevel } from "../score/bow-level.ts";
import type { ScoreNote } from "../score/score.ts";
import type { BowingSettings } from "./bowing-settings.ts";
import { maxBowForceN, minBowForceN, vibratingLengthM } from "./force-limits.ts";
import type { Stroke } from "./stroke.ts";

/** A stroke with its levels chosen. */
export interface StrungStroke {
  readonly stroke: Stroke;
  readonly levels: readonly BowLevel[];
}

/**
 * Contact point of every stroke [m]: nearer the bridge when louder and, high up a string, on what is left of it.
 *
 * Constant within a stroke. At a bow change it moves by a small step only, in rests farther, so a sudden forte
 * reaches its place over a few bows. For what is left of a string the bow makes ready some bows ahead: too far from the bridge
 * a note there does not speak.
 */
export function contactPoints(
  strokes: readonly StrungStroke[],
  instrument: Instrument,
  settings: BowingSettings,
): readonly number[] {
  const stepM = (k: number): number => {
    const gapS = strokes[k]!.stroke.startS - (strokes[k - 1]?.stroke.endS ?? 0);
    return settings.contactStepM + settings.contactSlewMps * gapS;
  };
  const mostM = strokes.map((strung) => farthestM(strung, instrument, settings));
  for (let k = strokes.length - 1; k > 0; k--) mostM[k - 1] = Math.min(mostM[k - 1]!, mostM[k]! + stepM(k));
  const contacts: number[] = [];
  for (const [k, strung] of strokes.entries()) {
    const wanted = Math.min(mostM[k]!, wantedContactM(strung, instrument, settings));
    const before = contacts[k - 1];
    contacts.push(before === undefined ? wanted : clamp(wanted, before - stepM(k), before + stepM(k)));
  }
  return contacts;
}

/** From the bridge at which all that a stroke plays still speaks [m]; a contact point that is locked says so itself. */
function farthestM(
  { stroke, levels }: StrungStroke,
  { strings }: Instrument,
  settings: BowingSettings,
): number {
  const { min, max } = settings.contactWindowM;
  const locked = lockedContactM(stroke);
  const lengthsM = stroke.notes.flatMap(({ note }, i) => {
    const names = stringsOf(levels[i]!);
    return names.map((name) => {
      const midi = names.length === 2 && name === names[0] ? note.lowerMidi! : note.midi;
      return vibratingLengthM(strings[name].lengthM, strings[name].physics.openMidi, midi);
    });
  });
  return clamp(locked ?? settings.maxStoppedBeta * Math.min(...lengthsM), min, max);
}

const lockedContactM = (stroke: Stroke): number | undefined =>
  stroke.notes.find(({ note }) => note.override?.contactM)?.note.override?.contactM;

function wantedContactM(
  { stroke, levels }: StrungStroke,
  { strings }: Instrument,
  settings: BowingSettings,
): number {
  let weighted = 0;
  for (const [i, { note, startS, endS }] of stroke.notes.entries()) {
    const names = stringsOf(levels[i]!);
    for (const name of names)
      weighted +=
        (betweenDynamics(settings.beta, loudnessOf(note)) * strings[name].lengthM * (endS - startS)) /
        names.length;
  }
  const { min, max } = settings.contactWindowM;
  return clamp(lockedContactM(stroke) ?? weighted / (stroke.endS - stroke.startS), min, max);
}

/** Force of one note and Schelleng's limits around it. */
export interface NoteForce {
  readonly forceN: number;
  readonly minForceN: number;
  readonly maxForceN: number;
  /** What moved the force away from what the dynamic asks for. */
  readonly limit: "dynamic" | "raised" | "lowered" | "heaviest" | "evened";
}

/**
 * Bow force of a note: by dynamic and string, kept inside Schelleng's limits with a margin.
 *
 *     F = F_dynamic · Z₀ / Z_ref,   then   3 · F_min ≤ F ≤ min(½ · F_max, heaviest)
 *
 * @param bow `heaviestN`: what may be pressed there at all [N]; `attack`: force ÷ what the dynamic asks for, 1 if absent
 *
 * @source both of Schelleng's limits, and the wedge of clean starts (Guettler), grow with Z₀: on the simulated strings
 *   √Z₀ leaves C and G in multiple slip (`bench/sound/starts.ts`)
 */
export function noteForce(
  note: ScoreNote,
  line: StringLine,
  bow: {
    readonly speedMps: number;
    readonly contactM: number;
    readonly heaviestN: number;
    readonly attack?: number;
  },
  settings: BowingSettings,
): NoteForce {
  const beta = bow.contactM / vibratingLengthM(line.lengthM, line.physics.openMidi, note.midi);
  const minForceN = minBowForceN(line.physics, bow.speedMps, beta);
  const maxForceN = maxBowForceN(line.physics, bow.speedMps, beta);
  const wanted =
    note.override?.forceN ??
    betweenDynamics(settings.forceN, loudnessOf(note)) *
      (line.physics.impedanceKgps / settings.referenceImpedanceKgps) *
      (bow.attack ?? 1);
  const most = Math.min(settings.maxForceShare * maxForceN, bow.heaviestN);
  const least = Math.min(Math.max(settings.minForceTimes * minForceN, settings.minForceN), most);
  const forceN = clamp(wanted, least, most);
  const lowered = most === bow.heaviestN ? "heaviest" : "lowered";
  const limit = forceN > wanted ? "raised" : forceN < wanted ? lowered : "dynamic";
  return { forceN, minForceN, maxForceN, limit };
}

const clamp = (x: number, low: number, high: number): number => Math.min(Math.max(x, low), high);
