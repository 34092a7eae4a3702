import loadMujoco, { type DoubleBuffer, type MainModule, type MjData, type MjModel } from "@mujoco/mujoco";
import { ARMATURE_KGM2, DAMPING_NMSPRAD } from "./mjcf.ts";
import { UR5E_TORQUE_LIMIT_NM } from "../../kinematics/ur5e-links.ts";

/**
 * Natural frequency of the joint servo [rad/s], 40 Hz, critically damped.
 * @assumed stiff as a UR drive: errors die within 20 ms, and 1 N at the bow's tip bends the arm by 0.1 mm
 */
const SERVO_RADPS = 250;

/** Where the joints should be now, the moment one substep starts. */
export interface JointReference {
  readonly q_rad: Float64Array;
  readonly qd_radps: Float64Array;
  readonly qdd_radps2: Float64Array;
}

/** The module, its 10 MB compiled once per process; models made in it share nothing else. */
let mujoco: Promise<MainModule> | undefined;

/** The arm's bodies in MuJoCo with a servo on each joint. Owns WebAssembly memory until `dispose`. */
export class ArmModel {
  readonly #mujoco: MainModule;
  readonly #model: MjModel;
  readonly #data: MjData;
  readonly #inverse: DoubleBuffer;
  readonly #timestepS: number;
  /** For questions about other states than the arm's. */
  #scratch: MjData | undefined;
  #views: Views;

  static async compile(mjcf: string): Promise<ArmModel> {
    mujoco ??= loadMujoco();
    return new ArmModel(await mujoco, mjcf);
  }

  private constructor(module: MainModule, mjcf: string) {
    this.#mujoco = module;
    this.#model = module.MjModel.from_xml_string(mjcf);
    this.#data = new module.MjData(this.#model);
    this.#inverse = new module.DoubleBuffer(6);
    this.#timestepS = this.#model.opt.timestep;
    this.#views = viewsOf(this.#data, this.#inverse);
  }

  /** To rest at `q_rad`, as freshly compiled. */
  reset(q_rad: ArrayLike<number>): void {
    this.#mujoco.mj_resetData(this.#model, this.#data);
    this.#attached().qpos.set(q_rad);
  }

  /** Brakes on: where it is, at once at rest. */
  halt(): void {
    this.#attached().qvel.fill(0);
  }

  readInto(q_rad: Float64Array, qd_radps: Float64Array): void {
    const { qpos, qvel } = this.#attached();
    q_rad.set(qpos);
    qd_radps.set(qvel);
  }

  /** Position of the flange by MuJoCo's own kinematics [m], and its rotation, row-major. */
  flange(): { readonly p_m: Float64Array; readonly R: Float64Array } {
    this.#mujoco.mj_kinematics(this.#model, this.#data);
    return {
      p_m: Float64Array.from(this.#data.site_xpos as Float64Array),
      R: Float64Array.from(this.#data.site_xmat as Float64Array),
    };
  }

  /**
   * One substep of all joints under servo and outside torque.
   *
   *     q̈* = q̈_r + 2ω(q̇_r − q̇) + ω²(q_r − q),   τ = ID(q, q̇, q̈*) + J_r q̈* + D(q̇ + h q̈*),   |τ| ≤ limit
   *
   * Inverse dynamics ID carries gravity, arm and payload, as a UR controller does.
   *
   * @param outside_Nm torques of strings on the arm, unknown to the servo
   * @param motor_Nm overwritten with the torque the motors gave
   */
  step(reference: JointReference, outside_Nm: Float64Array, motor_Nm: Float64Array): void {
    const { qpos, qvel, qacc, ctrl, applied } = this.#attached();
    this.#mujoco.mj_step1(this.#model, this.#data);
    for (let i = 0; i < 6; i++) {
      const behind_rad = reference.q_rad[i]! - qpos[i]!;
      const slower_radps = reference.qd_radps[i]! - qvel[i]!;
      qacc[i] = reference.qdd_radps2[i]! + SERVO_RADPS * (2 * slower_radps + SERVO_RADPS * behind_rad);
    }
    this.#mujoco.mj_rne(this.#model, this.#data, 1, this.#inverse);
    for (let i = 0; i < 6; i++) {
      const rotor = ARMATURE_KGM2[i]! * qacc[i]!;
      const friction = DAMPING_NMSPRAD[i]! * (qvel[i]! + this.#timestepS * qacc[i]!);
      const limitNm = UR5E_TORQUE_LIMIT_NM[i]!;
      const wanted = this.#views.inverse[i]! + rotor + friction;
      motor_Nm[i] = Math.min(limitNm, Math.max(-limitNm, wanted));
    }
    ctrl.set(motor_Nm);
    applied.set(outside_Nm);
    this.#mujoco.mj_step2(this.#model, this.#data);
  }

  /**
   * One substep without servo: motors carry weight and velocity products and give `extra_Nm` on top.
   *
   * @param motor_Nm overwritten with the torque the motors gave
   */
  stepFree(extra_Nm: ArrayLike<number>, outside_Nm: Float64Array, motor_Nm: Float64Array): void {
    const { ctrl, applied } = this.#attached();
    this.#mujoco.mj_step1(this.#model, this.#data);
    this.#mujoco.mj_rne(this.#model, this.#data, 0, this.#inverse);
    for (let i = 0; i < 6; i++) {
      const limitNm = UR5E_TORQUE_LIMIT_NM[i]!;
      motor_Nm[i] = Math.min(limitNm, Math.max(-limitNm, this.#views.inverse[i]! + extra_Nm[i]!));
    }
    ctrl.set(motor_Nm);
    applied.set(outside_Nm);
    this.#mujoco.mj_step2(this.#model, this.#data);
  }

  /** Inertia of the joints, rotors included, [6 × 6] row-major [kg m²]. */
  massMatrix(q_rad: ArrayLike<number>): Float64Array {
    const still = new Float64Array(6);
    const M = new Float64Array(36);
    const weight = this.#inverseDynamics(q_rad, still, still);
    for (let j = 0; j < 6; j++) {
      const column = this.#inverseDynamics(
        q_rad,
        still,
        still.map((_, i) => (i === j ? 1 : 0)),
      );
      for (let i = 0; i < 6; i++) M[6 * i + j] = column[i]! - weight[i]! + (i === j ? ARMATURE_KGM2[i]! : 0);
    }
    return M;
  }

  /** Torques of velocity products, without weight [Nm]. */
  coriolisNm(q_rad: ArrayLike<number>, qd_radps: ArrayLike<number>): Float64Array {
    const still = new Float64Array(6);
    const weight = this.#inverseDynamics(q_rad, still, still);
    return this.#inverseDynamics(q_rad, qd_radps, still).map((torque, i) => torque - weight[i]!);
  }

  /** Torques for a state and acceleration that need not be the arm's own. */
  #inverseDynamics(
    q_rad: ArrayLike<number>,
    qd_radps: ArrayLike<number>,
    qdd_radps2: ArrayLike<number>,
  ): Float64Array {
    const data = (this.#scratch ??= new this.#mujoco.MjData(this.#model));
    (data.qpos as Float64Array).set(q_rad);
    (data.qvel as Float64Array).set(qd_radps);
    (data.qacc as Float64Array).set(qdd_radps2);
    this.#mujoco.mj_fwdPosition(this.#model, data);
    this.#mujoco.mj_fwdVelocity(this.#model, data);
    this.#mujoco.mj_rne(this.#model, data, 1, this.#inverse);
    return Float64Array.from(this.#inverse.GetView() as Float64Array);
  }

  dispose(): void {
    this.#scratch?.delete();
    this.#inverse.delete();
    this.#data.delete();
    this.#model.delete();
  }

  /** Views of WebAssembly memory; it may have grown, and moved, since they were taken. */
  #attached(): Views {
    if (this.#views.qpos.length === 0) this.#views = viewsOf(this.#data, this.#inverse);
    return this.#views;
  }
}

interface Views {
  readonly qpos: Float64Array;
  readonly qvel: Float64Array;
  readonly qacc: Float64Array;
  readonly ctrl: Float64Array;
  readonly applied: Float64Array;
  readonly inverse: Float64Array;
}

/** Each property read makes a new view object, so they are read once. */
const viewsOf = (data: MjData, inverse: DoubleBuffer): Views => ({
  qpos: data.qpos as Float64Array,
  qvel: data.qvel as Float64Array,
  qacc: data.qacc as Float64Array,
  ctrl: data.ctrl as Float64Array,
  applied: data.qfrc_applied as Float64Array,
  inverse: inverse.GetView() as Float64Array,
});
