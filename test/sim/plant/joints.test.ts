import { expect, it } from "vitest";
import { NOMINAL_UR5E } from "../../../src/kinematics/dh.ts";
import { forwardKinematics } from "../../../src/kinematics/forward.ts";
import { UR5E_TORQUE_LIMIT_NM } from "../../../src/kinematics/ur5e-links.ts";
import type { Joints } from "../../../src/math/joints.ts";
import { seededRandom } from "../../../src/math/random.ts";
import { ArmModel } from "../../../src/sim/plant/arm-model.ts";
import { mjcfOf } from "../../../src/sim/plant/mjcf.ts";
import { createPlant } from "../../../src/sim/plant/mujoco-plant.ts";
import { CALIBRATED_UR5E } from "../../kinematics/calibrated-arm.ts";
import { celloInFront } from "./cello-in-front.ts";
import { hold, rest, targetAt, worst, ZERO } from "./drive.ts";

it.each([
  ["nominal", NOMINAL_UR5E],
  ["calibrated", CALIBRATED_UR5E],
])("has the flange where our kinematics say, within a nanometre: %s arm", async (_, dh) => {
  const arm = await ArmModel.compile(mjcfOf(celloInFront(dh), 0.001, 9.82));
  const random = seededRandom(3);
  for (let round = 0; round < 100; round++) {
    const q = ZERO.map(() => (random() - 0.5) * 4 * Math.PI) as unknown as Joints;
    arm.reset(q);
    const [flange, X_BF] = [arm.flange(), forwardKinematics(dh, q)];
    X_BF.p_m.forEach((value, k) => expect(Math.abs(flange.p_m[k]! - value)).toBeLessThan(1e-9));
    X_BF.R.forEach((value, k) => expect(Math.abs(flange.R[k]! - value)).toBeLessThan(1e-9));
  }
  arm.dispose();
});

it("holds its own weight and the bow without sagging, for two seconds", async () => {
  const instrument = celloInFront();
  const plant = await createPlant(instrument);
  hold(plant, instrument.parked_rad, 1_000);
  expect(worst(plant.q_rad, instrument.parked_rad)).toBeLessThan(5e-5);
  plant.dispose();
});

it("needs the torque of its weight to hold the arm stretched out", async () => {
  const plant = await createPlant({ ...celloInFront(), payload: { massKg: 0, centre_F_m: [0, 0, 0] } });
  plant.reset(ZERO);
  plant.step(rest(ZERO));
  // Arm level along −x; horizontal distance of each centre from the shoulder, times its mass (kg m):
  // 8.058·0.2125 + 2.846·(0.425+0.2422) + (1.37+1.3+0.365)·(0.425+0.3922) = 1.71233 + 1.89885 + 2.48020 = 6.09138
  expect(Math.abs(plant.torqueNm[1]!)).toBeCloseTo(6.09138 * 9.82, 3);
  plant.dispose();
});

/** Joint angle at t: up to 1 rad/s at 10 rad/s², 0.4 s of that speed, down again. */
function trapezoid(tS: number): number {
  const [ramp, end] = [0.1, 0.6];
  if (tS <= 0) return 0;
  if (tS < ramp) return 5 * tS * tS;
  if (tS < end - ramp) return 0.05 + (tS - ramp);
  if (tS < end) return 0.5 - 5 * (end - tS) ** 2;
  return 0.5;
}

it.each([
  ["with acceleration feed-forward", 1],
  ["without it", 0],
])("follows 1 rad/s at 10 rad/s² on all joints within 0.5 mrad, %s", async (_, feed) => {
  const { parked_rad } = celloInFront();
  const plant = await createPlant(celloInFront());
  const path = (tS: number) =>
    parked_rad.map((q, i) => q + (i % 2 === 0 ? 1 : -1) * trapezoid(tS)) as unknown as Joints;
  let error_rad = 0;
  for (let cycle = 1; cycle <= 400; cycle++) {
    const target = targetAt(path, cycle * plant.periodS);
    plant.step({ ...target, qdd_radps2: Array.from(target.qdd_radps2, (a) => feed * a) });
    error_rad = Math.max(error_rad, worst(plant.q_rad, target.q_rad));
  }
  expect(error_rad).toBeLessThan(5e-4);
  plant.dispose();
});

it("never gives more torque than the joints have", async () => {
  const { parked_rad } = celloInFront();
  const plant = await createPlant(celloInFront());
  const far = parked_rad.map((q) => q + 1) as unknown as Joints;
  for (let cycle = 0; cycle < 50; cycle++) {
    plant.step(rest(far));
    plant.torqueNm.forEach((torque, i) =>
      expect(Math.abs(torque)).toBeLessThanOrEqual(UR5E_TORQUE_LIMIT_NM[i]!),
    );
    if (cycle === 0) expect(plant.torqueNm[5]).toBe(28); // 1 rad away asks for 250² · 0.08 = 5000 Nm
  }
  plant.dispose();
});

it("stops at once and stays when the brakes close, and lets go again", async () => {
  const { parked_rad } = celloInFront();
  const plant = await createPlant(celloInFront());
  const path = (tS: number) => parked_rad.map((q) => q + trapezoid(tS)) as unknown as Joints;
  for (let cycle = 1; cycle <= 100; cycle++) plant.step(targetAt(path, cycle * plant.periodS));
  const at = Float64Array.from(plant.q_rad);
  expect(worst(plant.qd_radps, ZERO)).toBeGreaterThan(0.9);
  for (let cycle = 0; cycle < 100; cycle++) plant.step({ ...rest(parked_rad), brakesOn: true });
  expect(plant.q_rad).toEqual(at);
  expect([...plant.qd_radps]).toEqual([...ZERO]);
  expect([...plant.torqueNm]).toEqual([...ZERO]);
  hold(plant, Array.from(at) as unknown as Joints, 100);
  expect(worst(plant.q_rad, at)).toBeLessThan(5e-5);
  plant.dispose();
});

it("refuses a target that is not a number", async () => {
  const plant = await createPlant(celloInFront());
  expect(() => plant.step(rest([0, 0, NaN, 0, 0, 0]))).toThrow("joint 3");
  plant.dispose();
});

it("keeps working when other arms take memory after it", async () => {
  const { parked_rad } = celloInFront();
  const plant = await createPlant(celloInFront());
  const others = await Promise.all(Array.from({ length: 12 }, () => createPlant(celloInFront())));
  const path = (tS: number) => parked_rad.map((q) => q + trapezoid(tS)) as unknown as Joints;
  for (let cycle = 1; cycle <= 100; cycle++) plant.step(targetAt(path, cycle * plant.periodS));
  expect(worst(plant.q_rad, path(0.2))).toBeLessThan(5e-4);
  [plant, ...others].forEach((one) => one.dispose());
});
