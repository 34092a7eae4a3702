import { pose, type Pose } from "../../../math/pose.ts";
import {
  fromColumns,
  fromRotvec,
  multiply,
  rotate,
  rotateInverse,
  toRotvec,
  transpose,
  type Mat3,
} from "../../../math/rotation.ts";
import { add, addScaled, cross, norm, scale, sub, unit, type Vec3 } from "../../../math/vec.ts";
import { PERIOD_S } from "../control-cycle.ts";
import { MAX_ACCELERATION_RADPS2, STOP_SPEED_RADPS } from "./joint-limits.ts";
import { type CommandedJoints, largest, type MotionFault } from "./motion.ts";
import { TOO_FAST, UNREACHABLE } from "./stretch.ts";
import type { ToolCarrier, Twist } from "./tool-carrier.ts";
import type { Yielding } from "./yielding.ts";

/** Inertia that the tool seems to have in a compliant axis [kg], [kg m²]. @assumed */
const [MASS_KG, INERTIA_KGM2] = [10, 0.5];
/** Resistance at a gain of 1 and a damping of 0, and what a damping of 1 adds to it [N s/m], [Nm s/rad]. @assumed */
const [DRAG_NSPM, DAMPED_NSPM, DRAG_NMSPRAD, DAMPED_NMSPRAD] = [200, 2000, 10, 100];
/** How fast a stray from the program's path in a stiff axis dies out [1/s]. */
const RETURN_PER_S = 50;
/** Slower than this the tool has no direction to align the frame with [m/s]. */
const DIRECTION_MPS = 1e-3;

/** What `force_mode` was called with. */
export interface ForceModeSettings {
  /** Task frame in the base. */
  readonly frame: Pose<"B", "C">;
  /** Which of the six axes give way. */
  readonly compliant: readonly boolean[];
  /** What the arm shall press with, task frame [N, Nm]. */
  readonly wrench: readonly number[];
  /** 1: y points from the tool to the frame's origin; 2: as given; 3: x points where the tool goes, in the x-y plane. */
  readonly kind: 1 | 2 | 3;
  /** Compliant axes: most speed; stiff ones: most stray from the path [m/s, rad/s, m, rad]. */
  readonly limits: readonly number[];
}

/** Set by functions of their own, kept over calls. */
export interface ForceModeTuning {
  /** 0..1 */
  readonly damping: number;
  /** 0..2 */
  readonly gain: number;
}

/**
 * `force_mode`: in compliant axes the tool moves as a mass in honey under the difference of the wanted and the felt
 * force,
 *
 *     m v̇ = F_wanted + F_felt − d v,   |v| ≤ limit,
 *
 * in the others it keeps to the program's path.
 *
 * @assumed UR does not publish its law; this one presses with the force asked for and is stable against a cello string
 */
export class ForceMode implements Yielding {
  readonly #carrier: () => ToolCarrier;
  readonly #felt: () => readonly number[];
  #settings: ForceModeSettings;
  #tuning: ForceModeTuning;
  #X_BT: Pose<"B", "T"> | undefined;
  #twist: Twist = { v: [0, 0, 0], w: [0, 0, 0] };

  /** @param felt force and torque of the world on the tool, about the tool point, base axes [N, Nm] */
  constructor(
    carrier: () => ToolCarrier,
    felt: () => readonly number[],
    settings: ForceModeSettings,
    tuning: ForceModeTuning,
  ) {
    this.#carrier = carrier;
    this.#felt = felt;
    this.#settings = settings;
    this.#tuning = tuning;
  }

  /** Another call while in force mode: the tool goes on as it moves. */
  change(settings: ForceModeSettings): void {
    this.#settings = settings;
  }

  tune(tuning: ForceModeTuning): void {
    this.#tuning = tuning;
  }

  follow(
    program: { readonly q_rad: Float64Array; readonly qd_radps: Float64Array },
    commanded: CommandedJoints,
  ): MotionFault | undefined {
    const carrier = this.#carrier();
    const X_BT = this.#X_BT ?? this.#begin(carrier, commanded);
    const path = carrier.toolAt(program.q_rad).X_BT;
    const asked = carrier.twistOf(program.qd_radps, program.q_rad);
    const R = this.#axes(X_BT, asked);
    const stray = {
      v: rotateInverse(R, sub(path.p_m, X_BT.p_m)),
      w: rotateInverse(R, strayTurn(path, X_BT)),
    };
    const strayed = this.#strayed(stray);
    if (strayed !== undefined) return strayed;
    const twist = this.#next(R, asked, stray);
    const before = this.#twist;
    this.#twist = twist;
    const turn = fromRotvec(scale(add(before.w, twist.w), PERIOD_S / 2));
    this.#X_BT = pose(
      "B",
      "T",
      addScaled(X_BT.p_m, add(before.v, twist.v), PERIOD_S / 2),
      multiply(turn, X_BT.R),
    );
    return this.#command(carrier, commanded);
  }

  #begin(carrier: ToolCarrier, { q_rad, v_radps }: CommandedJoints): Pose<"B", "T"> {
    this.#twist = carrier.twistOf(v_radps, q_rad);
    return carrier.toolAt(q_rad).X_BT;
  }

  /** The task frame's axes in the base, as the kind of force mode turns them. */
  #axes(X_BT: Pose<"B", "T">, { v }: Twist): Mat3 {
    const { frame, kind } = this.#settings;
    if (kind === 1) {
      const y = sub(frame.p_m, X_BT.p_m);
      const x = cross(y, [frame.R[2], frame.R[5], frame.R[8]]);
      if (norm(y) < 1e-6 || norm(x) < 1e-6) return frame.R;
      const [ux, uy] = [unit(x), unit(y)];
      return fromColumns(ux, uy, cross(ux, uy));
    }
    if (kind === 3) {
      const [vx, vy] = rotateInverse(frame.R, v);
      if (Math.hypot(vx, vy) < DIRECTION_MPS) return frame.R;
      return multiply(frame.R, fromRotvec([0, 0, Math.atan2(vy, vx)]));
    }
    return frame.R;
  }

  #strayed({ v, w }: Twist): MotionFault | undefined {
    const { compliant, limits } = this.#settings;
    const axis = [...v, ...w].findIndex(
      (way, i) => !compliant[i] && Math.abs(way) > Math.max(limits[i]!, 1e-4),
    );
    return axis < 0
      ? undefined
      : {
          code: 153,
          argument: axis,
          text: `Force mode: the tool strayed from its path in the stiff axis ${axis}`,
        };
  }

  #next(R: Mat3, asked: Twist, stray: Twist): Twist {
    const [fx, fy, fz, tx, ty, tz] = this.#felt();
    const force = rotateInverse(R, [fx!, fy!, fz!]);
    const torque = rotateInverse(R, [tx!, ty!, tz!]);
    const now = [...rotateInverse(R, this.#twist.v), ...rotateInverse(R, this.#twist.w)];
    const program = [...rotateInverse(R, asked.v), ...rotateInverse(R, asked.w)];
    const missing = [...stray.v, ...stray.w];
    const next = [...force, ...torque].map((felt, i) =>
      this.#settings.compliant[i]
        ? this.#compliantSpeed(i, now[i]!, this.#settings.wrench[i]! + felt)
        : program[i]! + RETURN_PER_S * missing[i]!,
    ) as [number, number, number, number, number, number];
    return { v: rotate(R, [next[0], next[1], next[2]]), w: rotate(R, [next[3], next[4], next[5]]) };
  }

  /** v → v∞ + (v − v∞) exp(−t d/m), v∞ = F/d: exact for a force that is even over the cycle. */
  #compliantSpeed(axis: number, speed: number, forceN: number): number {
    const { damping, gain } = this.#tuning;
    const linear = axis < 3;
    const drag = (linear ? DRAG_NSPM : DRAG_NMSPRAD) + damping * (linear ? DAMPED_NSPM : DAMPED_NMSPRAD);
    const resistance = drag / Math.max(gain, 0.05);
    const goal = forceN / resistance;
    const next =
      goal + (speed - goal) * Math.exp((-PERIOD_S * resistance) / (linear ? MASS_KG : INERTIA_KGM2));
    const limit = Math.abs(this.#settings.limits[axis]!);
    return Math.min(limit, Math.max(-limit, next));
  }

  #command(carrier: ToolCarrier, { q_rad, v_radps, a_radps2 }: CommandedJoints): MotionFault | undefined {
    const q = carrier.jointsAt(this.#X_BT!, q_rad);
    const rates = q && carrier.ratesFor(this.#twist, q);
    if (q === undefined || rates === undefined) return UNREACHABLE;
    for (let i = 0; i < 6; i++) {
      const a = (rates[i]! - v_radps[i]!) / PERIOD_S;
      a_radps2[i] = Math.max(-MAX_ACCELERATION_RADPS2, Math.min(MAX_ACCELERATION_RADPS2, a));
      q_rad[i] = q[i]!;
      v_radps[i] = rates[i]!;
    }
    return largest(v_radps) > STOP_SPEED_RADPS ? TOO_FAST : undefined;
  }
}

const strayTurn = (path: Pose<"B", "T">, at: Pose<"B", "T">): Vec3 =>
  toRotvec(multiply(path.R, transpose(at.R)));
