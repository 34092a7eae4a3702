import { readdirSync, readFileSync } from "node:fs";
import loadMujoco, { type MjData, type MjModel } from "@mujoco/mujoco";
import { expect, it } from "vitest";
import { NOMINAL_UR5E, type DhParameters } from "../../src/kinematics/dh.ts";
import { forwardKinematics } from "../../src/kinematics/forward.ts";
import { urdfOf } from "../../src/kinematics/urdf.ts";
import { ROS_JOINT_NAMES, type Joints } from "../../src/math/joints.ts";
import { inverse, compose, pose, type Pose } from "../../src/math/pose.ts";
import { seededRandom } from "../../src/math/random.ts";
import type { Mat3 } from "../../src/math/rotation.ts";
import { CALIBRATED_UR5E } from "../kinematics/calibrated-arm.ts";

const FILES = readdirSync("urdf").filter((file) => file.endsWith(".urdf"));
const read = (file: string): string => readFileSync(`urdf/${file}`, "utf8");
const mujoco = await loadMujoco();

/** MuJoCo reads URDF: an independent judge of the file. Every link stays a body. */
function compile(urdf: string): MjModel {
  const keepLinks = `<mujoco><compiler fusestatic="false"/></mujoco></robot>`;
  return mujoco.MjModel.from_xml_string(urdf.replace("</robot>", keepLinks));
}

function bodyPose<F extends "B" | "F">(
  model: MjModel,
  data: MjData,
  body: [name: string, frame: F],
): Pose<"W", F> {
  const id = mujoco.mj_name2id(model, mujoco.mjtObj.mjOBJ_BODY.value, body[0]);
  const p = data.xpos as Float64Array;
  const R = (data.xmat as Float64Array).slice(9 * id, 9 * id + 9);
  return pose("W", body[1], [p[3 * id]!, p[3 * id + 1]!, p[3 * id + 2]!], Array.from(R) as unknown as Mat3);
}

it("keeps urdf/ur5e.urdf as the generator writes it", () => {
  expect(read("ur5e.urdf")).toBe(urdfOf(NOMINAL_UR5E));
});

it.each<[string, DhParameters]>([
  ["nominal", NOMINAL_UR5E],
  ["calibrated", CALIBRATED_UR5E],
])("puts tool0 where the controller's kinematics put the flange, seen from base: %s arm", (_, dh) => {
  const model = compile(urdfOf(dh));
  const data = new mujoco.MjData(model);
  const random = seededRandom(5);
  for (let round = 0; round < 50; round++) {
    const q = ROS_JOINT_NAMES.map(() => (random() - 0.5) * 4 * Math.PI) as unknown as Joints;
    (data.qpos as Float64Array).set(q);
    mujoco.mj_kinematics(model, data);
    const X = compose(inverse(bodyPose(model, data, ["base", "B"])), bodyPose(model, data, ["tool0", "F"]));
    const X_BF = forwardKinematics(dh, q);
    X_BF.p_m.forEach((value, k) => expect(Math.abs(X.p_m[k]! - value)).toBeLessThan(1e-9));
    X_BF.R.forEach((value, k) => expect(Math.abs(X.R[k]! - value)).toBeLessThan(1e-9));
  }
  data.delete();
  model.delete();
});

it("moves six joints, a full turn each way, at 3.14 rad/s, with the torques of the data sheet", () => {
  const limits = [
    ...read("ur5e.urdf").matchAll(/<limit lower="(\S+)" upper="(\S+)" effort="(\S+)" velocity="(\S+)"/g),
  ];
  expect(limits.map((m) => Number(m[3]))).toEqual([150, 150, 150, 28, 28, 28]);
  for (const limit of limits) expect(limit.slice(1, 3).map(Number)).toEqual([-2 * Math.PI, 2 * Math.PI]);
  expect(limits.map((m) => m[4])).toEqual(Array(6).fill("3.14"));
  const names = [...read("ur5e.urdf").matchAll(/<joint name="(\S+)" type="revolute"/g)].map((m) => m[1]);
  expect(names).toEqual([...ROS_JOINT_NAMES]);
});

it.each(FILES)("describes bodies that can exist: %s", (file) => {
  const model = compile(read(file)); // throws on a broken tree or an impossible inertia
  const masses = Array.from(model.body_mass as Float64Array);
  // base 4 + 3.761 + 8.058 + 2.846 + 1.37 + 1.3 + 0.365 kg; bow 0.08 + gripper 0.18 kg = the controller's payload
  const expected: Record<string, number> = {
    "ur5e.urdf": 21.7,
    "bow.urdf": 0.26,
    "cello.urdf": 3,
    "stand.urdf": 40,
  };
  expect(masses.reduce((sum, mass) => sum + mass, 0)).toBeCloseTo(expected[file]!, 2); // strings: 4 g
  model.delete();
});

it("tells every link of every file in the README", () => {
  const readme = read("README.md");
  for (const file of FILES)
    for (const [, link] of read(file).matchAll(/<link name="(\S+?)"/g))
      expect(readme, `${link} of ${file}`).toContain(`\`${link}\``);
});
