/**
 * Seeded études over tempo, register and density of crossings: how many can be played as they stand, why the others are
 * refused, and whether the fastest tempo that a refusal names is right.
 *
 *     npx tsx bench/etudes.ts [count] [cell] [first seed]
 *
 * Exit code 1 where a tempo that was named cannot be played.
 */
import { SLOWEST_PERCENT } from "../src/planning/fastest-tempo.ts";
import { isTooFast, planPiece } from "../src/planning/plan-piece.ts";
import { fastestPlayable, refusedNote } from "../src/planning/playable-score.ts";
import { scaleTempo } from "../src/score/scale-tempo.ts";
import type { Score } from "../src/score/score.ts";
import { loadCell, loadInstrument } from "../src/shelf/load-instrument.ts";
import { loadProfile } from "../src/shelf/load-profile.ts";
import { etudeOf } from "./etude.ts";

const [count = "200", cellName = "reference", firstSeed = "1"] = process.argv.slice(2);
const context = {
  instrument: (await loadInstrument(cellName)).instrument,
  cell: await loadCell(cellName),
  profile: await loadProfile("simulation", []),
};
const plays = (score: Score): boolean => planPiece(score, context).ok;

const byTempo = new Map<string, { of: number; played: number }>();
const tally = (group: string, played: boolean): void => {
  const seen = byTempo.get(group) ?? { of: 0, played: 0 };
  byTempo.set(group, { of: seen.of + 1, played: seen.played + (played ? 1 : 0) });
};
const reasons = new Map<string, number[]>();
let [played, wrongTempos, refusedAtAny] = [0, 0, 0];
for (let n = 0; n < Number(count); n++) {
  const seed = Number(firstSeed) + n;
  const etude = etudeOf(seed);
  const planned = planPiece(etude.score, context);
  if (planned.ok) played += 1;
  else {
    const { why } = planned;
    const reason = `${why.stage}: ${why.why.kind}`;
    reasons.set(reason, [...(reasons.get(reason) ?? []), seed]);
    const refused = { tempo: 1, places: [refusedNote(why)], tooFast: isTooFast(why) };
    const factor = fastestPlayable((f) => scaleTempo(etude.score, f), refused, context);
    if (factor === undefined) refusedAtAny += 1;
    else if (!plays(scaleTempo(etude.score, factor))) wrongTempos += 1;
  }
  tally(
    `${etude.bpm < 80 ? "below 80" : etude.bpm < 110 ? "80 to 109" : "110 and above"} quarters a minute`,
    planned.ok,
  );
  tally(`register ${etude.register}`, planned.ok);
  tally(`leaps ${etude.leaps < 0.33 ? "few" : etude.leaps < 0.66 ? "some" : "many"}`, planned.ok);
  process.stderr.write(`\r${n + 1} of ${count}, ${played} playable`);
}
process.stderr.write("\n");
console.log(`${played} of ${count} études playable on ${cellName}`);
for (const [group, { of, played: good }] of [...byTempo].sort()) console.log(`  ${group}: ${good} of ${of}`);
for (const [reason, seeds] of [...reasons].sort((a, b) => b[1].length - a[1].length))
  console.log(`  refused, ${reason}: ${seeds.length}, seeds ${seeds.join(" ")}`);
console.log(
  `  refused at any tempo down to ${SLOWEST_PERCENT} %: ${refusedAtAny}; named tempos that cannot be played: ${wrongTempos}`,
);
process.exitCode = wrongTempos > 0 ? 1 : 0;
