import { runsWhere } from "./hair.ts";
import type { PerformanceRecord } from "./performance-record.ts";
import type { StreamingReport } from "./performance-report.ts";
import { isHeldUp } from "./score-clock.ts";

/** Time between states. @source UR e-Series controllers report at 500 Hz */
const PERIOD_S = 0.002;
/** The robot clock may tick this much off its period and still be whole [s]. */
const JITTER_S = 0.0005;
/** The buffer has run dry where less than this is left in it [s]. @assumed one knot */
const DRY_S = 0.02;
/** The path counts as known to its end when this little is missing [s]. */
const END_S = 1e-6;

/** Whether every state was heard and the controller always had path to play. */
export function judgeStreaming(record: PerformanceRecord): StreamingReport {
  const { robotTimeS, pathTimeS, aheadS, trajectory } = record;
  const endS = trajectory.timeS.at(-1) ?? 0;
  const toCome = (k: number): boolean => pathTimeS[k]! > 0 && pathTimeS[k]! + aheadS[k]! < endS - END_S;
  let minAheadS: number | null = null;
  for (let k = 0; k < robotTimeS.length; k++)
    if (toCome(k)) minAheadS = Math.min(minAheadS ?? Infinity, aheadS[k]!);
  const dry = (k: number): boolean => toCome(k) && aheadS[k]! < DRY_S && isHeldUp(record, k);
  return {
    states: robotTimeS.length,
    periodS: PERIOD_S,
    ...gapsIn(robotTimeS),
    minAheadS,
    starvations: runsWhere(0, robotTimeS.length, dry).length,
    host: hostFigures(record.settings.streaming),
  };
}

function gapsIn(robotTimeS: Float64Array): Pick<StreamingReport, "lostSamples" | "gaps" | "longestGapS"> {
  let [lostSamples, gaps, longestGapS] = [0, 0, 0];
  for (let k = 1; k < robotTimeS.length; k++) {
    const stepS = robotTimeS[k]! - robotTimeS[k - 1]!;
    longestGapS = Math.max(longestGapS, stepS);
    if (Math.abs(stepS - PERIOD_S) <= JITTER_S) continue;
    gaps++;
    lostSamples += Math.max(0, Math.round(stepS / PERIOD_S) - 1);
  }
  return { lostSamples, gaps, longestGapS };
}

function hostFigures(streaming: unknown): Readonly<Record<string, number>> {
  if (typeof streaming !== "object" || streaming === null) return {};
  const figures = Object.entries(streaming).filter(
    (entry): entry is [string, number] => typeof entry[1] === "number",
  );
  return Object.fromEntries(figures);
}
