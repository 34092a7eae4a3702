import { hearTake } from "../../src/evaluation/audio/hear-take.ts";
import type { TakeReport } from "../../src/evaluation/audio/take-report.ts";
import { noteAgreement } from "../../src/evaluation/audio/transcription-measures.ts";
import { hzOfMidi } from "../../src/evaluation/audio/written-note.ts";
import { judgeTone, type ToneReport } from "../../src/evaluation/judge-tone.ts";
import { seededRandom } from "../../src/math/random.ts";
import { shippedPieces } from "../../src/shelf/load-piece.ts";
import { renderSound, type SoundInput } from "../../src/sound/render.ts";
import { DEFAULT_SOUND } from "../../src/sound/sound-settings.ts";
import { mixOf } from "../../src/sound/stems.ts";
import { INJECTED, spoil, type Injected } from "./injected-faults.ts";
import { settledNotes, takeOf, type Take } from "./takes.ts";

/**
 * Ears and strings on every shipped piece, played in lock-step on the reference cell: Helmholtz share and starts, what the
 * ears transcribe, and which injected faults they find.
 *
 *     npx tsx bench/sound/ears.ts <folder for the takes> [--only part-of-a-name] [--seeds 5,6,7] [--notes]
 *
 * The limits of `note-faults.ts` were set on seeds 0 to 7; for what is wrong with a double stop, 11 to 16 of the double-stop study were
 * looked at besides, and 20 to 22 of all. Figures to report come from others.
 */
const argument = (name: string): string | undefined => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
};
const [folder = "out/ears"] = process.argv.slice(2);
const seeds = (argument("--seeds") ?? "5,6,7").split(",").filter(Boolean).map(Number);
const noteByNote = process.argv.includes("--notes");

/** What each injected fault should be called. */
const CALLED: Readonly<Record<Injected, readonly string[]>> = {
  "too-light": ["too light"],
  "too-heavy": ["too heavy"],
  "crossing-bump": ["crossing bump", "too heavy"],
  late: ["late"],
  flat: ["flat"],
  "wrong-string": ["wrong string"],
};

const found = new Map(INJECTED.map((kind) => [kind, { injected: 0, found: 0, called: 0, right: 0 }]));
const all = { starts: 0, accepted: 0, sustainedS: 0, helmholtzS: 0 };
for (const piece of shippedPieces().filter((name) => name.includes(argument("--only") ?? ""))) {
  const take = await takeOf(folder, piece);
  const { heard, tone } = listen(take, take.input);
  count(tone);
  sayGood(take, heard, tone);
  for (const seed of seeds) listenForFaults(take, settledNotes(tone), seed);
}
console.log(
  `all: Helmholtz ${((100 * all.helmholtzS) / all.sustainedS).toFixed(1)} % of sustained time, ${all.accepted}/${all.starts} starts in time (${((100 * all.accepted) / all.starts).toFixed(1)} %)`,
);
for (const [kind, n] of found)
  console.log(
    `${kind.padEnd(14)} recall ${n.found}/${n.injected} ${(n.found / n.injected).toFixed(2)}, precision ${n.right}/${n.called} ${(n.right / n.called).toFixed(2)}`,
  );

function listen({ record, score }: Take, input: SoundInput): { heard: TakeReport; tone: ToneReport } {
  const rendered = renderSound(input, DEFAULT_SOUND);
  const { left, right } = mixOf(rendered.stems).mix;
  const { sampleRateHz } = rendered.stems;
  return {
    heard: hearTake({ sampleRateHz, channels: [left, right] }, score),
    tone: judgeTone(record, rendered),
  };
}

function count(tone: ToneReport): void {
  all.starts += tone.starts;
  all.accepted += tone.acceptedStarts;
  for (const n of tone.notes) {
    if (n.helmholtzShare === null) continue;
    all.sustainedS += n.lengthS;
    all.helmholtzS += n.lengthS * n.helmholtzShare;
  }
}

function sayGood({ piece }: Take, heard: TakeReport, tone: ToneReport): void {
  const { transcription, faults, intonation, onsets } = heard;
  console.log(
    `${piece.padEnd(22)} Helmholtz ${((tone.helmholtzShare ?? NaN) * 100).toFixed(1)} %, starts ${tone.acceptedStarts}/${tone.starts}; ` +
      `note F ${transcription.notes.fMeasure.toFixed(3)}, onset F ${transcription.onsets.fMeasure.toFixed(3)}, with offsets ${transcription.notesWithOffsets.fMeasure.toFixed(3)}; ` +
      `onsets ${(1e3 * onsets.medianAbsS).toFixed(0)}/${(1e3 * onsets.p95AbsS).toFixed(0)} ms, ${intonation.medianAbsCents?.toFixed(1)} cents; ${JSON.stringify(faults)}`,
  );
  if (noteByNote)
    for (const n of heard.notes)
      if (n.fault || Math.abs(n.lateS) > 0.05 || Math.abs(n.cents ?? 99) > 50)
        console.log(`    ${lineOf(n)}`);
  const good = onGoodNotes(heard, settledNotes(tone));
  console.log(`    on the ${good.notes} notes whose string settled: note F ${good.fMeasure.toFixed(3)}`);
}

/** Transcription of the notes that a string really played: of the others no one can ask for the written pitch. */
function onGoodNotes({ notes }: TakeReport, good: readonly boolean[]) {
  const kept = notes.filter((_, i) => good[i]);
  const truth = kept.map((n) => ({ onsetS: n.onsetS - n.lateS, offsetS: n.offsetS, hz: hzOfMidi(n.midi) }));
  const heard = kept.filter((n) => n.fault !== "missing");
  return { notes: kept.length, fMeasure: noteAgreement(truth, heard).fMeasure };
}

/** Notes that do not settle though nothing was done to them are left out: they are not good. */
function listenForFaults(take: Take, good: readonly boolean[], seed: number): void {
  const random = seededRandom(1000 * seed + take.piece.length);
  const { input, spoilt } = spoil(take.record, take.input, good, random);
  const { heard, tone } = listen(take, input);
  const after = settledNotes(tone);
  heard.notes.forEach((note, i) => {
    const kind = spoilt.get(i);
    if (kind || after[i]) tally(kind, note, `seed ${seed}`);
  });
}

function tally(kind: Injected | undefined, note: TakeReport["notes"][number], where: string): void {
  const { fault } = note;
  const right = kind !== undefined && fault !== null && CALLED[kind].includes(fault);
  if (kind) {
    found.get(kind)!.injected++;
    if (right) found.get(kind)!.found++;
  }
  if (noteByNote && (kind ? !right : fault))
    console.log(`    ${where}: ${kind ?? "good"} heard as ${lineOf(note)}`);
  const meant = right ? kind : INJECTED.find((k) => fault !== null && CALLED[k][0] === fault);
  if (!meant) return;
  found.get(meant)!.called++;
  if (right) found.get(meant)!.right++;
}

function lineOf(n: TakeReport["notes"][number]): string {
  return `${n.fault}: note ${n.index} midi ${n.midi} at ${n.onsetS.toFixed(2)} s, late ${(1e3 * n.lateS).toFixed(0)} ms, ${n.cents?.toFixed(0)} cents${n.clear ? "" : " (unclear)"}, ${n.levelLufs.toFixed(1)} LUFS, attack ${n.attackOverDb.toFixed(1)} dB, settles ${n.settlesS?.toFixed(3)}, aperiodic ${n.aperiodicity.toFixed(2)}, flat ${n.flatnessDb.toFixed(1)}, doubled ${n.doubledDb.toFixed(1)}`;
}
