import type { DhParameters } from "../../kinematics/dh.ts";
import { jacobianAt, jointAxes } from "../../kinematics/forward.ts";
import { compose, toUrPose, type Pose } from "../../math/pose.ts";

/** Pose and speed of the TCP for one set of joints, worked out at most once a cycle and only if asked for. */
export class ToolState {
  readonly #dh: DhParameters;
  readonly #q_rad: Float64Array;
  readonly #qd_radps: Float64Array;
  readonly #X_FT: () => Pose<"F", "T">;
  #fresh = false;
  #X_BT!: Pose<"B", "T">;
  #pose: readonly number[] = [];
  #J: Float64Array = new Float64Array(36);

  /** @param q_rad joint arrays that always hold the newest values */
  constructor(dh: DhParameters, q_rad: Float64Array, qd_radps: Float64Array, X_FT: () => Pose<"F", "T">) {
    this.#dh = dh;
    this.#q_rad = q_rad;
    this.#qd_radps = qd_radps;
    this.#X_FT = X_FT;
  }

  /** The joints or the TCP have changed. */
  outdate(): void {
    this.#fresh = false;
  }

  get X_BT(): Pose<"B", "T"> {
    this.#refresh();
    return this.#X_BT;
  }

  /** p[x, y, z, rx, ry, rz] in the base. */
  get pose(): readonly number[] {
    this.#refresh();
    return this.#pose;
  }

  /** v and ω in the base [m/s, rad/s]. */
  get speed(): number[] {
    return this.along(this.#qd_radps);
  }

  /** Of the TCP, [6 × 6] row-major. */
  get jacobian(): Float64Array {
    this.#refresh();
    return this.#J;
  }

  /** J · rates: v and ω for other joint rates than the arm's. */
  along(rates: ArrayLike<number>): number[] {
    this.#refresh();
    return Array.from({ length: 6 }, (_, row) => {
      let sum = 0;
      for (let i = 0; i < 6; i++) sum += this.#J[6 * row + i]! * rates[i]!;
      return sum;
    });
  }

  #refresh(): void {
    if (this.#fresh) return;
    const { axes, X_BF } = jointAxes(this.#dh, this.#q_rad);
    this.#X_BT = compose(X_BF, this.#X_FT());
    this.#pose = toUrPose(this.#X_BT);
    this.#J = jacobianAt(axes, this.#X_BT.p_m);
    this.#fresh = true;
  }
}
