import type { BowPlan } from "../bowing/bow-plan.ts";
import type { ClearanceCheck } from "../collision/clearance.ts";
import { roundTicks } from "../evaluation/chart/chart-frame.ts";
import type { Joints } from "../math/joints.ts";
import type { JointTrajectory, MotionLimits } from "../trajectory/joint-trajectory.ts";
import { penFor, picture, type Pen } from "./drawing.ts";

/** A piece as it was planned for a cell. */
export interface PreflightDrawn {
  readonly plan: BowPlan;
  readonly trajectory: JointTrajectory;
  readonly limits: MotionLimits;
  readonly clearance: ClearanceCheck;
}

const SIZE = { width: 1080, height: 880 };
const PLACE = { left: 60, width: 1000, height: 150, above: 40, apart: 205 };
/** Clearances beyond this are as good as any [mm]. */
const WIDE_MM = 60;
/** Most points of one line: more cannot be seen. */
const MOST_POINTS = 1000;

/**
 * How near a piece comes to every limit, over its whole length: strings and bow, force between Schelleng's limits, shares of the joint
 * limits, clearance and elbow.
 *
 * @returns an SVG file; seconds are the score's
 */
export function preflightPicture(drawn: PreflightDrawn): string {
  const { trajectory } = drawn;
  const { timeS, scoreStartS } = trajectory;
  const seconds: readonly [number, number] = [-scoreStartS, timeS.at(-1)! - scoreStartS];
  const pen = (row: number, title: string, y: readonly [number, number]): Pen =>
    penFor({ ...PLACE, title, top: PLACE.above + row * PLACE.apart, x: seconds, y });
  const share = pen(2, "Joints: speed (blue) and acceleration (red) as shares of their limits [%]", [0, 100]);
  return picture(SIZE.width, SIZE.height, `preflight of ${trajectory.title}`, [
    bowing(
      drawn,
      pen(0, "Bow [cm of hair from the frog], by string: A orange, D green, G blue, C violet", [0, 65]),
    ),
    forces(drawn, pen(1, "Force [N] between Schelleng's limits (grey), logarithmic: 0.1 to 10", [-1, 1])),
    jointShares(drawn, share),
    room(
      drawn,
      pen(
        3,
        `Clearance [mm, up to ${WIDE_MM}] with what is required (dashed), and elbow from straight [half degrees, grey]`,
        [0, 80],
      ),
    ),
  ]);
}

function bowing({ plan }: PreflightDrawn, pen: Pen): string {
  const strokes = plan.notes.map((note) =>
    pen.line(note.startS, 100 * note.bowStartM, note.endS, 100 * note.bowEndM, `${note.string} wide`),
  );
  const axes = axesOf(pen, plan, [20, 40, 60], String);
  return pen.panel([...axes.lines, ...strokes], axes.labels);
}

function forces({ plan }: PreflightDrawn, pen: Pen): string {
  const log = (forceN: number): number => Math.log10(Math.max(forceN, 1e-3));
  const bars = plan.notes.flatMap((note) => [
    pen.line(note.startS, log(note.minForceN), note.endS, log(note.minForceN), "faint"),
    pen.line(note.startS, log(note.maxForceN), note.endS, log(note.maxForceN), "faint"),
    pen.line(note.startS, log(note.forceN), note.endS, log(note.forceN), `${note.string} wide`),
  ]);
  const names = (at: number): string => String(10 ** at);
  const axes = axesOf(pen, plan, [-1, 0, 1], names);
  return pen.panel([...axes.lines, ...bars], axes.labels);
}

function jointShares({ plan, trajectory, limits }: PreflightDrawn, pen: Pen): string {
  const worst = (values: Float64Array, limit: Joints) =>
    along(trajectory, (knot) =>
      Math.max(...limit.map((most, j) => (100 * Math.abs(values[knot * 6 + j]!)) / most)),
    );
  const axes = axesOf(pen, plan, [25, 50, 75], (at) => `${at} %`);
  const lines = [
    pen.line(-1e3, 80, 1e4, 80, "faint dashed"),
    pen.curve(worst(trajectory.qdd_radps2, limits.jointAcceleration_radps2), "red thin"),
    pen.curve(worst(trajectory.qd_radps, limits.jointSpeed_radps), "blue thin"),
  ];
  return pen.panel([...axes.lines, ...lines], axes.labels);
}

function room({ plan, trajectory, clearance, limits }: PreflightDrawn, pen: Pen): string {
  const q = (knot: number): Joints =>
    Array.from(trajectory.q_rad.subarray(knot * 6, knot * 6 + 6)) as unknown as Joints;
  const free = along(trajectory, (knot) => Math.min(WIDE_MM, 1e3 * clearance.clearanceAt(q(knot)).minM));
  const elbow = along(trajectory, (knot) => (90 * Math.abs(q(knot)[2])) / Math.PI);
  const axes = axesOf(pen, plan, [20, 40, 60], String);
  const lines = [
    pen.line(-1e3, 1e3 * limits.clearanceM, 1e4, 1e3 * limits.clearanceM, "red dashed"),
    pen.curve(elbow, "faint"),
    pen.curve(free, "ink"),
  ];
  return pen.panel([...axes.lines, ...lines], axes.labels);
}

/** A value at the knots, as points over score seconds; every so many of them where there are more than can be seen. */
function along(
  { timeS, scoreStartS }: JointTrajectory,
  value: (knot: number) => number,
): (readonly [number, number])[] {
  const every = Math.max(1, Math.ceil(timeS.length / MOST_POINTS));
  const knots = Array.from({ length: Math.ceil(timeS.length / every) }, (_, i) => i * every);
  return knots.map((knot) => [timeS[knot]! - scoreStartS, value(knot)] as const);
}

/** Lines of a grid, and their values around the frame. */
function axesOf(pen: Pen, { notes }: BowPlan, at: readonly number[], name: (at: number) => string) {
  const seconds = roundTicks(0, notes.at(-1)!.endS, 12);
  return {
    lines: [
      ...seconds.map(({ at: s }) => pen.line(s, -1e3, s, 1e3, "faint")),
      ...at.map((y) => pen.line(-1e3, y, 1e4, y, "faint")),
    ],
    labels: [
      ...seconds.map(({ at: s, text }) => pen.below(s, `${text} s`)),
      ...at.map((y) => pen.atLeft(y, name(y))),
    ],
  };
}
