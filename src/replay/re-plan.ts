import { CellistError } from "../errors.ts";
import { explainPieceRefusal, planPiece, type PlannedMotion } from "../planning/plan-piece.ts";
import type { Workcell } from "../shelf/workcell.ts";
import type { JointTrajectory } from "../trajectory/joint-trajectory.ts";
import type { EvenMotion } from "./even-motion.ts";
import type { ReplayedNote } from "./replay-record.ts";
import type { Take } from "./take.ts";

/** A score planned anew. @throws CellistError "bag-unreadable" without a score, "unplayable" when today's planner refuses */
export function planAgain(take: Take, workcell: Workcell): PlannedMotion {
  if (!take.score)
    throw new CellistError(
      "bag-unreadable",
      `${take.path} has no /score to plan again; import it with --piece`,
    );
  const planned = planPiece(take.score, workcell);
  if (!planned.ok) throw new CellistError("unplayable", explainPieceRefusal(planned.why, take.score));
  return planned.value;
}

/** The notes of a plan on the time of its trajectory. */
export const notesOfPlan = ({ plan, trajectory: { scoreStartS } }: PlannedMotion): readonly ReplayedNote[] =>
  plan.notes.map(({ noteIndex, midi, string, startS, endS }) => ({
    noteIndex,
    midi,
    string,
    startS: startS + scoreStartS,
    endS: endS + scoreStartS,
  }));

/** A trajectory on an even grid: its own quintics between the knots. */
export function motionOfTrajectory(trajectory: JointTrajectory, periodS: number): EvenMotion {
  const { timeS } = trajectory;
  const count = Math.floor(timeS.at(-1)! / periodS) + 1;
  const q = new Float64Array(6 * count);
  const qd = new Float64Array(6 * count);
  for (let row = 0, k = 0; row < count; row++) {
    const t = row * periodS;
    while (k + 2 < timeS.length && timeS[k + 1]! <= t) k++;
    const h = timeS[k + 1]! - timeS[k]!;
    for (let j = 0; j < 6; j++) {
      const at = (values: Float64Array, i: number): number => values[6 * i + j]!;
      const a = {
        x: at(trajectory.q_rad, k),
        v: h * at(trajectory.qd_radps, k),
        c: h * h * at(trajectory.qdd_radps2, k),
      };
      const b = {
        x: at(trajectory.q_rad, k + 1),
        v: h * at(trajectory.qd_radps, k + 1),
        c: h * h * at(trajectory.qdd_radps2, k + 1),
      };
      [q[6 * row + j], qd[6 * row + j]] = quintic(a, b, (t - timeS[k]!) / h, h);
    }
  }
  return { periodS, q_rad: q, qd_radps: qd };
}

interface End {
  readonly x: number;
  readonly v: number;
  readonly c: number;
}

/** Quintic Hermite between two ends (value, slope and curvature over the whole step), and its slope in time. */
function quintic(a: End, b: End, s: number, h: number): readonly [number, number] {
  const [c0, c1, c2] = [a.x, a.v, a.c / 2];
  const [x, v, c] = [b.x - c0 - c1 - c2, b.v - c1 - 2 * c2, b.c - 2 * c2];
  const [c3, c4, c5] = [10 * x - 4 * v + c / 2, -15 * x + 7 * v - c, 6 * x - 3 * v + c / 2];
  const value = c0 + s * (c1 + s * (c2 + s * (c3 + s * (c4 + s * c5))));
  return [value, (c1 + s * (2 * c2 + s * (3 * c3 + s * (4 * c4 + 5 * s * c5)))) / h];
}
