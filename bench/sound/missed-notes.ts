import { readFileSync } from "node:fs";
import { join } from "node:path";
import { hearTake } from "../../src/evaluation/audio/hear-take.ts";
import { readRecording } from "../../src/performance/read-recording.ts";
import { loadPiece, shippedPieces } from "../../src/shelf/load-piece.ts";

/**
 * Which notes of good takes the ears miss, and why: a table of every note whose onset is more than 50 ms off or whose pitch
 * is more than 50 cents off.
 *
 *     npx tsx bench/sound/missed-notes.ts <folder with one take per piece, as ears.ts leaves it> [--only part-of-a-name,another]
 */
const [folder = "out/ears"] = process.argv.slice(2);
const only = (process.argv.includes("--only") ? process.argv[process.argv.indexOf("--only") + 1]! : "").split(
  ",",
);
const name = (midi: number): string => `${["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"][midi % 12]!}${Math.floor(midi / 12) - 1}`; // prettier-ignore

let [worst, sum, pieces] = [1, 0, 0];
for (const piece of shippedPieces().filter((title) => only.some((part) => title.includes(part)))) {
  const recording = await readRecording(new Uint8Array(readFileSync(join(folder, piece, "performance.wav"))));
  const { score } = await loadPiece(piece);
  const { transcription, notes, clock, onsets, faults } = hearTake(recording, score);
  const f = transcription.notes.fMeasure;
  [worst, sum, pieces] = [Math.min(worst, f), sum + f, pieces + 1];
  console.log(
    `${piece.padEnd(22)} note F ${f.toFixed(3)}, onset F ${transcription.onsets.fMeasure.toFixed(3)}, with offsets ${transcription.notesWithOffsets.fMeasure.toFixed(3)}; ` +
      `onsets ${(1e3 * onsets.medianAbsS).toFixed(0)}/${(1e3 * onsets.p95AbsS).toFixed(0)} ms; tempo ${clock.tempo.toFixed(4)}; ${JSON.stringify(faults)}`,
  );
  notes.forEach((n, i) => {
    const kinds = [
      ...(n.fault === "missing" ? ["missing"] : []),
      ...(Math.abs(n.lateS) > 0.05 ? ["onset"] : []),
      ...(Math.abs(n.cents ?? 99) > 50 ? ["pitch"] : []),
      ...(n.fault !== null ? [`fault ${n.fault}`] : []),
    ];
    if (kinds.length === 0) return;
    const before = notes[i - 1];
    const slur = score.notes[i]!.slurredFromPrevious ? "~" : "-";
    console.log(
      `    ${String(i + 1).padStart(3)} ${(before ? name(before.midi) : "").padStart(3)}${slur}${name(n.midi).padEnd(3)} at ${n.onsetS.toFixed(2)} s, late ${(1e3 * n.lateS).toFixed(0)} ms, ${n.cents?.toFixed(0)} cents${n.clear ? "" : " (unclear)"}, ` +
        `${n.levelLufs.toFixed(1)} LUFS, attack ${n.attackOverDb.toFixed(1)} dB, settles ${n.settlesS?.toFixed(3)}, aperiodic ${n.aperiodicity.toFixed(2)}: ${kinds.join(", ")}`,
    );
  });
}
console.log(`${pieces} pieces: worst note F ${worst.toFixed(3)}, mean ${(sum / pieces).toFixed(3)}`);
