import type { Instrument } from "../instrument/instrument.ts";
import { forwardKinematics } from "../kinematics/forward.ts";
import { jointsAt } from "../math/joints.ts";
import { transformPoint } from "../math/pose.ts";
import { distance } from "../math/vec.ts";
import type { EvenMotion } from "./even-motion.ts";

/** How one motion differs from another that should be the same. */
export interface MotionDifference {
  /** The other one is so much later; below 0: earlier [s]. */
  readonly lagS: number;
  /** What remains when that is taken away. */
  readonly jointRms_rad: number;
  readonly jointMax_rad: number;
  readonly toolRmsM: number;
  readonly toolMaxM: number;
}

/** Longest delay that is looked for [s]: start of the path and servo lag together are about 0.16 s in the simulation. */
const LONGEST_LAG_S = 0.4;
/** Longest lead: recorded targets are ahead of the recorded arm by its servo lag [s]. */
const LONGEST_LEAD_S = 0.1;
/** Every so many states are compared. */
const STRIDE = 5;

/** @param other the same motion, later by an unknown delay; same period */
export function motionDifference(
  one: EvenMotion,
  other: EvenMotion,
  instrument: Instrument,
): MotionDifference {
  const [least, most] = [-LONGEST_LEAD_S, LONGEST_LAG_S].map((s) => Math.round(s / one.periodS)) as [
    number,
    number,
  ];
  let best = { lag: 0, squared: Infinity };
  for (let lag = least; lag <= most; lag++) {
    const squared = meanSquare(one, other, lag);
    if (squared < best.squared) best = { lag, squared };
  }
  const tool = (motion: EvenMotion, row: number) => {
    const [x, y, z] = instrument.tcp_F;
    return transformPoint(forwardKinematics(instrument.dh, jointsAt(motion.q_rad, row)), [x, y, z]);
  };
  let [jointMax_rad, toolMaxM, toolSquared, count] = [0, 0, 0, 0];
  for (const row of rows(one, other, best.lag)) {
    const apart = distance(tool(one, row), tool(other, row + best.lag));
    for (let j = 0; j < 6; j++)
      jointMax_rad = Math.max(
        jointMax_rad,
        Math.abs(one.q_rad[6 * row + j]! - other.q_rad[6 * (row + best.lag) + j]!),
      );
    toolMaxM = Math.max(toolMaxM, apart);
    toolSquared += apart * apart;
    count++;
  }
  return {
    lagS: best.lag * one.periodS,
    jointRms_rad: Math.sqrt(best.squared),
    jointMax_rad,
    toolRmsM: Math.sqrt(toolSquared / count),
    toolMaxM,
  };
}

function* rows(one: EvenMotion, other: EvenMotion, lag: number): Generator<number> {
  const count = Math.min(one.q_rad.length, other.q_rad.length - 6 * lag) / 6;
  for (let row = Math.max(0, -lag); row < count; row += STRIDE) yield row;
}

function meanSquare(one: EvenMotion, other: EvenMotion, lag: number): number {
  let [sum, count] = [0, 0];
  for (const row of rows(one, other, lag))
    for (let j = 0; j < 6; j++, count++)
      sum += (one.q_rad[6 * row + j]! - other.q_rad[6 * (row + lag) + j]!) ** 2;
  return count === 0 ? Infinity : sum / count;
}
