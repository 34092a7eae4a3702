import type { PerformanceReport } from "./performance-report.ts";

/** The report in a few lines for a terminal, the verdict first. */
export function summaryLines(report: PerformanceReport): readonly string[] {
  const { completeness, onsets, crossings, deadTime, margins, streaming, straightness, tracking } = report;
  const ms = (s: number | null): string => (s === null ? "–" : (1e3 * s).toFixed(1));
  const rolled = crossings.filter((c) => !c.lifted);
  const taken = rolled.flatMap((c) => c.exchangeS ?? []).sort((a, b) => a - b);
  const clearance = `tightest ${(1e3 * margins.clearance.minM).toFixed(1)} mm, ${margins.clearance.pair.join(" and ")}`;
  return [
    report.verdict.sentence,
    `notes      ${completeness.played} of ${completeness.planned}, ${report.reversals.length} unwritten reversals, ${report.wrongStrings.events.length} wrong-string contacts`,
    `onsets     median ${ms(onsets.medianAbsS)} ms, 95 % within ${ms(onsets.p95AbsS)} ms, mean ${ms(onsets.meanS)} ms, drift ${ms(onsets.driftS)} ms`,
    `crossings  ${crossings.length}; from string to string in ${ms(taken[taken.length >> 1] ?? null)} ms in the median; dead time ${(100 * deadTime.share).toFixed(1)} %`,
    `bow        within ${straightness ? (1e3 * straightness.maxM).toFixed(2) : "–"} mm of its line on the string`,
    `limits     joint speed ${use(margins.jointSpeed)}, acceleration ${use(margins.jointAcceleration)}, hand ${margins.tcpSpeed.maxMps.toFixed(2)} of ${margins.tcpSpeed.limitMps.toFixed(2)} m/s, ${clearance}`,
    `stream     ${streaming.lostSamples} of ${streaming.states} samples lost, least ahead ${streaming.minAheadS === null ? "–" : `${ms(streaming.minAheadS)} ms`}, arm within ${(1e3 * Math.max(...tracking.max_rad)).toFixed(2)} mrad of its targets, ${ms(tracking.lagS)} ms behind`,
  ];
}

const use = ({ value, limit }: { readonly value: number; readonly limit: number }): string =>
  `${Math.round((100 * value) / limit)} %`;
