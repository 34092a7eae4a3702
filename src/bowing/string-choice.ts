import type { Instrument } from "../instrument/instrument.ts";
import { ok, refuse, type Outcome } from "../outcome.ts";
import { STRING_NAMES, type StringName } from "../score/score.ts";
import type { BowingRefusal } from "./refusal.ts";
import type { TimedNote } from "./stroke.ts";

/** Strings on which a note may be bowed; the first is the plain rule or the mark. */
export type StringCandidates = readonly [StringName, ...StringName[]];

/**
 * The written string; else the highest open string not above the pitch, and the one below it where the pitch
 * lies within reach. An open pitch stays on its open string: nobody may be there to stop the other one.
 *
 * @param reachSemitones how far above its open pitch a lower string is offered; 0 = never
 */
export function stringCandidates(
  { note, startS }: TimedNote,
  instrument: Instrument,
  reachSemitones: number,
): Outcome<StringCandidates, BowingRefusal> {
  const open = (name: StringName): number => instrument.strings[name].physics.openMidi;
  const { midi, index: noteIndex } = note;
  if (midi < open("C"))
    return refuse({ kind: "below-open-c", noteIndex, startS, midi, lowestMidi: open("C") });
  if (note.lowerMidi !== undefined) {
    const { lowerMidi } = note;
    const strings = doubleStopStrings(lowerMidi, midi, instrument);
    return refuse({ kind: "double-stop", noteIndex, startS, midi, lowerMidi, strings });
  }
  if (note.string) {
    if (midi >= open(note.string)) return ok([note.string]);
    const openMidi = open(note.string);
    return refuse({ kind: "not-on-string", noteIndex, startS, midi, string: note.string, openMidi });
  }
  const plain = STRING_NAMES.findLast((name) => open(name) <= midi)!;
  const lower = STRING_NAMES[STRING_NAMES.indexOf(plain) - 1];
  const offered = lower && midi > open(plain) && midi - open(lower) <= reachSemitones;
  return ok(offered ? [plain, lower] : [plain]);
}

/** Widest stretch of a hand between two stopped strings, as the difference of their positions [semitones]. @assumed extended first to fourth finger */
const HAND_SEMITONES = 5;

/** The highest pair of neighbouring strings on which two notes can be stopped together, an open one at any distance. */
export function doubleStopStrings(
  lowerMidi: number,
  upperMidi: number,
  instrument: Instrument,
): readonly [StringName, StringName] | undefined {
  const above = (name: StringName, midi: number): number => midi - instrument.strings[name].physics.openMidi;
  const pairs = STRING_NAMES.slice(1).map((upper, i) => [STRING_NAMES[i]!, upper] as const);
  return pairs.findLast(([low, high]) => {
    const [a, b] = [above(low, lowerMidi), above(high, upperMidi)];
    return a >= 0 && b >= 0 && (a === 0 || b === 0 || Math.abs(a - b) <= HAND_SEMITONES);
  });
}

/** Strings between two names: 0 for the same, 1 for neighbours, up to 3. */
export const stringSteps = (a: StringName, b: StringName): number =>
  Math.abs(STRING_NAMES.indexOf(a) - STRING_NAMES.indexOf(b));

/** Strings for the notes of one stroke, and what they cost. */
export interface StringPath {
  readonly strings: readonly StringName[];
  readonly cost: number;
}

/**
 * For each pair of first and last string of a stroke, its cheapest strings in between (Viterbi).
 *
 * @param stepCost price of going from one string to another into note `i`
 * @param noteCost price of a string for note `i`; candidate 0 is the plain rule
 */
export function cheapestStringPaths(
  candidates: readonly StringCandidates[],
  stepCost: (from: StringName, to: StringName, i: number) => number,
  noteCost: (candidate: number, i: number) => number,
): readonly StringPath[] {
  return candidates[0]!.flatMap((first, c) => {
    let paths: readonly StringPath[] = [{ strings: [first], cost: noteCost(c, 0) }];
    for (let i = 1; i < candidates.length; i++)
      paths = candidates[i]!.map((to, k) =>
        cheapest(
          paths.map(({ strings, cost }) => ({
            strings: [...strings, to],
            cost: cost + stepCost(strings.at(-1)!, to, i) + noteCost(k, i),
          })),
        ),
      );
    return paths;
  });
}

const cheapest = (paths: readonly StringPath[]): StringPath =>
  paths.reduce((best, path) => (path.cost < best.cost ? path : best));
