/**
 * Every hop over strings of a piece beside the least time that it could take: from the moment the old string bears half its force to
 * that at which the new one does, on the straightest way in joint space, at the asked share of the joints' speed all the way, with
 * any tilt and skew at either end. Accelerations, strings and obstacles on the way are not even asked. What a hop takes beyond its bound is
 * at most what a better posture or timing could gain with the bow where it is.
 *
 *     npx tsx bench/hop-bounds.ts PIECE [cell]
 */
import { refine } from "../src/kinematics/inverse.ts";
import type { Joints } from "../src/math/joints.ts";
import { musicContext } from "../src/planning/follow-plan.ts";
import { planPiece } from "../src/planning/plan-piece.ts";
import { levelAt } from "../src/score/bow-level.ts";
import { loadPiece } from "../src/shelf/load-piece.ts";
import { loadWorkcell } from "../src/shelf/workcell.ts";
import type { BowMotion, BowState } from "../src/trajectory/bow-motion.ts";
import type { Crossing } from "../src/trajectory/crossing.ts";
import { firstBranch } from "../src/trajectory/first-branch.ts";
import { musicPath } from "../src/trajectory/music-path.ts";
import { shortenedHops } from "../src/trajectory/shortened-hops.ts";
import { flangeOf } from "../src/trajectory/tool-path.ts";

const [piece = "crossing-study", calibration = "paper"] = process.argv.slice(2);
const SPEED_SHARE = 0.8;
const STEPS = 12;

const workcell = await loadWorkcell({ profile: "simulation", set: [], cell: "", calibration });
const { score } = await loadPiece(piece, { transpose: 0, clef: "bass" });
const planned = planPiece(score, workcell);
if (!planned.ok) throw new Error(JSON.stringify(planned.why));
const { plan } = planned.value;
const context = musicContext(workcell);
const found = musicPath(plan, context);
if (!found.ok) throw new Error(JSON.stringify(found.why));
const { motion } = shortenedHops(found.value, plan, context, new Set());

const { tilt, skew } = workcell.profile.trajectory.posture;
const leans = range(tilt.mostAtHops_rad).flatMap((tilt_rad) =>
  range(skew.most_rad).map((skew_rad) => ({ tilt_rad, skew_rad })),
);
let [takesS, boundS] = [0, 0];
for (const crossing of motion.crossings.filter(({ hop }) => hop)) {
  const [leavesS, landsS] = exchangeOf(motion, crossing);
  const [from, to] = [posturesAt(motion.at(leavesS)), posturesAt(motion.at(landsS))];
  const leastS = Math.min(...from.flatMap((a) => to.map((b) => fastestS(a, b))));
  [takesS, boundS] = [takesS + landsS - leavesS, boundS + leastS];
  const where = `${levelAt(crossing.fromLevel)} to ${levelAt(crossing.toLevel)} at ${plan.notes[crossing.to]!.startS.toFixed(1)} s`;
  console.log(`${where}: ${(landsS - leavesS).toFixed(3)} s, at least ${leastS.toFixed(3)} s`);
}
console.log(`together ${takesS.toFixed(2)} s, at least ${boundS.toFixed(2)} s`);

/** From half the old string's pressing to half the new one's [score s]. */
function exchangeOf(bow: BowMotion, { startS, endS }: Crossing): readonly [number, number] {
  const heightM = (scoreS: number): number => bow.at(scoreS).heightM;
  const [oldM, newM] = [heightM(startS) / 2, heightM(endS) / 2];
  let [leavesS, landsS] = [startS, endS];
  while (heightM(leavesS) < oldM) leavesS += 0.0005;
  while (heightM(landsS) < newM) landsS -= 0.0005;
  return [leavesS, landsS];
}

/** The joints of a bow state under every tilt and skew. */
function posturesAt(state: BowState): readonly Joints[] {
  const { instrument } = workcell;
  let near: Joints | undefined;
  return leans.flatMap((lean) => {
    const X_BF = flangeOf(state, instrument, lean);
    const q = near ? refine(instrument.dh, X_BF, near) : firstBranch(instrument, X_BF);
    near = q ?? near;
    return q ? [q] : [];
  });
}

function fastestS(a: Joints, b: Joints): number {
  const limits = workcell.profile.limits.jointSpeed_radps;
  return Math.max(...a.map((q, j) => Math.abs(b[j]! - q) / (SPEED_SHARE * limits[j]!)));
}

function range(most: number): readonly number[] {
  return Array.from({ length: STEPS + 1 }, (_, i) => most * ((2 * i) / STEPS - 1));
}
