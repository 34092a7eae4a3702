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
 * reaches its place over a few bows.
 */
export function contactPoints(
  strokes: readonly StrungStroke[],
  instrument: Instrument,
  settings: BowingSettings,
): readonly number[] {
  const contacts: number[] = [];
  for (const [k, strung] of strokes.entries()) {
    const wanted = wantedContactM(strung, instrument, settings);
    const before = contacts[k - 1];
    const gapS = strung.stroke.startS - (strokes[k - 1]?.stroke.endS ?? 0);
    const stepM = settings.contactStepM + settings.contactSlewMps * gapS;
    contacts.push(before === undefined ? wanted : clamp(wanted, before - stepM, before + stepM));
  }
  return contacts;
}

function wantedContactM(
  { stroke, levels }: StrungStroke,
  instrument: Instrument,
  settings: BowingSettings,
): number {
  let [weighted, shortestM] = [0, Infinity];
  for (const [i, { note, startS, endS }] of stroke.notes.entries()) {
    const names = stringsOf(levels[i]!);
    for (const name of names) {
      const { lengthM, physics } = instrument.strings[name];
      const midi = names.length === 2 && name === names[0] ? note.lowerMidi! : note.midi;
      weighted +=
        (betweenDynamics(settings.beta, loudnessOf(note)) * lengthM * (endS - startS)) / names.length;
      shortestM = Math.min(shortestM, vibratingLengthM(lengthM, physics.openMidi, midi));
    }
  }
  const { min, max } = settings.contactWindowM;
  const locked = stroke.notes.find(({ note }) => note.override?.contactM)?.note.override?.contactM;
  const wanted =
    locked ?? Math.min(weighted / (stroke.endS - stroke.startS), settings.maxStoppedBeta * shortestM);
  return clamp(wanted, min, max);
}

/** Force of one note and Schelleng's limits around it. */
export interface NoteForce {
  readonly forceN: number;
  readonly minForceN: number;
  readonly maxForceN: number;
  /** What moved the force away from what the dynamic asks for. */
  readonly limit: "dynamic" | "raised" | "lowered" | "heaviest";
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
