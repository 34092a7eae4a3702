import { expect, it } from "vitest";
import { jacobianAt, jointAxes } from "../../../src/kinematics/forward.ts";
import type { Joints } from "../../../src/math/joints.ts";
import { seededRandom } from "../../../src/math/random.ts";
import { add, cross, dot, sub, type Vec3 } from "../../../src/math/vec.ts";
import { hairMotion } from "../../../src/instrument/hair/hair-motion.ts";
import { jointTorquesOf } from "../../../src/sim/plant/joint-torques.ts";
import { createPlant } from "../../../src/sim/plant/mujoco-plant.ts";
import { bowOn, celloInFront } from "./cello-in-front.ts";
import { hold } from "./drive.ts";

const instrument = celloInFront();
const body = { dh: instrument.dh, hair: instrument.hair, tcp_F_m: [0.3, 0, 0.12] } as const;

it("gives joint torques that do the work of the force and torque at the TCP", () => {
  const random = seededRandom(21);
  const three = (): Vec3 => [random() - 0.5, random() - 0.5, random() - 0.5];
  for (let round = 0; round < 100; round++) {
    const [q, qd] = [
      [...three(), ...three()],
      [...three(), ...three()],
    ] as unknown as [Joints, Joints];
    const [force, torque] = [three(), three()];
    const motion = hairMotion(body, q, qd);
    const joints = new Float64Array(6);
    jointTorquesOf(motion, force, torque, joints);
    const tcpVelocity = add(
      motion.frogVelocity_B_mps,
      cross(motion.spin_B_radps, sub(motion.tcp_B_m, motion.frog_B_m)),
    );
    const power = joints.reduce((sum, tau, i) => sum + tau * qd[i]!, 0);
    expect(power).toBeCloseTo(dot(force, tcpVelocity) + dot(torque, motion.spin_B_radps), 12);
  }
});

it("makes the motors carry exactly what the string pushes", async () => {
  const q = bowOn(instrument, { place: 0.5, bowM: 0.45, contactM: 0.07, depthM: 0.004 });
  const torques: Float64Array[] = [];
  let [force, at]: [Vec3, Joints] = [[0, 0, 0], q];
  for (const hairM of [instrument.hair.lengthM, 0.001]) {
    const plant = await createPlant({ ...instrument, hair: { ...instrument.hair, lengthM: hairM } });
    plant.reset(at);
    hold(plant, hairM > 0.1 ? q : at, 500); // pressed until still; then the same pose with no hair
    torques.push(Float64Array.from(plant.torqueNm));
    if (hairM > 0.1) {
      const { forceN, bowPositionM } = plant.contacts;
      expect(forceN[1]).toBeGreaterThan(1);
      force = [plant.tcpWrench[0]!, plant.tcpWrench[1]!, plant.tcpWrench[2]!];
      at = Array.from(plant.q_rad) as unknown as Joints;
      expect(bowPositionM[1]).toBeCloseTo(0.45, 3);
    }
    plant.dispose();
  }
  const { axes } = jointAxes(instrument.dh, at);
  const motion = hairMotion(body, at, [0, 0, 0, 0, 0, 0]);
  const contact = add(
    motion.frog_B_m,
    [0.45, 0.45, 0.45].map((u, k) => u * motion.axis_B[k]!) as unknown as Vec3,
  );
  const J = jacobianAt(axes, contact);
  for (let i = 0; i < 6; i++) {
    const pushed = J[i]! * force[0] + J[6 + i]! * force[1] + J[12 + i]! * force[2];
    expect(torques[0]![i]! - torques[1]![i]!, `joint ${i + 1}`).toBeCloseTo(-pushed, 2);
  }
});
