import { planPiece } from "../src/planning/plan-piece.ts";
import type { Score } from "../src/score/score.ts";
import { loadCell, loadInstrument } from "../src/shelf/load-instrument.ts";
import { loadPiece } from "../src/shelf/load-piece.ts";
import { loadProfile } from "../src/shelf/load-profile.ts";

/**
 * Planning time as a share of the music's: a piece played once, twice, three and six times in a row, so that its growth
 * with the length can be seen. Whole planning with its proofs of limits and clearance, CPU time of this process.
 *
 *     npx tsx bench/planning.ts [piece] [cell]
 */
const [piece = "bach-minuet", cell = "reference"] = process.argv.slice(2);

const { score } = await loadPiece(piece, { transpose: 0, clef: "bass" });
const context = {
  instrument: (await loadInstrument(cell)).instrument,
  cell: await loadCell(cell),
  profile: await loadProfile("simulation", []),
};

for (const times of [1, 2, 3, 6]) {
  const long = repeated(score, times);
  const before = process.cpuUsage();
  const planned = planPiece(long, context);
  const cpu = process.cpuUsage(before);
  if (!planned.ok) throw new Error(JSON.stringify(planned.why));
  const lengthS = planned.value.plan.notes.at(-1)!.endS;
  const usedS = (cpu.user + cpu.system) / 1e6;
  console.log(
    `${piece} × ${times} on ${cell}: ${lengthS.toFixed(0)} s of music planned in ${usedS.toFixed(2)} s, ` +
      `1/${(lengthS / usedS).toFixed(1)}, ${((1e3 * usedS) / lengthS).toFixed(1)} ms a second`,
  );
}

/** The piece again and again, without a rest in between. */
function repeated(once: Score, times: number): Score {
  const notes = Array.from({ length: times }, (_, round) =>
    once.notes.map((note) => ({
      ...note,
      index: note.index + round * once.notes.length,
      startTick: note.startTick + round * once.endTick,
      endTick: note.endTick + round * once.endTick,
    })),
  ).flat();
  return { ...once, notes, endTick: once.endTick * times };
}
