/**
 * Whether refusals of seeded études are right: around the note that is refused, every direction of the bow and every string of
 * the three notes up to it, in all combinations, each planned anew with the notes around it. Where one of them plays, the whole étude
 * is planned with it.
 *
 *     npx tsx bench/refusals.ts [refusals to look at] [cell] [first seed]
 *
 * Bow position, speed, lengths of rolls, tilt and skew are the planner's in every combination. A refusal is right when no combination plays
 * the whole; "elsewhere" counts those where the place itself plays with other notes around it, but the whole with none.
 */
import { excerptAround } from "../src/planning/score-excerpt.ts";
import { withLocks, type BowLock } from "../src/planning/broken-slurs.ts";
import { planFollower } from "../src/planning/follow-plan.ts";
import { bowPiece, planPiece } from "../src/planning/plan-piece.ts";
import { refusedNote } from "../src/planning/playable-score.ts";
import { STRING_NAMES, type Score } from "../src/score/score.ts";
import { loadCell, loadInstrument } from "../src/shelf/load-instrument.ts";
import { loadProfile } from "../src/shelf/load-profile.ts";
import { etudeOf } from "./etude.ts";

const [count = "10", cellName = "reference", firstSeed = "1"] = process.argv.slice(2);
/** Notes on either side that are planned with it, and how many up to the refused one are locked. */
const AROUND = 4;
const LOCKED = 3;
/** A fifth and an octave up a string is as far as the left hand of these études goes [semitones]. */
const HIGHEST_STOP = 19;

const { instrument } = await loadInstrument(cellName);
const context = {
  instrument,
  cell: await loadCell(cellName),
  profile: await loadProfile("simulation", []),
};

const tally = { right: 0, elsewhere: 0, playable: 0 };
let [refused, tried] = [0, 0];
for (let seed = Number(firstSeed); refused < Number(count); seed++) {
  const { score } = etudeOf(seed);
  const planned = planPiece(score, context);
  if (planned.ok) continue;
  refused += 1;
  const note = refusedNote(planned.why);
  const from = Math.max(0, note - LOCKED + 1);
  let plays = 0;
  let way: string | undefined;
  for (const locks of combinations(score, from, note)) {
    tried += 1;
    process.stderr.write(`\r${refused} of ${count} refusals, ${tried} combinations`);
    const locked = withLocks(score, locks);
    if (!playsAsBowed(excerptAround(locked, note, AROUND))) continue;
    plays += 1;
    if (!planPiece(locked, context).ok) continue;
    way = locks.map((lock) => `${lock.noteIndex + 1} ${lock.bow!} ${lock.string!}`).join(", ");
    break;
  }
  const verdict = way !== undefined ? "playable" : plays > 0 ? "elsewhere" : "right";
  tally[verdict] += 1;
  const what = planned.why.why.kind;
  process.stderr.write(`\r`);
  const how = way === undefined ? "" : `, one with ${way}`;
  console.log(`étude ${seed}: ${what} at note ${note + 1}, ${verdict} (${plays} ways play the place${how})`);
}
console.log(
  `${refused} refusals on ${cellName}, ${tried} combinations: ${tally.right} right (nothing plays the place), ` +
    `${tally.elsewhere} where the place can be played otherwise but not the whole, ${tally.playable} playable with other bowing`,
);

/** Without the arm's objections: every combination is tried as it is. */
function playsAsBowed(score: Score): boolean {
  const plan = bowPiece(score, context);
  return plan.ok && planFollower(context).follow(plan.value).ok;
}

function* combinations(score: Score, from: number, to: number): Generator<readonly BowLock[]> {
  const choices = score.notes.slice(from, to + 1).map(({ index: noteIndex, midi }) =>
    STRING_NAMES.filter((string) => {
      const stop = midi - instrument.strings[string].physics.openMidi;
      return stop >= 0 && stop <= HIGHEST_STOP;
    }).flatMap((string) => (["down", "up"] as const).map((bow) => ({ noteIndex, bow, string }))),
  );
  yield* product(choices, []);
}

function* product(
  choices: readonly (readonly BowLock[])[],
  chosen: readonly BowLock[],
): Generator<readonly BowLock[]> {
  const options = choices[chosen.length];
  if (!options) yield chosen;
  else for (const option of options) yield* product(choices, [...chosen, option]);
}
