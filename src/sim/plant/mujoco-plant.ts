import type { HairContact } from "../../instrument/hair/hair-contact.ts";
import { hairMotion, type HairMotion } from "../../instrument/hair/hair-motion.ts";
import { feltStrings, stringContactsOf, type StringContacts } from "../../instrument/hair/string-contacts.ts";
import type { Instrument } from "../../instrument/instrument.ts";
import type { Joints } from "../../math/joints.ts";
import { seededRandom } from "../../math/random.ts";
import { add, cross, sub, type Vec3 } from "../../math/vec.ts";
import { ArmModel } from "./arm-model.ts";
import { jointTorquesOf } from "./joint-torques.ts";
import { mjcfOf } from "./mjcf.ts";
import { forwardKinematics } from "../../kinematics/forward.ts";
import { compose, fromUrPose, type Pose, transformPoint } from "../../math/pose.ts";
import type { JointTarget, OutsideForce, Plant } from "./plant.ts";
import { PLANT_DEFAULTS, type PlantSettings } from "./plant-settings.ts";

/** Control cycle of a UR e-Series [s]. */
const PERIOD_S = 0.002;
/**
 * Substeps of the physics in one cycle: servo rate times step is 0.25, far from its limit. Contact is felt once a
 * cycle: 800 N/m against a kilogram or more swings at 5 Hz.
 */
const SUBSTEPS = 2;

/**
 * The simulated arm of `instrument`, at rest where it parks. Same instrument, settings and targets: same bytes.
 *
 * @throws Error when MuJoCo refuses the model, with MuJoCo's own words
 */
export async function createPlant(
  instrument: Instrument,
  settings: Partial<PlantSettings> = {},
): Promise<Plant> {
  const all = { ...PLANT_DEFAULTS, ...settings };
  const arm = await ArmModel.compile(mjcfOf(instrument, PERIOD_S / SUBSTEPS, all.gravityMps2));
  return new MujocoPlant(arm, instrument, all);
}

class MujocoPlant implements Plant {
  readonly periodS = PERIOD_S;
  readonly q_rad = new Float64Array(6);
  readonly qd_radps = new Float64Array(6);
  readonly torqueNm = new Float64Array(6);
  readonly tcpWrench = new Float64Array(6);
  readonly #arm: ArmModel;
  readonly #instrument: Instrument;
  readonly #settings: PlantSettings;
  readonly #tcp_F_m: Vec3;
  readonly #X_FT: Pose<"F", "T">;
  readonly #outside_Nm = new Float64Array(6);
  readonly #reference = {
    q_rad: new Float64Array(6),
    qd_radps: new Float64Array(6),
    qdd_radps2: new Float64Array(6),
  };
  #random!: () => number;
  #contacts!: StringContacts;
  #outside: OutsideForce | undefined;
  #hiddenKg = 0;

  constructor(arm: ArmModel, instrument: Instrument, settings: PlantSettings) {
    this.#arm = arm;
    this.#instrument = instrument;
    this.#settings = settings;
    this.#X_FT = fromUrPose("F", "T", instrument.tcp_F);
    this.#tcp_F_m = [instrument.tcp_F[0], instrument.tcp_F[1], instrument.tcp_F[2]];
    this.reset(instrument.parked_rad);
  }

  get gravityMps2(): number {
    return this.#settings.gravityMps2;
  }

  get contacts(): StringContacts {
    return this.#contacts;
  }

  reset(q_rad: ArrayLike<number>): void {
    this.#arm.reset(q_rad);
    this.#random = seededRandom(this.#settings.seed);
    this.torqueNm.fill(0);
    this.#feelStrings();
    this.#senseForce();
  }

  step(target: JointTarget): void {
    if (target.brakesOn) this.#hold();
    else if (target.torqueNm !== undefined) this.#release(target.torqueNm);
    else this.#drive(target);
    this.#feelStrings();
    this.#senseForce();
  }

  setOutside(force: OutsideForce | undefined): void {
    this.#outside = force;
  }

  setHiddenMass(massKg: number): void {
    this.#hiddenKg = massKg;
  }

  massMatrix(q_rad: ArrayLike<number>): Float64Array {
    return this.#arm.massMatrix(q_rad);
  }

  coriolisNm(q_rad: ArrayLike<number>, qd_radps: ArrayLike<number>): Float64Array {
    return this.#arm.coriolisNm(q_rad, qd_radps);
  }

  dispose(): void {
    this.#arm.dispose();
  }

  /** Brakes: at rest at once, motors without current. */
  #hold(): void {
    this.#arm.halt();
    this.torqueNm.fill(0);
  }

  #drive(target: JointTarget): void {
    for (let k = SUBSTEPS; k > 0; k--) {
      this.#refer(target, (k * PERIOD_S) / SUBSTEPS);
      this.#arm.step(this.#reference, this.#outside_Nm, this.torqueNm);
    }
  }

  #release(torqueNm: ArrayLike<number>): void {
    for (let k = 0; k < SUBSTEPS; k++) this.#arm.stepFree(torqueNm, this.#outside_Nm, this.torqueNm);
  }

  /** The target holds at the end of the cycle; the servo works towards where it was `beforeS` earlier. */
  #refer(target: JointTarget, beforeS: number): void {
    const { q_rad, qd_radps, qdd_radps2 } = this.#reference;
    for (let i = 0; i < 6; i++) {
      const [q, qd, qdd] = [target.q_rad[i]!, target.qd_radps[i]!, target.qdd_radps2[i]!];
      if (!Number.isFinite(q + qd + qdd))
        throw new Error(`joint ${i + 1} was given the target ${q}, ${qd}, ${qdd}`);
      q_rad[i] = q - beforeS * (qd - 0.5 * beforeS * qdd);
      qd_radps[i] = qd - beforeS * qdd;
      qdd_radps2[i] = qdd;
    }
  }

  /** Contact forces of the state just reached; they act during the next cycle. */
  #feelStrings(): void {
    this.#arm.readInto(this.q_rad, this.qd_radps);
    const { dh, hair } = this.#instrument;
    const body = { dh, hair, tcp_F_m: this.#tcp_F_m };
    const motion = hairMotion(body, asJoints(this.q_rad), asJoints(this.qd_radps));
    const felt = feltStrings(this.#instrument, motion);
    const bowed = wrenchOf(felt, motion);
    const outside = this.#pulled(motion);
    const force = add(bowed.force, outside.force);
    const torque = add(bowed.torque, outside.torque);
    this.#hang(motion, force, torque);
    for (let i = 0; i < 3; i++) {
      this.tcpWrench[i] = force[i]!;
      this.tcpWrench[3 + i] = torque[i]!;
    }
    this.#contacts = stringContactsOf(felt);
  }

  /** What somebody outside does to the tool. */
  #pulled(motion: HairMotion): { readonly force: Vec3; readonly torque: Vec3 } {
    if (this.#outside === undefined) return { force: [0, 0, 0], torque: [0, 0, 0] };
    const X_BT = compose(forwardKinematics(this.#instrument.dh, asJoints(this.q_rad)), this.#X_FT);
    const arm = sub(motion.tcp_B_m, motion.frog_B_m);
    const v_mps = add(motion.frogVelocity_B_mps, cross(motion.spin_B_radps, arm));
    const [fx, fy, fz, tx, ty, tz] = this.#outside({ X_BT, v_mps, w_radps: motion.spin_B_radps });
    return { force: [fx!, fy!, fz!], torque: [tx!, ty!, tz!] };
  }

  /** Joint torques of all forces at the TCP, and of the hidden mass at the payload's centre. */
  #hang(motion: HairMotion, force: Vec3, torque: Vec3): void {
    if (this.#hiddenKg === 0) return jointTorquesOf(motion, force, torque, this.#outside_Nm);
    const weight: Vec3 = [0, 0, -this.#hiddenKg * this.#settings.gravityMps2];
    const X_BF = forwardKinematics(this.#instrument.dh, asJoints(this.q_rad));
    const arm = sub(transformPoint(X_BF, this.#instrument.payload.centre_F_m), motion.tcp_B_m);
    jointTorquesOf(motion, add(force, weight), add(torque, cross(arm, weight)), this.#outside_Nm);
  }

  #senseForce(): void {
    const { forceBiasN, forceNoiseN } = this.#settings;
    for (let i = 0; i < 3; i++) {
      const noise = forceNoiseN > 0 ? forceNoiseN * gaussian(this.#random) : 0;
      this.tcpWrench[i] = this.tcpWrench[i]! + forceBiasN[i]! + noise;
    }
  }
}

/** Sum of the strings' forces, about the TCP. */
function wrenchOf(contacts: readonly HairContact[], motion: HairMotion): { force: Vec3; torque: Vec3 } {
  let force: Vec3 = [0, 0, 0];
  let torque: Vec3 = [0, 0, 0];
  for (const { force_B_N, point_B_m, forceN } of contacts) {
    if (forceN === 0) continue;
    force = add(force, force_B_N);
    torque = add(torque, cross(sub(point_B_m, motion.tcp_B_m), force_B_N));
  }
  return { force, torque };
}

/** Six numbers are six numbers; the kinematics only read them by index. */
const asJoints = (values: Float64Array): Joints => values as unknown as Joints;

/** Standard normal number. @source Box and Muller */
const gaussian = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
