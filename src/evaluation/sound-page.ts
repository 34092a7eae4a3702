import { CELLO_STRINGS } from "../instrument/strings.ts";
import { semitoneSpectrum } from "./audio/semitone-spectrum.ts";
import { bowStarts } from "./bow-starts.ts";
import { escapeText } from "./chart/chart-frame.ts";
import { GUETTLER_MAP } from "./chart/guettler-map.ts";
import { guettlerPlot } from "./chart/guettler-plot.ts";
import { schellengPlot, type BowedPoint } from "./chart/schelleng-plot.ts";
import { spectrogram } from "./chart/spectrogram.ts";
import { hairOf } from "./hair.ts";
import { judgeNotes } from "./judge-notes.ts";
import type { ToneReport } from "./judge-tone.ts";
import type { PerformanceRecord } from "./performance-record.ts";
import { REPORT_STYLE } from "./report-style.ts";
import { scoreClock } from "./score-clock.ts";

/** Columns of the spectrogram at most: more cannot be seen at the width of a page. */
const COLUMNS = 700;
/** A note keeps its motion if it slips once per period for this share of its sustained part. @assumed */
const KEPT = 0.8;

/** What is heard of a simulated performance: one channel from the record's first row on, and what its strings did. */
export interface HeardPerformance {
  readonly samples: ArrayLike<number>;
  readonly sampleRateHz: number;
  readonly tone: ToneReport;
  readonly integratedLufs: number;
}

/** One self-contained page about the sound: what the strings did, in figures and in three pictures. */
export function soundPage(record: PerformanceRecord, heard: HeardPerformance): string {
  const pictures = [
    soundOverScore(record, heard),
    schellengPlot(bowedPoints(record, heard.tone)),
    guettlerPlot(GUETTLER_MAP, bowStarts(record, heard.tone)),
  ];
  const { title } = record.plan;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeText(title)} · sound</title><style>${REPORT_STYLE}</style></head><body>
<header><h1>${escapeText(title)}: the sound</h1>
<p class="verdict">${escapeText(toneLine(heard.tone))} ${heard.integratedLufs.toFixed(1)} LUFS as written to performance.wav.</p></header>
<section class="key"><span class="sC">C</span><span class="sG">G</span><span class="sD">D</span><span class="sA">A</span> strings</section>
${pictures.map((svg) => `<figure>${svg}</figure>`).join("\n")}
</body></html>
`;
}

/** What the simulated strings did, in a sentence. */
export function toneLine({ helmholtzShare, starts, acceptedStarts }: ToneReport): string {
  const share = helmholtzShare === null ? "No note is long enough to tell" : `The strings slipped once per period for ${(100 * helmholtzShare).toFixed(1)} % of the sustained time`; // prettier-ignore
  return `${share}; ${acceptedStarts} of ${starts} starts settled in time (50 ms choked, 90 ms multiple slip).`;
}

function soundOverScore(record: PerformanceRecord, { samples, sampleRateHz }: HeardPerformance): string {
  const hopS = Math.max(0.02, samples.length / sampleRateHz / COLUMNS);
  const zeroS = scoreClock(record).scoreZeroRobotS - (record.robotTimeS[0] ?? 0);
  return spectrogram(semitoneSpectrum(samples, sampleRateHz, hopS), record.plan.notes, zeroS);
}

/** β from Schelleng's upper limit at what was achieved: β = 2·Z₀·v / (F_max·Δµ). */
function bowedPoints(record: PerformanceRecord, tone: ToneReport): readonly BowedPoint[] {
  const clock = scoreClock(record);
  return judgeNotes(record, hairOf(record, clock), clock).flatMap((note): BowedPoint[] => {
    const { band, speedMps, forceN, string, index } = note;
    if (!band || speedMps.achieved === null || forceN.achieved === null) return [];
    const { impedanceKgps, frictionDrop } = CELLO_STRINGS[string.planned];
    const beta = (2 * impedanceKgps * speedMps.achieved) / (band.maxForceN * frictionDrop);
    if (!Number.isFinite(beta)) return []; // of a take that was not planned, a note that was not bowed
    const share = tone.notes[index]!.helmholtzShare;
    const good = share === null ? null : share >= KEPT;
    return [{ string: string.planned, beta, speedMps: speedMps.achieved, forceN: forceN.achieved, good }];
  });
}
