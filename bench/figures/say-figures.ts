import type { PerformanceReport } from "../../src/evaluation/performance-report.ts";
import type { PlannedFigures, PlayedFigures } from "./piece-figures.ts";

/** A form of a figure, "-" where there is none. */
const known =
  (form: (value: number) => string) =>
  (value: number | null): string =>
    value === null ? "-" : form(value);
const seconds = known((s) => `${s.toFixed(3)} s`);
const ms = known((s) => `${(1e3 * s).toFixed(1)} ms`);
const mm = known((m) => `${(1e3 * m).toFixed(1)} mm`);
const percent = known((share) => `${Math.round(100 * share)} %`);
const degrees = known((rad) => `${((180 / Math.PI) * rad).toFixed(1)} deg`);

export const sayPlanned = (figures: PlannedFigures): string =>
  `joints ${percent(figures.speedUse)} ${percent(figures.accelerationUse)} ${percent(figures.jerkUse)}; ` +
  `elbow ${degrees(figures.elbow_rad)}; tilt off ${degrees(figures.tiltMax_rad)}, 95 % ${degrees(figures.tiltP95_rad)}, on two strings ${degrees(figures.pairTiltMax_rad)}; ` +
  `clear ${mm(figures.clearanceM)} (${figures.nearest}), stick over strings ${mm(figures.stickM)}`;

export const sayPlayed = (figures: PlayedFigures): string =>
  `crossing ${seconds(figures.adjacentS)}, over strings ${seconds(figures.skipS)}, ahead of the bow change ${known((deg) => `${deg.toFixed(1)} deg`)(figures.leadDeg)}; dead ${(100 * figures.deadShare).toFixed(1)} %; ` +
  `onsets 95 % ${ms(figures.onsetP95S)}, drift ${ms(figures.driftS)}; ${figures.reversals} reversals; ` +
  `bow speed right ${percent(figures.speedWithin)} (${percent(figures.speedBeyond)} of notes cannot be), f/p ${figures.forteRatio?.toFixed(2) ?? "-"}`;

export const sayReport = ({ completeness, wrongStrings, straightness }: PerformanceReport): string =>
  `${completeness.played}/${completeness.planned} notes, ${wrongStrings.events.length} wrong strings, straight ${mm(straightness?.maxM ?? null)}`;
