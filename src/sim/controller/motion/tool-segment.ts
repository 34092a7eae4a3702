import { toUrPose } from "../../../math/pose.ts";
import type { Vec3 } from "../../../math/vec.ts";
import type { Segment, SegmentPlace } from "./segment.ts";
import type { ToolCarrier } from "./tool-carrier.ts";
import type { ToolCurve } from "./tool-curve.ts";

/** Way over which the bend is taken from two slopes, as a part of the length. */
const NEAR = 1e-5;

/** The joints that carry the tool point along a curve, exact at every way. */
export class ToolSegment implements Segment {
  readonly length: number;
  readonly goal: readonly number[];
  readonly curve: ToolCurve;
  readonly #carrier: ToolCarrier;

  constructor(curve: ToolCurve, carrier: ToolCarrier) {
    this.curve = curve;
    this.length = curve.length;
    this.goal = toUrPose(curve.end);
    this.#carrier = carrier;
  }

  at(way: number, near_rad: ArrayLike<number>, { q_rad, slope, bend }: SegmentPlace): boolean {
    const q = this.#carrier.jointsAt(this.curve.pose(way), near_rad);
    const now = q && this.#carrier.ratesFor(this.curve.twist(way), q);
    if (q === undefined || now === undefined) return false;
    // One step back along the slope is exact to the second order, and so is the slope there to the first.
    const back = NEAR * this.length;
    const earlier = q.map((value, i) => value - back * now[i]!);
    const before = back > 0 ? this.#carrier.ratesFor(this.curve.twist(way - back), earlier) : undefined;
    for (let i = 0; i < 6; i++) {
      q_rad[i] = q[i]!;
      slope[i] = now[i]!;
      bend[i] = before === undefined ? 0 : (now[i]! - before[i]!) / back;
    }
    return true;
  }

  pointAt(way: number): Vec3 {
    return this.curve.pose(way).p_m;
  }
}
