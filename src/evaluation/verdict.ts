import type { Check, PerformanceReport, Verdict } from "./performance-report.ts";

/**
 * What a performance must reach.
 *
 * @source onsets, drift, straightness: the project's acceptance figures (issue 2)
 * @source dead time: facts on cello sound, section 8; the published robot: 16–39 %
 */
export const TARGETS = {
  onsetMedianS: 0.005,
  onsetP95S: 0.015,
  driftS: 0.005,
  straightnessM: 0.0005,
  deadTimeShare: 0.05,
} as const;

type Judged = Omit<PerformanceReport, "verdict">;

/** The figures against their limits, and one sentence. */
export function verdictOn(report: Judged): Verdict {
  const checks = checksOf(report);
  if (report.contacts === "unknown") {
    const sentence = "Not judged: this recording does not say how the hair lay on the strings.";
    return { outcome: "not-judged", sentence, checks };
  }
  const { played, planned } = report.completeness;
  const failed = checks.filter((check) => !check.passed && check.name !== COMPLETE);
  if (played < planned) {
    const sentence = `Incomplete: ${played} of ${planned} notes were played as planned.`;
    return { outcome: "incomplete", sentence, checks };
  }
  if (failed.length > 0) {
    const names = failed.map((check) => check.name).join(", ");
    return {
      outcome: "with-faults",
      sentence: `Every note was played, but outside its limit: ${names}.`,
      checks,
    };
  }
  const sentence = "Played as written: every note, on its string, in its direction, on time.";
  return { outcome: "as-written", sentence, checks };
}

const COMPLETE = "notes not played";

function checksOf(report: Judged): readonly Check[] {
  const { onsets, completeness, straightness, wrongStrings, streaming } = report;
  const most = (name: string, value: number | null, limit: number, unit: Check["unit"]): Check => ({
    name,
    value,
    limit,
    unit,
    passed: value !== null && value <= limit,
  });
  const ms = (seconds: number | null): number | null => (seconds === null ? null : 1e3 * seconds);
  const driftMs = onsets.driftS === null ? null : Math.abs(1e3 * onsets.driftS);
  const drift = most("drift at the end", driftMs, 1e3 * TARGETS.driftS, "ms");
  return [
    most(COMPLETE, completeness.planned - completeness.played, 0, "notes"),
    most("onset error, median", ms(onsets.medianAbsS), 1e3 * TARGETS.onsetMedianS, "ms"),
    most("onset error, 95 %", ms(onsets.p95AbsS), 1e3 * TARGETS.onsetP95S, "ms"),
    // Too few alike notes to tell drift is no fault.
    ...(onsets.driftS === null && onsets.count > 0 ? [] : [drift]),
    most("unwritten reversals", report.reversals.length, 0, "times"),
    most("wrong-string contacts", wrongStrings.events.length, 0, "times"),
    most(
      "straightness on the string",
      straightness && 1e3 * straightness.maxM,
      1e3 * TARGETS.straightnessM,
      "mm",
    ),
    most("dead time", 100 * report.deadTime.share, 100 * TARGETS.deadTimeShare, "%"),
    most("lost samples", streaming.lostSamples, 0, "times"),
    most("buffer ran dry", streaming.starvations, 0, "times"),
  ];
}
