import type { ClearanceCheck } from "../collision/clearance.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { jointsAt, type Joints } from "../math/joints.ts";
import { ok, type Outcome } from "../outcome.ts";
import {
  FREE_WAY_DEFAULTS,
  findFreeWay,
  type FreeWay,
  type FreeWaySettings,
  type NoWay,
} from "./free-way.ts";
import { roundedWay, type RoundedWay } from "./rounded-way.ts";
import { timedWay, type FreePace } from "./timed-way.ts";

/** Shares of the shorter edge that corners take, tried in turn: the larger, the faster. */
const ROUNDINGS = [0.45, 0.25, 0.1, 0.03, 0.01];

/** An arm that every joint has so near to where it is to go is there: a thousandth of a millimetre at the bow [rad]. */
const THERE_RAD = 1e-6;

/** A motion from rest to rest through free space. */
export interface FreeTravel {
  readonly way: FreeWay;
  /** [n × 6] at the pace's sampling. */
  readonly q_rad: Float64Array;
}

export interface FreeTravelContext {
  readonly instrument: Pick<Instrument, "dh" | "hair" | "tcp_F">;
  /** Its sweeps prove every edge, and the rounded corners too. */
  readonly clear: ClearanceCheck;
  readonly pace: FreePace;
  readonly seed?: number;
  /** What is otherwise than in a quick look. */
  readonly search?: Partial<FreeWaySettings>;
}

/** A motion from one configuration to another, clear of everything, within every limit. Same seed, same motion. */
export function freeTravel(from: Joints, to: Joints, context: FreeTravelContext): Outcome<FreeTravel, NoWay> {
  const { instrument, clear, pace, seed = FREE_WAY_DEFAULTS.seed, search } = context;
  const { jointMin_rad, jointMax_rad } = pace.limits;
  const settings = { ...FREE_WAY_DEFAULTS, seed, jointMin_rad, jointMax_rad, ...search };
  const found = findFreeWay(from, to, clear, settings);
  if (!found.ok) return found;
  const way = found.value;
  if (from.every((v, j) => Math.abs(v - to[j]!) <= THERE_RAD))
    return ok({ way, q_rad: Float64Array.from(from) });
  for (const share of ROUNDINGS) {
    const rounded = roundedWay(way, share);
    if (isClear(rounded, clear)) return ok({ way, q_rad: timedWay(rounded, instrument, pace) });
  }
  return ok({ way, q_rad: withStops(way, instrument, pace) });
}

/** The curve between two neighbouring points strays no farther from the straight line than bend · step² / 8. */
function isClear({ q_rad, bend, step }: RoundedWay, clear: ClearanceCheck): boolean {
  for (let i = 0; i < q_rad.length / 6 - 1; i++) {
    const [b0, b1] = [jointsAt(bend, i), jointsAt(bend, i + 1)];
    const stray = b0.map(
      (b, j) => (2 * Math.max(Math.abs(b), Math.abs(b1[j]!)) * step ** 2) / 8,
    ) as unknown as Joints;
    if (!clear.isMotionClear(jointsAt(q_rad, i), jointsAt(q_rad, i + 1), stray)) return false;
  }
  return true;
}

/** At rest at every stop: slow, and exactly on the edges that were proven. @returns [n × 6] at the pace's sampling */
export function withStops(
  way: FreeWay,
  instrument: Pick<Instrument, "dh" | "hair" | "tcp_F">,
  pace: FreePace,
): Float64Array {
  const parts = way.slice(1).map((q, i) => timedWay(roundedWay([way[i]!, q], 0), instrument, pace));
  const rows = parts.flatMap((part, i) => Array.from(i === 0 ? part : part.subarray(6)));
  return Float64Array.from(rows);
}
