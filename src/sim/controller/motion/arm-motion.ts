import { ScriptFault } from "../../urscript/problem.ts";
import type { ScriptWait } from "../../urscript/script-host.ts";
import { PERIOD_S } from "../control-cycle.ts";
import { FreeArm } from "./free-arm.ts";
import { DEFAULT_DECELERATION_RADPS2, JOINT_RANGE_RAD } from "./joint-limits.ts";
import type { Yielding } from "./yielding.ts";
import { type CommandedJoints, largest, type Motion, type MotionFault, rest } from "./motion.ts";
import { StopMotion } from "./stop-motion.ts";

/**
 * The motion generator: what moves the arm now, and which thread of the script has a say in it.
 *
 * A motion runs in its own time σ; speed slider and pauses make σ slower than time: q̇ = ṡq_σ with s = dσ/dt,
 * q̈ = s² q_σσ + ds/dt q_σ. Stops run in real time, or none would end at a slider of zero. In force mode the arm yields:
 * what is commanded then is not what the motion alone would have.
 */
export class ArmMotion {
  /** What is asked of the joints at the end of the cycle; the same arrays every time. */
  readonly q_rad = new Float64Array(6);
  readonly qd_radps = new Float64Array(6);
  readonly qdd_radps2 = new Float64Array(6);
  readonly #own: CommandedJoints = {
    q_rad: new Float64Array(6),
    v_radps: new Float64Array(6),
    a_radps2: new Float64Array(6),
  };
  #motion: Motion | undefined;
  #owner: number | undefined;
  #yielding: Yielding | undefined;
  #scale = 1;
  #scaled = true;

  /** The arm moves, or may be moved by others. */
  get moving(): boolean {
    if (this.#yielding !== undefined) return true;
    return (
      this.#motion !== undefined && !(largest(this.#own.v_radps) === 0 && this.#motion instanceof StopMotion)
    );
  }

  /** The motion that runs. */
  get current(): Motion | undefined {
    return this.#motion;
  }

  /** Position, speed and acceleration by the motion's own time; without what force mode adds. */
  get own(): CommandedJoints {
    return this.#own;
  }

  get atRest(): boolean {
    return largest(this.qd_radps) < 1e-6;
  }

  /** Motor torques beyond what carries the arm, where these and no path move it [Nm]. */
  get torqueNm(): Float64Array | undefined {
    return this.#motion?.torqueNm;
  }

  get yielding(): Yielding | undefined {
    return this.#yielding;
  }

  /** At rest at once, where the joints are. */
  place(q_rad: ArrayLike<number>): void {
    this.#motion = undefined;
    this.#owner = undefined;
    this.#yielding = undefined;
    for (let i = 0; i < 6; i++) this.q_rad[i] = this.#own.q_rad[i] = q_rad[i]!;
    rest(this.#own);
    this.qd_radps.fill(0);
    this.qdd_radps2.fill(0);
  }

  /** @throws ScriptFault when another thread of the script is in the middle of a motion, or nobody may move the arm */
  claim(thread: number): void {
    if (this.#owner !== undefined && this.#owner !== thread)
      throw new ScriptFault("Another thread is already controlling the robot");
    if (this.#motion instanceof FreeArm && this.#owner === undefined)
      throw new ScriptFault("The robot cannot be moved by the program while it is in freedrive");
  }

  /** Starts a motion for a thread that has the claim; the wait ends when `isOver` says so or the motion ended. */
  begin(motion: Motion, thread: number, isOver: () => boolean = () => false): ScriptWait {
    this.#motion = motion;
    return this.hold(thread, isOver);
  }

  /** Makes a thread wait for the motion that runs. */
  hold(thread: number, isOver: () => boolean = () => false): ScriptWait {
    const motion = this.#motion;
    this.#owner = thread;
    const release = () => {
      if (this.#owner === thread) this.#owner = undefined;
    };
    return {
      done: () => {
        if (this.#motion === motion && !isOver()) return false;
        release();
        return true;
      },
      cancel: () => {
        release();
        if (this.#motion === motion) this.stop();
      },
    };
  }

  /** Lets go of the arm: it can be pushed until `stop`. */
  release(free: FreeArm): void {
    this.#motion = free;
    this.#owner = undefined;
  }

  /** Brings the arm to rest. */
  stop(decelerationRadps2 = DEFAULT_DECELERATION_RADPS2): void {
    this.#motion = new StopMotion(decelerationRadps2);
    this.#owner = undefined;
  }

  /** From now on the arm gives way as `yielding` says; undefined ends that, and the arm comes to rest. */
  yield(yielding: Yielding | undefined): void {
    if (yielding === undefined && this.#yielding !== undefined) {
      const s = this.#scaled ? Math.max(this.#scale, 1e-3) : 1;
      for (let i = 0; i < 6; i++) {
        this.#own.q_rad[i] = this.q_rad[i]!;
        this.#own.v_radps[i] = this.qd_radps[i]! / s;
      }
      this.stop();
    }
    this.#yielding = yielding;
  }

  /**
   * One cycle.
   *
   * @param scale how fast motion time runs at the end of the cycle, 0..1
   * @returns why the arm must be stopped
   */
  advance(scale: number): MotionFault | undefined {
    const before = this.#scale;
    this.#scale = scale;
    const motion = this.#motion;
    if (motion === undefined && this.#yielding === undefined) return undefined;
    if (motion !== undefined && motion.scaled !== this.#scaled) this.#changeTime(before);
    const [s0, s1] = this.#scaled ? [before, scale] : [1, 1];
    const timeS = 0.5 * (s0 + s1) * PERIOD_S;
    const progress = motion !== undefined && timeS > 0 ? motion.advance(this.#own, timeS) : "moving";
    const fault = this.#publish(s1, (s1 - s0) / PERIOD_S);
    if (progress === "over") this.#motion = undefined;
    return typeof progress === "object" ? progress : (fault ?? this.#leavesRange());
  }

  /** A joint is commanded beyond its range, and farther. */
  #leavesRange(): MotionFault | undefined {
    if (this.torqueNm !== undefined) return undefined;
    const joint = this.q_rad.findIndex((q, i) => Math.abs(q) > JOINT_RANGE_RAD && q * this.qd_radps[i]! > 0);
    if (joint < 0) return undefined;
    return {
      code: 204,
      argument: joint,
      text: `Path sanity check failed: joint ${joint} would leave its range`,
    };
  }

  /** The same movement of the arm, told in real time instead of motion time, or the other way round. */
  #changeTime(scale: number): void {
    this.#scaled = !this.#scaled;
    const factor = this.#scaled ? 1 / Math.max(scale, 1e-3) : scale;
    for (let i = 0; i < 6; i++) {
      this.#own.v_radps[i]! *= factor;
      this.#own.a_radps2[i]! *= factor * factor;
    }
  }

  #publish(s: number, sd: number): MotionFault | undefined {
    const { q_rad, v_radps, a_radps2 } = this.#own;
    const commanded = { q_rad: this.q_rad, v_radps: this.qd_radps, a_radps2: this.qdd_radps2 };
    if (this.#yielding !== undefined)
      return this.#yielding.follow({ q_rad, qd_radps: v_radps.map((v) => s * v) }, commanded);
    for (let i = 0; i < 6; i++) {
      this.q_rad[i] = q_rad[i]!;
      this.qd_radps[i] = s * v_radps[i]!;
      this.qdd_radps2[i] = s * s * a_radps2[i]! + sd * v_radps[i]!;
    }
    return undefined;
  }
}
