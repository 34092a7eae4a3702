import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { readPerformance } from "../../src/bag/read-performance.ts";
import { hearTake } from "../../src/evaluation/audio/hear-take.ts";
import { noteAgreement } from "../../src/evaluation/audio/transcription-measures.ts";
import { hzOfMidi } from "../../src/evaluation/audio/written-note.ts";
import type { TakeReport } from "../../src/evaluation/audio/take-report.ts";
import { judgeTone, type ToneReport } from "../../src/evaluation/judge-tone.ts";
import type { PerformanceRecord } from "../../src/evaluation/performance-record.ts";
import { seededRandom } from "../../src/math/random.ts";
import { soundInputOf } from "../../src/performance/sound-of-performance.ts";
import type { Score } from "../../src/score/score.ts";
import { loadInstrument } from "../../src/shelf/load-instrument.ts";
import { loadPiece, shippedPieces } from "../../src/shelf/load-piece.ts";
import { renderSound, type SoundInput } from "../../src/sound/render.ts";
import { DEFAULT_SOUND } from "../../src/sound/sound-settings.ts";
import { mixOf } from "../../src/sound/stems.ts";
import { canInject, inject, INJECTED, type Injected } from "./injected-faults.ts";

/**
 * Ears and strings on every shipped piece, played in lock-step on the reference cell: Helmholtz share and starts, what the
 * ears transcribe, and which injected faults they find.
 *
 *     npx tsx bench/sound/ears.ts <folder for the takes> [--only part-of-a-name] [--seeds n]
 */
const argument = (name: string): string | undefined => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
};
const [folder = "out/ears"] = process.argv.slice(2);
const seeds = Number(argument("--seeds") ?? 2);
/** Share of the notes that are spoilt in a faulty take. */
const SPOILT = 0.25;

/** A start that takes longer than this, or a sustained part with less than 0.8 of it in Helmholtz motion, is no good note [s]. */
const LATEST_S = 0.12;

/** What each injected fault should be called. */
const CALLED: Readonly<Record<Injected, readonly string[]>> = {
  "too-light": ["too light"],
  "too-heavy": ["too heavy"],
  "crossing-bump": ["crossing bump", "too heavy"],
  late: ["late"],
  flat: ["flat"],
  "wrong-string": ["wrong string"],
};

const { instrument } = await loadInstrument("reference");
const found = new Map(INJECTED.map((kind) => [kind, { injected: 0, found: 0, called: 0, right: 0 }]));
let [starts, accepted, sustainedS, helmholtzS] = [0, 0, 0, 0];
for (const piece of shippedPieces().filter((name) => name.includes(argument("--only") ?? "")))
  await listenTo(piece);
console.log(
  `all: Helmholtz ${((100 * helmholtzS) / sustainedS).toFixed(1)} % of sustained time, ${accepted}/${starts} starts in time (${((100 * accepted) / starts).toFixed(1)} %)`,
);
for (const [kind, n] of found)
  console.log(
    `${kind.padEnd(14)} recall ${n.found}/${n.injected} ${(n.found / n.injected).toFixed(2)}, precision ${n.right}/${n.called} ${(n.right / n.called).toFixed(2)}`,
  );

async function listenTo(piece: string): Promise<void> {
  const take = join(folder, piece);
  if (!existsSync(join(take, "report.json")))
    execFileSync("node", ["src/cli/cellist.js", "perform", piece, "--as-fast-as-possible", "--out", take], {
      stdio: ["ignore", "ignore", "inherit"],
    });
  const record = await readPerformance(join(take, "performance.mcap"));
  const { score } = await loadPiece(piece);
  const input = soundInputOf(record, instrument);
  const rendered = renderSound(input, DEFAULT_SOUND);
  const tone = judgeTone(record, rendered);
  starts += tone.starts;
  accepted += tone.acceptedStarts;
  for (const n of tone.notes) {
    if (n.helmholtzShare === null) continue;
    sustainedS += n.lengthS;
    helmholtzS += n.lengthS * n.helmholtzShare;
  }
  const heard = hear(rendered.stems, score);
  const { transcription, faults, intonation, onsets } = heard;
  console.log(
    `${piece.padEnd(22)} Helmholtz ${((tone.helmholtzShare ?? NaN) * 100).toFixed(1)} %, starts ${tone.acceptedStarts}/${tone.starts}; ` +
      `note F ${transcription.notes.fMeasure.toFixed(3)}, onset F ${transcription.onsets.fMeasure.toFixed(3)}, with offsets ${transcription.notesWithOffsets.fMeasure.toFixed(3)}; ` +
      `onsets ${(1e3 * onsets.medianAbsS).toFixed(0)}/${(1e3 * onsets.p95AbsS).toFixed(0)} ms, ${intonation.medianAbsCents?.toFixed(1)} cents; ${JSON.stringify(faults)}`,
  );
  if (process.argv.includes("--notes"))
    for (const n of heard.notes)
      if (n.fault || Math.abs(n.lateS) > 0.05 || Math.abs(n.cents ?? 99) > 50)
        console.log(`    ${n.index} midi ${n.midi} late ${(1e3 * n.lateS).toFixed(0)} ms, ${n.cents?.toFixed(0)} cents, ${n.levelLufs.toFixed(1)} LUFS, settles ${n.settlesS?.toFixed(3)}, aperiodic ${n.aperiodicity.toFixed(2)}: ${n.fault}`); // prettier-ignore
  const goodF = onGoodNotes(heard, tone);
  console.log(`    on the ${goodF.notes} notes whose string settled: note F ${goodF.fMeasure.toFixed(3)}`);
  for (let seed = 1; seed <= seeds; seed++) spoil(piece, record, score, input, seed);
}

/** Notes that the simulated string played as asked: only here the truth may be known, never in the ears. */
function settled(tone: ToneReport): readonly boolean[] {
  return tone.notes.map(
    (n) => n.preHelmholtzS !== null && n.preHelmholtzS < LATEST_S && (n.helmholtzShare ?? 1) > 0.8,
  );
}

/** Transcription of the notes that a string really played: of the others no one can ask for the written pitch. */
function onGoodNotes(
  { notes }: TakeReport,
  tone: ToneReport,
): { readonly notes: number; readonly fMeasure: number } {
  const good = settled(tone);
  const kept = notes.filter((_, i) => good[i]);
  const truth = kept.map((n) => ({ onsetS: n.onsetS - n.lateS, offsetS: n.offsetS, hz: hzOfMidi(n.midi) }));
  const { fMeasure } = noteAgreement(
    truth,
    kept.filter((n) => n.fault !== "missing"),
  );
  return { notes: kept.length, fMeasure };
}

function hear(stems: ReturnType<typeof renderSound>["stems"], score: Score): TakeReport {
  const { left, right } = mixOf(stems).mix;
  return hearTake({ sampleRateHz: stems.sampleRateHz, channels: [left, right] }, score);
}

/** Spoils some of the notes that settle; notes that do not settle though nothing was done to them are left out: they are not good. */
function spoil(piece: string, record: PerformanceRecord, score: Score, good: SoundInput, seed: number): void {
  const before = settled(judgeTone(record, renderSound(good, DEFAULT_SOUND)));
  const random = seededRandom(1000 * seed + piece.length);
  const spoilt = new Map<number, Injected>();
  let input = good;
  record.plan.notes.forEach((_, i) => {
    const kind = INJECTED[Math.floor(INJECTED.length * random())]!;
    const near = spoilt.has(i - 1) || spoilt.has(i - 2);
    if (random() > SPOILT || near || !before[i] || !canInject(record, i, kind)) return;
    input = inject(record, input, i, kind);
    spoilt.set(i, kind);
  });
  const rendered = renderSound(input, DEFAULT_SOUND);
  const after = settled(judgeTone(record, rendered));
  const heard = hear(rendered.stems, score);
  heard.notes.forEach(({ fault }, i) => {
    const kind = spoilt.get(i);
    const right = kind !== undefined && fault !== null && CALLED[kind].includes(fault);
    if (kind) {
      found.get(kind)!.injected++;
      if (right) found.get(kind)!.found++;
    }
    if (!kind && !after[i]) return;
    if (process.argv.includes("--notes") && (kind ? !right : fault))
      console.log(
        `    seed ${seed} note ${i} midi ${heard.notes[i]!.midi}: ${kind ?? "good"} heard as ${fault}`,
        lineOf(heard.notes[i]!),
      );
    const meant = INJECTED.find((k) => fault !== null && CALLED[k][0] === fault);
    if (!meant) return;
    const called = right ? found.get(kind)! : found.get(meant)!;
    called.called++;
    if (right) called.right++;
  });
}

function lineOf(n: TakeReport["notes"][number]): string {
  return `late ${(1e3 * n.lateS).toFixed(0)}, ${n.cents?.toFixed(0)} cents, ${n.levelLufs.toFixed(1)} LUFS, attack ${n.attackOverDb.toFixed(1)}, settles ${n.settlesS?.toFixed(3)}, aperiodic ${n.aperiodicity.toFixed(2)}`;
}
