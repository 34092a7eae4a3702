import { toUrPose } from "../../../math/pose.ts";
import type { Vec3 } from "../../../math/vec.ts";
import { largest } from "./motion.ts";
import type { Segment, SegmentPlace } from "./segment.ts";
import type { ToolCarrier } from "./tool-carrier.ts";

/** A straight line in joint space, all joints in step; its measure is the joint with the longest way [rad]. */
export class JointSegment implements Segment {
  readonly length: number;
  readonly goal: readonly number[];
  readonly #from_rad: Float64Array;
  readonly #way_rad: Float64Array;
  readonly #carrier: ToolCarrier;

  constructor(from_rad: ArrayLike<number>, to_rad: ArrayLike<number>, carrier: ToolCarrier) {
    this.#from_rad = Float64Array.from(from_rad);
    this.#way_rad = Float64Array.from(to_rad, (to, i) => to - from_rad[i]!);
    this.length = largest(this.#way_rad);
    this.goal = toUrPose(carrier.toolAt(to_rad).X_BT);
    this.#carrier = carrier;
  }

  at(way: number, _near_rad: ArrayLike<number>, { q_rad, slope, bend }: SegmentPlace): boolean {
    for (let i = 0; i < 6; i++) {
      slope[i] = this.length > 0 ? this.#way_rad[i]! / this.length : 0;
      q_rad[i] = this.#from_rad[i]! + slope[i]! * way;
    }
    bend.fill(0);
    return true;
  }

  pointAt(way: number): Vec3 {
    const share = this.length > 0 ? way / this.length : 0;
    return this.#carrier.toolAt(this.#from_rad.map((q, i) => q + share * this.#way_rad[i]!)).X_BT.p_m;
  }
}
