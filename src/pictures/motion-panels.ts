import type { BowPlan } from "../bowing/bow-plan.ts";
import type { ClearanceCheck } from "../collision/clearance.ts";
import { roundTicks } from "../evaluation/chart/chart-frame.ts";
import { jointsAt, type Joints } from "../math/joints.ts";
import type { MotionLimits } from "../trajectory/joint-trajectory.ts";
import type { JointMotion } from "../trajectory/motion-asked.ts";
import type { Pen } from "./drawing.ts";

/** Clearances beyond this are as good as any [mm]. */
export const WIDE_MM = 60;
/** Most points of one line: more cannot be seen. */
const MOST_POINTS = 1000;

/** Hair under the string over score seconds [cm from the frog]. */
export function bowPanel({ notes }: BowPlan, pen: Pen, marks: readonly string[]): string {
  const strokes = notes.map((note) =>
    pen.line(note.startS, 100 * note.bowStartM, note.endS, 100 * note.bowEndM, `${note.string} wide`),
  );
  const axes = axesOf(pen, notes.at(-1)!.endS, [20, 40, 60], String);
  return pen.panel([...axes.lines, ...marks, ...strokes], axes.labels);
}

/** Bow forces between Schelleng's limits, as powers of ten [N]. */
export function forcePanel({ notes }: BowPlan, pen: Pen, marks: readonly string[]): string {
  const log = (forceN: number): number => Math.log10(Math.max(forceN, 1e-3));
  const bars = notes.flatMap((note) => [
    pen.line(note.startS, log(note.minForceN), note.endS, log(note.minForceN), "faint"),
    pen.line(note.startS, log(note.maxForceN), note.endS, log(note.maxForceN), "faint"),
    pen.line(note.startS, log(note.forceN), note.endS, log(note.forceN), `${note.string} wide`),
  ]);
  const axes = axesOf(pen, notes.at(-1)!.endS, [-1, 0, 1], (at) => String(10 ** at));
  return pen.panel([...axes.lines, ...marks, ...bars], axes.labels);
}

/** Shares of the limits that the busiest joint uses [%]. */
export interface JointShares {
  readonly speed: readonly (readonly [number, number])[];
  readonly acceleration: readonly (readonly [number, number])[];
}

export function jointShares(motion: JointMotion, limits: MotionLimits): JointShares {
  const busiest = (values: Float64Array, limit: Joints) =>
    along(motion, Math.max, (knot) =>
      Math.max(...limit.map((most, j) => (100 * Math.abs(values[knot * 6 + j]!)) / most)),
    );
  return {
    speed: busiest(motion.qd_radps, limits.jointSpeed_radps),
    acceleration: busiest(motion.qdd_radps2, limits.jointAcceleration_radps2),
  };
}

export function jointPanel(
  { speed, acceleration }: JointShares,
  lastS: number,
  pen: Pen,
  marks: readonly string[],
): string {
  const axes = axesOf(pen, lastS, [50, 100, 150, 200], (at) => `${at} %`);
  const lines = [
    pen.line(-1e3, 100, 1e4, 100, "red dashed"),
    pen.curve(acceleration, "red thin"),
    pen.curve(speed, "blue thin"),
  ];
  return pen.panel([...axes.lines, ...marks, ...lines], axes.labels);
}

/** Distance to everything solid [mm], and half the elbow's angle from straight [deg]. */
export function roomPanel(
  motion: JointMotion,
  { limits, clearance }: { readonly limits: MotionLimits; readonly clearance: ClearanceCheck },
  lastS: number,
  pen: Pen,
  marks: readonly string[],
): string {
  const q = (knot: number): Joints => jointsAt(motion.q_rad, knot);
  const free = along(motion, Math.min, (knot) =>
    Math.min(WIDE_MM, 1e3 * clearance.clearanceAt(q(knot)).minM),
  );
  const elbow = along(motion, Math.min, (knot) => (90 * Math.abs(q(knot)[2])) / Math.PI);
  const axes = axesOf(pen, lastS, [20, 40, 60], String);
  const lines = [
    pen.line(-1e3, 1e3 * limits.clearanceM, 1e4, 1e3 * limits.clearanceM, "red dashed"),
    pen.curve(elbow, "faint"),
    pen.curve(free, "ink"),
  ];
  return pen.panel([...axes.lines, ...marks, ...lines], axes.labels);
}

/** A value at the knots, as points over score seconds; of those too near each other to be seen apart the worst. */
function along(
  { timeS, scoreStartS }: JointMotion,
  worst: (...values: readonly number[]) => number,
  value: (knot: number) => number,
): (readonly [number, number])[] {
  const every = Math.max(1, Math.ceil(timeS.length / MOST_POINTS));
  return Array.from({ length: Math.ceil(timeS.length / every) }, (_, i) => {
    const [from, to] = [i * every, Math.min((i + 1) * every, timeS.length)];
    const values = Array.from({ length: to - from }, (_value, k) => value(from + k));
    return [timeS[from]! - scoreStartS, worst(...values)] as const;
  });
}

/** Lines of a grid, and their values around the frame. */
function axesOf(pen: Pen, lastS: number, at: readonly number[], name: (at: number) => string) {
  const seconds = roundTicks(0, lastS, 12);
  const seen = at.filter(pen.sees);
  return {
    lines: [
      ...seconds.map(({ at: s }) => pen.line(s, -1e3, s, 1e3, "faint")),
      ...seen.map((y) => pen.line(-1e3, y, 1e4, y, "faint")),
    ],
    labels: [
      ...seconds.map(({ at: s, text }) => pen.below(s, `${text} s`)),
      ...seen.map((y) => pen.atLeft(y, name(y))),
    ],
  };
}
