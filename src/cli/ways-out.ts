import { CellistError } from "../errors.ts";
import { brokenSlurs, lockLines } from "../planning/broken-slurs.ts";
import type { PieceContext } from "../planning/piece-context.ts";
import { isRoomsFault, type PieceRefusal } from "../planning/plan-piece.ts";
import { playableTest, refusedNote } from "../planning/playable-score.ts";
import { TRANSPOSITIONS } from "../planning/transpositions.ts";
import { barBeatAtTick, formatBarBeat } from "../score/position.ts";
import type { Score } from "../score/score.ts";
import { arrangedAs, type PieceOptions } from "./piece-options.ts";
import type { Progress } from "./progress.ts";

/** What would make a refused piece playable; each was planned as a whole. */
export interface WaysOut {
  /** Whether another key can change the answer at all. */
  readonly keyMatters: boolean;
  /** For --transpose, what was asked for included [semitones]. */
  readonly transpose?: number;
  /** Lines of a file for --locks. */
  readonly locks?: readonly string[];
}

/** A piece that cannot be played, or not even be read as it was asked for. */
export interface Refused {
  readonly name: string;
  readonly options: PieceOptions;
  readonly context: PieceContext;
  /** Absent where notes lie outside the cello. */
  readonly planned?: { readonly score: Score; readonly why: PieceRefusal };
}

/** Looks for the nearest transposition, and for slurs to break, with which a refused piece can be played. */
export async function waysOut(refused: Refused, progress: Progress): Promise<WaysOut> {
  const { context, planned } = refused;
  const bowing =
    planned &&
    brokenSlurs(planned.score, planned.why, context, (count) => progress.update(count, 24, "broken slurs"));
  const transpose = await transposition(refused, progress);
  progress.end();
  return {
    keyMatters: !planned || dependsOnPitch(planned.why),
    ...(transpose !== undefined && { transpose }),
    ...(bowing && { locks: lockLines(bowing.locks, (note) => placeOf(bowing.score, note)) }),
  };
}

async function transposition(
  { name, options, context, planned }: Refused,
  progress: Progress,
): Promise<number | undefined> {
  if (planned && !dependsOnPitch(planned.why)) return undefined;
  const isPlayable = playableTest(context, planned ? [refusedNote(planned.why)] : []);
  for (const [i, semitones] of TRANSPOSITIONS.entries()) {
    progress.update(i, TRANSPOSITIONS.length, `transposed by ${semitones} semitones`);
    const transpose = options.transpose + semitones;
    const score = await readAs(name, { ...options, transpose });
    if (score && isPlayable(score)) return transpose;
  }
  return undefined;
}

/** Undefined where the notes lie outside the cello. */
async function readAs(name: string, options: PieceOptions): Promise<Score | undefined> {
  try {
    return (await arrangedAs(name, options)).score;
  } catch (error) {
    if (error instanceof CellistError && error.code === "score-invalid") return undefined;
    throw error;
  }
}

/** Bow marks and lengths are the same in every key, and so is the room. */
const dependsOnPitch = (refusal: PieceRefusal): boolean =>
  refusal.stage === "trajectory"
    ? !isRoomsFault(refusal)
    : refusal.why.kind !== "bow-too-short" && refusal.why.kind !== "marks-contradict";

const placeOf = (score: Score, noteIndex: number): string =>
  formatBarBeat(barBeatAtTick(score, score.notes[noteIndex]!.startTick));

/** What was found, as the end of a sentence; what was not, too. */
export function sayWaysOut({ keyMatters, transpose, locks }: WaysOut): string {
  const transposed =
    transpose === undefined
      ? "no transposition was found that helps"
      : transpose === 0
        ? "as written it can be played (leave out --transpose)"
        : `transposed by ${transpose} semitones it can be played (--transpose ${transpose})`;
  const count = locks?.length ?? 0;
  const bowed =
    count === 0
      ? []
      : [
          `with slurs broken it can be played: write the ${count === 1 ? "line" : "lines"} on standard output into a file for --locks`,
        ];
  return [...(keyMatters ? [transposed] : []), ...bowed].map((said) => `; ${said}`).join("");
}
