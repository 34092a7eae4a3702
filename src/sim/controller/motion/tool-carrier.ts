import type { DhParameters } from "../../../kinematics/dh.ts";
import { jacobianAt, jointAxes } from "../../../kinematics/forward.ts";
import { refine } from "../../../kinematics/inverse.ts";
import type { Joints } from "../../../math/joints.ts";
import { compose, inverse, type Pose } from "../../../math/pose.ts";
import { solveInPlace } from "../../../math/solve.ts";
import { norm, sub, type Vec3 } from "../../../math/vec.ts";

/** Near where the shoulder is, and farther from it than any flange can be. @source UR5e: 0.425 + 0.3922 + wrists */
const [SHOULDER_M, REACH_M]: [Vec3, number] = [[0, 0, 0.1625], 1.2];

/** Velocity of the tool point and spin of the tool, base axes [m/s, rad/s]. */
export interface Twist {
  readonly v: Vec3;
  readonly w: Vec3;
}

/** The arm with the tool that it carries: from tool poses and twists to joints and back. */
export class ToolCarrier {
  readonly #dh: DhParameters;
  readonly #X_FT: Pose<"F", "T">;
  readonly #X_TF: Pose<"T", "F">;

  constructor(dh: DhParameters, X_FT: Pose<"F", "T">) {
    this.#dh = dh;
    this.#X_FT = X_FT;
    this.#X_TF = inverse(X_FT);
  }

  /** Where joints put the tool, and the Jacobian of the tool point, [6 × 6] row-major. */
  toolAt(q_rad: ArrayLike<number>): { readonly X_BT: Pose<"B", "T">; readonly J: Float64Array } {
    const { axes, X_BF } = jointAxes(this.#dh, q_rad);
    const X_BT = compose(X_BF, this.#X_FT);
    return { X_BT, J: jacobianAt(axes, X_BT.p_m) };
  }

  /** The joints nearest to `near_rad` on their branch that put the tool there; undefined where there are none. */
  jointsAt(X_BT: Pose<"B", "T">, near_rad: ArrayLike<number>): Joints | undefined {
    const X_BF = compose(X_BT, this.#X_TF);
    return norm(sub(X_BF.p_m, SHOULDER_M)) > REACH_M
      ? undefined
      : refine(this.#dh, X_BF, near_rad as unknown as Joints);
  }

  /** q̇ = J⁻¹ · twist; undefined where the arm is singular. */
  ratesFor({ v, w }: Twist, q_rad: ArrayLike<number>): Float64Array | undefined {
    const rates = Float64Array.of(...v, ...w);
    return solveInPlace(this.toolAt(q_rad).J, rates) ? rates : undefined;
  }

  /** J · q̇ */
  twistOf(qd_radps: ArrayLike<number>, q_rad: ArrayLike<number>): Twist {
    const { J } = this.toolAt(q_rad);
    const row = (r: number): number => {
      let sum = 0;
      for (let i = 0; i < 6; i++) sum += J[6 * r + i]! * qd_radps[i]!;
      return sum;
    };
    return { v: [row(0), row(1), row(2)], w: [row(3), row(4), row(5)] };
  }
}
