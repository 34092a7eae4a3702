/**
 * Every hop over strings of a piece beside the least time that it could take: from the moment the old string bears half its force to
 * that at which the new one does, every joint by itself, at the asked share of its speed and acceleration, with any tilt and skew at either
 * end, from the joint speeds at which the hop leaves and to those at which it lands. Jerk, strings and obstacles on the way are not even
 * asked. What a hop takes beyond its bound is at most what a better posture or timing could gain with the bow where it is.
 *
 * And beside what it would take on its own way if it used the same share of speed or acceleration all along, however much it jerked: what
 * is left to gain by timing alone.
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
import { derivatives } from "../src/trajectory/derivatives.ts";
import type { Crossing } from "../src/trajectory/crossing.ts";
import { fastestPace } from "../src/trajectory/fastest-pace.ts";
import { firstBranch } from "../src/trajectory/first-branch.ts";
import { musicPath } from "../src/trajectory/music-path.ts";
import { shortenedHops } from "../src/trajectory/shortened-hops.ts";
import { flangeOf } from "../src/trajectory/tool-path.ts";

const [piece = "crossing-study", calibration = "paper"] = process.argv.slice(2);
const SHARE = 0.8;
const STEPS = 12;

const workcell = await loadWorkcell({ profile: "simulation", set: [], cell: "", calibration });
const { score } = await loadPiece(piece, { transpose: 0, clef: "bass" });
const planned = planPiece(score, workcell);
if (!planned.ok) throw new Error(JSON.stringify(planned.why));
const { plan } = planned.value;
const playedS = plan.notes.at(-1)!.endS - plan.notes[0]!.startS;
const context = musicContext(workcell);
const found = musicPath(plan, context);
if (!found.ok) throw new Error(JSON.stringify(found.why));
const { motion, path } = shortenedHops(found.value, plan, context, new Set());

const { tilt, skew } = workcell.profile.trajectory.posture;
const leans = range(tilt.mostAtHops_rad).flatMap((tilt_rad) =>
  range(skew.most_rad).map((skew_rad) => ({ tilt_rad, skew_rad })),
);
let [takesS, boundS, optimalS] = [0, 0, 0];
for (const crossing of motion.crossings.filter(({ hop }) => hop)) {
  const [leavesS, landsS] = exchangeOf(motion, crossing);
  const [from, to] = [posturesAt(motion.at(leavesS)), posturesAt(motion.at(landsS))];
  const speeds = [speedsAt(leavesS), speedsAt(landsS)] as const;
  const leastS = Math.min(...from.flatMap((a) => to.map((b) => fastestS(a, b, speeds))));
  const onItsWayS = timeOptimalS(crossing, leavesS, landsS);
  [takesS, boundS, optimalS] = [takesS + landsS - leavesS, boundS + leastS, optimalS + onItsWayS];
  const where = `${levelAt(crossing.fromLevel)} to ${levelAt(crossing.toLevel)} at ${plan.notes[crossing.to]!.startS.toFixed(1)} s`;
  console.log(
    `${where}: ${(landsS - leavesS).toFixed(3)} s, on its way at least ${onItsWayS.toFixed(3)} s, on any at least ${leastS.toFixed(3)} s`,
  );
}
const share = (timeS: number): string => `${timeS.toFixed(2)} s (${((100 * timeS) / playedS).toFixed(1)} %)`;
console.log(
  `together ${share(takesS)}, on their ways at least ${share(optimalS)}, on any at least ${share(boundS)}`,
);

/** From one moment of a hop to another at the fastest pace along its way; at its ends it goes as it does. */
function timeOptimalS({ startS, endS }: Crossing, fromS: number, toS: number): number {
  const step = path.sampleS;
  const sampleAt = (scoreS: number): number => Math.round((scoreS - path.startS) / step);
  const [first, last] = [sampleAt(startS), sampleAt(endS)];
  const part = (values: Float64Array): Float64Array => values.subarray(6 * first, 6 * (last + 1));
  const { qd, qdd } = derivatives(path.q_rad, step);
  const { limits } = workcell.profile;
  const slope = part(qd);
  const ceiling = Float64Array.from({ length: last - first + 1 }, (_, i) =>
    Math.min(...limits.jointSpeed_radps.map((v, j) => ((SHARE * v) / slope[6 * i + j]!) ** 2)),
  );
  const acceleration = limits.jointAcceleration_radps2.map((a) => SHARE * a);
  const pace = fastestPace({ step, slope, bend: part(qdd), joints: 6, acceleration, ceiling, ends: 1 });
  let timeS = 0;
  for (let i = sampleAt(fromS) - first; i < sampleAt(toS) - first; i++)
    timeS += (2 * step) / (Math.sqrt(pace[i]!) + Math.sqrt(pace[i + 1]!));
  return timeS;
}

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

/** How fast the joints are in the hop [rad/s]. */
function speedsAt(scoreS: number): readonly number[] {
  const sample = Math.round((scoreS - path.startS) / path.sampleS);
  const { qd } = derivatives(path.q_rad.subarray(6 * (sample - 2), 6 * (sample + 3)), path.sampleS);
  return [...qd.subarray(12, 18)];
}

function fastestS(
  a: Joints,
  b: Joints,
  [leaving, landing]: readonly [readonly number[], readonly number[]],
): number {
  const { jointSpeed_radps, jointAcceleration_radps2 } = workcell.profile.limits;
  return Math.max(
    ...a.map((q, j) =>
      quickestS(
        b[j]! - q,
        [leaving[j]!, landing[j]!],
        SHARE * jointSpeed_radps[j]!,
        SHARE * jointAcceleration_radps2[j]!,
      ),
    ),
  );
}

/** One joint over a distance from one speed to another: speeding up to the peak, or to its limit and on at that, then braking. */
function quickestS(
  distance: number,
  [from, to]: readonly [number, number],
  limit: number,
  acceleration: number,
): number {
  const straight = ((from + to) / 2) * (Math.abs(to - from) / acceleration);
  const way = distance >= straight ? 1 : -1;
  const [d, u, w] = [way * distance, way * from, way * to];
  const peak = Math.sqrt(acceleration * d + (u * u + w * w) / 2);
  const most = Math.min(peak, limit);
  const rampsS = (2 * most - u - w) / acceleration;
  const onRamps = (2 * most * most - u * u - w * w) / (2 * acceleration);
  return rampsS + Math.max(0, d - onRamps) / most;
}

function range(most: number): readonly number[] {
  return Array.from({ length: STEPS + 1 }, (_, i) => most * ((2 * i) / STEPS - 1));
}
