import type { TakeReport } from "./take-report.ts";

/** The report in a few lines for a terminal. */
export function hearingLines(report: TakeReport): readonly string[] {
  const { clock, loudness, onsets, intonation, dynamics, tone, attributes, transcription, faults, notes } =
    report;
  const ms = (s: number | null): string => (s === null ? "–" : (1e3 * s).toFixed(0));
  const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
  const number = (x: number | null, digits = 1): string => (x === null ? "–" : x.toFixed(digits));
  const found = Object.entries(faults).map(([fault, count]) => `${count} ${fault}`);
  const hairpins = dynamics.hairpins.map(
    (h) => `${h.heardDb > 0 ? "+" : ""}${h.heardDb.toFixed(1)} of ${h.wantedDb.toFixed(1)} dB over notes ${h.firstNote + 1} to ${h.lastNote + 1}${h.heard ? "" : ", not heard"}`, // prettier-ignore
  );
  const words = notes.flatMap((n) => n.words.map((word) => `${n.index + 1} ${word}`));
  const places = notes.filter((n) => n.fault).map((n) => `${n.index + 1} ${n.fault}`);
  return [
    `${report.title}: ${notes.length} notes in ${report.durationS.toFixed(1)} s; ${found.length === 0 ? "no fault heard" : found.join(", ")}`,
    `time       begins at ${clock.zeroS.toFixed(3)} s (by ${clock.source}), tempo ${percent(clock.tempo)}; onsets within ${ms(onsets.medianAbsS)} ms in the median, 95 % within ${ms(onsets.p95AbsS)} ms, drift ${ms(onsets.driftS)} ms`,
    `pitch      ${number(intonation.medianAbsCents)} cents off in the median, mean ${number(intonation.meanCents)}; ${percent(intonation.within25Cents)} within 25`,
    `loudness   ${number(loudness.integratedLufs)} LUFS, loudest 3 s ${number(loudness.loudestShortTermLufs)}, range ${number(loudness.rangeLu)} LU, true peak ${number(loudness.truePeakDbtp)} dBTP`,
    `dynamics   ${dynamics.levels.map((l) => `${l.dynamic} ${l.meanLufs.toFixed(1)}`).join(", ")} LUFS; marking and level agree by ${number(dynamics.agreement, 2)}`,
    `tone       settles in ${ms(tone.settlesS)} ms, ${percent(tone.settledInTime)} of the notes in time; harmonics over noise ${number(tone.hnrDb)} dB`,
    `sound      stable in level ${number(attributes.dynamicStability, 2)}, pitch ${number(attributes.pitchStability, 2)}, colour ${number(attributes.timbreStability, 2)}; rich ${number(attributes.timbreRichness, 2)}; clear attacks ${number(attributes.attackClarity, 2)}`,
    `heard      note F ${number(transcription.notes.fMeasure, 3)}, onset F ${number(transcription.onsets.fMeasure, 3)}, with offsets ${number(transcription.notesWithOffsets.fMeasure, 3)}`,
    ...(hairpins.length > 0 ? [`hairpins   ${hairpins.join("; ")}`] : []),
    ...(words.length > 0 ? [`called     note ${listed(words)}`] : []),
    ...(places.length > 0 ? [`faults     note ${listed(places)}`] : []),
  ];
}

const listed = (items: readonly string[]): string =>
  `${items.slice(0, 20).join(", ")}${items.length > 20 ? ", …" : ""}`;
