import type { Sensors } from "./sensors.ts";
import type { ArmMotion } from "./motion/arm-motion.ts";
import { largest, type MotionFault } from "./motion/motion.ts";

/** Joints this far from where they are asked to be stop the arm [rad]. @assumed UR does not publish it */
const MAX_DEVIATION_RAD = 0.05;
/** Force at the TCP that stops the arm [N]. @source UR5e default safety limits, "force" of the middle preset */
const MAX_FORCE_N = 150;
/** Joints slower than this count as at rest [rad/s]. @assumed */
const REST_RADPS = 1e-3;

/** Compares what the arm does with what it is asked to do. */
export class MotionMonitor {
  #deviation = 0;
  #collision = 0;
  #restCycles = 0;

  /** 1 stops the arm. */
  get deviationRatio(): number {
    return this.#deviation;
  }

  /** 1 stops the arm. */
  get collisionRatio(): number {
    return this.#collision;
  }

  /** Cycles for which all joints have been at rest. */
  get restCycles(): number {
    return this.#restCycles;
  }

  /** One cycle. @returns why the arm must be stopped */
  observe(
    motion: ArmMotion,
    { q_rad, qd_radps, wrench }: Pick<Sensors, "q_rad" | "qd_radps" | "wrench">,
  ): MotionFault | undefined {
    let joint = 0;
    let most = 0;
    for (let i = 0; i < 6; i++) {
      const deviation = Math.abs(q_rad[i]! - motion.q_rad[i]!);
      if (deviation > most) [joint, most] = [i, deviation];
    }
    const forceN = Math.hypot(wrench[0]!, wrench[1]!, wrench[2]!);
    this.#deviation = most / MAX_DEVIATION_RAD;
    this.#collision = forceN / MAX_FORCE_N;
    const resting = largest(qd_radps) < REST_RADPS && largest(motion.qd_radps) === 0;
    this.#restCycles = resting ? this.#restCycles + 1 : 0;
    if (this.#deviation >= 1) return deviation(joint, most);
    if (this.#collision >= 1) return collision(forceN);
    return undefined;
  }
}

const deviation = (joint: number, by_rad: number): MotionFault => ({
  code: 153,
  argument: joint,
  text: `Position deviates from path: joint ${joint} by ${by_rad.toFixed(3)} rad`,
});

const collision = (forceN: number): MotionFault => ({
  code: 157,
  argument: 0,
  text: `Collision detected: ${forceN.toFixed(0)} N at the tool, the limit is ${MAX_FORCE_N} N`,
});
