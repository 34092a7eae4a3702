import type { Instrument } from "../instrument/instrument.ts";
import { ok, refuse, type Outcome } from "../outcome.ts";
import { pairUnder, type BowLevel } from "../score/bow-level.ts";
import { FINGERBOARD_SEMITONES } from "../score/range.ts";
import { doubleStopWays, HAND_SEMITONES, type DoubleStopWay } from "../score/double-stop-levels.ts";
import { STRING_NAMES, type ScoreNote, type StringName } from "../score/score.ts";
import type { BowingRefusal } from "./refusal.ts";
import type { TimedNote } from "./stroke.ts";

/** Levels on which a note may be bowed; the first is the plain rule or the mark. */
export type LevelCandidates = readonly [BowLevel, ...BowLevel[]];

/**
 * The written string; else the highest open string not above the pitch, and the one below it where the pitch
 * lies within reach. An open pitch stays on its open string: nobody may be there to stop the other one. The same for the
 * pair of strings of a double stop.
 *
 * @param reachSemitones how far above its open pitch a lower string is offered; 0 = never
 * @param objected how many objections the arm has to crossings beside it: with one, every string that can be stopped there is offered,
 *   open pitches too; with more also far up
 */
export function stringCandidates(
  { note, startS }: TimedNote,
  instrument: Instrument,
  reachSemitones: number,
  objected = 0,
): Outcome<LevelCandidates, BowingRefusal> {
  const open = (name: StringName): number => instrument.strings[name].physics.openMidi;
  const { midi, index: noteIndex } = note;
  const lowestMidi = note.lowerMidi ?? midi;
  if (lowestMidi < open("C"))
    return refuse({ kind: "below-open-c", noteIndex, startS, midi: lowestMidi, lowestMidi: open("C") });
  if (note.lowerMidi !== undefined) {
    const pairs = pairCandidates({ ...note, lowerMidi: note.lowerMidi }, startS, open);
    if (!pairs.ok) return pairs;
    const [plain, ...lower] = pairs.value;
    const urgent = objected > 0 && reachSemitones > 0;
    const reach = urgent ? urgentReachSemitones(objected) : reachSemitones;
    const offered = urgent ? lower : plain.above.includes(0) ? [] : lower.slice(0, 1);
    const reached = offered.filter(({ above: [, upper] }) => upper <= reach);
    return ok([plain.level, ...reached.map(({ level }) => level)]);
  }
  if (note.string) {
    const openMidi = open(note.string);
    if (midi >= openMidi && midi - openMidi <= FINGERBOARD_SEMITONES) return ok([note.string]);
    return refuse({ kind: "not-on-string", noteIndex, startS, midi, string: note.string, openMidi });
  }
  const plain = STRING_NAMES.findLast((name) => open(name) <= midi)!;
  if (objected > 0 && reachSemitones > 0)
    return ok([plain, ...lowerStrings(midi, plain, open, urgentReachSemitones(objected))]);
  const lower = STRING_NAMES[STRING_NAMES.indexOf(plain) - 1];
  const offered = lower && midi > open(plain) && midi - open(lower) <= reachSemitones;
  return ok(offered ? [plain, lower] : [plain]);
}

/** An octave up a string is the middle of it; a fifth more where many objections leave no other way [semitones]. @assumed */
const URGENT_REACH_SEMITONES = { first: 12, last: 19 };
/** So many objections beside a note leave no other way. */
export const NO_OTHER_WAY = 4;

const urgentReachSemitones = (objected: number): number =>
  objected < NO_OTHER_WAY ? URGENT_REACH_SEMITONES.first : URGENT_REACH_SEMITONES.last;

const lowerStrings = (
  midi: number,
  plain: StringName,
  open: (name: StringName) => number,
  reachSemitones: number,
): readonly StringName[] =>
  STRING_NAMES.slice(0, STRING_NAMES.indexOf(plain))
    .filter((name) => midi - open(name) <= reachSemitones)
    .reverse();

/** Ways of a double stop that a hand reaches, the plain one first; a written string is the upper note's. */
function pairCandidates(
  note: ScoreNote & { readonly lowerMidi: number },
  startS: number,
  open: (name: StringName) => number,
): Outcome<readonly [DoubleStopWay, ...DoubleStopWay[]], BowingRefusal> {
  const { lowerMidi, midi, index: noteIndex, string } = note;
  const openMidi = { C: open("C"), G: open("G"), D: open("D"), A: open("A") };
  const ways = doubleStopWays(lowerMidi, midi, openMidi);
  const marked = string === undefined ? ways : ways.filter(({ level }) => level === pairUnder(string));
  const [plain, ...more] = marked.filter(({ stretch }) => stretch <= HAND_SEMITONES);
  if (plain) return ok([plain, ...more]);
  const narrowest = marked.reduce<DoubleStopWay | undefined>(
    (best, way) => (best && best.stretch <= way.stretch ? best : way),
    undefined,
  );
  return refuse({
    ...{ kind: "double-stop", noteIndex, startS, midi, lowerMidi },
    ...(string !== undefined && { string }),
    ...(narrowest && { stretch: { level: narrowest.level, semitones: narrowest.stretch } }),
    limitSemitones: HAND_SEMITONES,
  });
}

/** Levels for the notes of one stroke, and what they cost. */
export interface LevelPath {
  readonly levels: readonly BowLevel[];
  readonly cost: number;
}

/**
 * For each pair of first and last level of a stroke, its cheapest levels in between (Viterbi).
 *
 * @param stepCost price of going from one level to another into note `i`
 * @param noteCost price of a level for note `i`; candidate 0 is the plain rule
 */
export function cheapestLevelPaths(
  candidates: readonly LevelCandidates[],
  stepCost: (from: BowLevel, to: BowLevel, i: number) => number,
  noteCost: (candidate: number, i: number) => number,
): readonly LevelPath[] {
  return candidates[0]!.flatMap((first, c) => {
    let paths: readonly LevelPath[] = [{ levels: [first], cost: noteCost(c, 0) }];
    for (let i = 1; i < candidates.length; i++)
      paths = candidates[i]!.map((to, k) =>
        cheapest(
          paths.map(({ levels, cost }) => ({
            levels: [...levels, to],
            cost: cost + stepCost(levels.at(-1)!, to, i) + noteCost(k, i),
          })),
        ),
      );
    return paths;
  });
}

const cheapest = (paths: readonly LevelPath[]): LevelPath =>
  paths.reduce((best, path) => (path.cost < best.cost ? path : best));
