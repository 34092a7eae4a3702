import type { Joints } from "../../src/math/joints.ts";
import { freeClearance } from "../../src/planning/clearance-checks.ts";
import type { PieceContext } from "../../src/planning/piece-context.ts";
import { FREE_WAY_DEFAULTS, findFreeWay } from "../../src/trajectory/free-way.ts";
import type { MotionLimits } from "../../src/trajectory/joint-trajectory.ts";
import { roundedWay, type RoundedWay } from "../../src/trajectory/rounded-way.ts";
import { timedWay } from "../../src/trajectory/timed-way.ts";

const HOW_MANY = 20;
const SAMPLE_S = 0.005;

/** Free motions of one cell and the time that each takes, for others to be faster. */
export function paceCases(context: PieceContext, random: () => number) {
  const { profile } = context;
  /** TOPP-RA knows joints, not hands. */
  const limits: MotionLimits = { ...profile.limits, tcpSpeedMps: 1e6 };
  const share = profile.trajectory.freeMotionShare;
  const secondsOf = (way: RoundedWay): number =>
    (timedWay(way, context.instrument, { limits, share, sampleS: SAMPLE_S }).length / 6 - 1) * SAMPLE_S;
  return {
    ways: searchedWays(context, random, secondsOf),
    moves: straightMoves(context, random, secondsOf),
    speed: limits.jointSpeed_radps.map((v) => share * v),
    acceleration: limits.jointAcceleration_radps2.map((a) => share * a),
  };
}

function searchedWays(context: PieceContext, random: () => number, secondsOf: (way: RoundedWay) => number) {
  const clear = freeClearance(context);
  const { parked_rad } = context.instrument;
  const { jointMin_rad, jointMax_rad } = context.profile.limits;
  const settings = { ...FREE_WAY_DEFAULTS, tries: 500, jointMin_rad, jointMax_rad };
  const ways = [];
  while (ways.length < HOW_MANY) {
    const from = parked_rad.map(
      (v, j) => v + [0.8, 1, 1.2, 2, 2, 2][j]! * (2 * random() - 1),
    ) as unknown as Joints;
    const found = findFreeWay(from, parked_rad, clear, settings);
    if (!found.ok) continue;
    const rounded = roundedWay(found.value, 0.45);
    ways.push({
      q_rad: [...rounded.q_rad],
      step: rounded.step,
      stops: found.value.length,
      seconds: secondsOf(rounded),
    });
  }
  return ways;
}

/** Straight moves as a scalar course: its length, and what speed, acceleration and jerk along it the joints allow. */
function straightMoves(
  { instrument: { parked_rad }, profile }: PieceContext,
  random: () => number,
  secondsOf: (way: RoundedWay) => number,
) {
  const { jointSpeed_radps, jointAcceleration_radps2, jointJerk_radps3 } = profile.limits;
  const share = profile.trajectory.freeMotionShare;
  return Array.from({ length: HOW_MANY }, () => {
    const to = parked_rad.map((v) => v + 3 * (random() - 0.5)) as unknown as Joints;
    const way = roundedWay([parked_rad, to], 0);
    const length = way.step * (way.q_rad.length / 6 - 1);
    const along = (limit: Joints): number =>
      Math.min(...limit.map((v, j) => (share * v * length) / Math.abs(to[j]! - parked_rad[j]!)));
    const most = [jointSpeed_radps, jointAcceleration_radps2, jointJerk_radps3].map(along);
    return { length, most, seconds: secondsOf(way) };
  });
}
