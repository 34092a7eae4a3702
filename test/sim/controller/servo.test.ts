import { expect, it } from "vitest";
import { seededRandom } from "../../../src/math/random.ts";
import { PERIOD_S } from "../../../src/sim/controller/control-cycle.ts";
import { ServoMotion } from "../../../src/sim/controller/motion/servo-motion.ts";
import { bench, texts } from "./robot-in-memory.ts";

const still = () => ({
  q_rad: new Float64Array(6),
  v_radps: new Float64Array(6),
  a_radps2: new Float64Array(6),
});

const ramp = (lookaheadS: number, slider = "1"): string => `def ramp():
  q = get_target_joint_positions()
  x = 0
  while x < 1000:
    q[0] = q[0] + 0.001 # 0.5 rad/s
    x = x + 1
    write_output_float_register(24, q[0])
    servoj(q, t=get_steptime(), lookahead_time=${lookaheadS}, gain=2000)
  end
end # slider ${slider}
`;

it.each([0.03, 0.1, 0.2])("lags a ramp by look-ahead %s s and 4 ms, arm and all", async (lookaheadS) => {
  const { robot, cycles } = await bench();
  const { controller } = robot;
  controller.runScript(ramp(lookaheadS));
  cycles(950);
  const lag_rad = controller.registers.outputFloats[24]! - controller.plant.q_rad[0]!;
  const lagS = lag_rad / 0.5;
  expect(Math.abs(lagS - (lookaheadS + 0.004))).toBeLessThan(0.002);
});

it("follows a ramp by the filter's exact lag", () => {
  const servo = new ServoMotion(new Float64Array(6));
  const joints = still();
  for (let i = 1; i <= 500; i++) {
    servo.aim({ q_rad: [0.002 * i, 0, 0, 0, 0, 0], timeS: 0.002, lookaheadS: 0.03 });
    servo.advance(joints, 0.002);
  }
  // 1 rad/s for 1 s, minus 34 ms of it; what is left of the start is e^(-1 s / 17 ms)
  expect(joints.q_rad[0]).toBeCloseTo(1 - 0.034, 12);
  expect(joints.v_radps[0]).toBeCloseTo(1, 12);
  expect(joints.a_radps2[0]).toBeCloseTo(0, 10);
});

it("comes to rest on its last target when no other comes", () => {
  const servo = new ServoMotion(new Float64Array(6));
  const joints = still();
  servo.aim({ q_rad: [0, 0.01, 0, 0, 0, 0], timeS: 0.002, lookaheadS: 0.03 });
  for (let i = 0; i < 500; i++) expect(servo.advance(joints, 0.002)).toBe("moving");
  expect(joints.q_rad[1]).toBeCloseTo(0.01, 12);
  expect(joints.v_radps[1]).toBeCloseTo(0, 10);
});

it("never commands more than the limits, whatever the targets", () => {
  const random = seededRandom(7);
  const servo = new ServoMotion(new Float64Array(6));
  const joints = still();
  const target = new Float64Array(6);
  for (let n = 0; n < 5000; n++) {
    const before = { q: joints.q_rad.slice(), v: joints.v_radps.slice() };
    for (let i = 0; i < 6; i++) target[i] = joints.q_rad[i]! + 0.1 * (2 * random() - 1);
    servo.aim({ q_rad: target, timeS: 0.002, lookaheadS: 0.03 });
    servo.advance(joints, 0.002);
    for (let i = 0; i < 6; i++) {
      expect(Math.abs(joints.v_radps[i]!)).toBeLessThanOrEqual(Math.PI);
      expect(Math.abs(joints.v_radps[i]! - before.v[i]!)).toBeLessThanOrEqual(40 * 0.002 + 1e-12);
      expect(Math.abs(joints.q_rad[i]! - before.q[i]!)).toBeLessThanOrEqual(Math.PI * 0.002 + 1e-12);
    }
  }
});

it("stops protectively when the target jumps", async () => {
  const { robot, said, cycles, until } = await bench();
  const { controller } = robot;
  controller.runScript(
    "def jump():\n q = get_target_joint_positions()\n servoj(q)\n q[2] = q[2] + 0.5\n servoj(q, lookahead_time=0.03)\n sleep(1)\nend\n",
  );
  cycles(3);
  expect(controller.safety.status).toBe("PROTECTIVE_STOP");
  expect(texts(said)).toEqual([
    "PROGRAM_XXX_STARTED jump",
    "C153A2 violation",
    "PROGRAM_XXX_STOPPED jump",
    "safety-mode",
  ]);
  until(() => controller.motion.atRest);
  expect(controller.outputs.runtime_state).toBe(1);
  expect(controller.outputs.robot_mode).toBe(7);
});

it("stops protectively when a ramp is faster than the joints may turn", async () => {
  const { robot, cycles } = await bench();
  const { controller } = robot;
  const script = (speed: number) =>
    `def fast():\n q = get_target_joint_positions()\n v = 0\n while True:\n  v = v + 0.01\n  if v > ${speed}:\n   v = ${speed}\n  end\n  q[0] = q[0] - v * 0.002\n  servoj(q, lookahead_time=0.03)\n end\nend\n`;
  controller.runScript(script(3.0)); // reached after 300 cycles at 5 rad/s²
  cycles(700);
  expect(controller.safety.status).toBe("NORMAL");
  controller.runScript("stopj(10)\n");
  cycles(500);
  controller.runScript(script(-3.6)); // back the way it came
  cycles(900);
  expect(controller.safety.status).toBe("PROTECTIVE_STOP");
});

it("takes twice the time at half the speed slider, on the same path", async () => {
  const { robot, cycles } = await bench();
  const { controller } = robot;
  controller.speed.setSlider(0.5);
  cycles(100); // half of the slider's way takes 63 cycles
  const from = controller.registers.outputFloats[24];
  expect(from).toBe(0);
  const start_rad = controller.motion.q_rad[0]!;
  controller.runScript(ramp(0.03));
  cycles(1000);
  // 1000 cycles at half speed: 500 calls of 1 mrad
  expect(controller.registers.outputFloats[24]! - start_rad).toBeCloseTo(0.5, 9);
  // 0.5 rad/s of motion time is 0.25 rad/s
  expect(controller.motion.qd_radps[0]).toBeCloseTo(0.25, 9);
  expect(controller.registers.outputFloats[24]! - controller.motion.q_rad[0]!).toBeCloseTo(0.5 * 0.034, 3);
});

it("keeps pace on the average when the slider does not divide the cycle", async () => {
  const { robot, cycles } = await bench();
  const { controller } = robot;
  controller.speed.setSlider(0.7);
  cycles(100);
  const start_rad = controller.motion.q_rad[0]!;
  controller.runScript(ramp(0.03));
  cycles(1000);
  const calls = (controller.registers.outputFloats[24]! - start_rad) / 0.001;
  expect(Math.abs(calls - 700)).toBeLessThan(2);
});

it("moves the joints as its speeds say", async () => {
  const { robot, cycles } = await bench();
  const { motion } = robot.controller;
  robot.controller.runScript(
    "def wave():\n q = get_target_joint_positions()\n c = q[1]\n t = 0\n while True:\n  t = t + 0.002\n  q[1] = c + 0.1 * sin(6 * t)\n  servoj(q, lookahead_time=0.05)\n end\nend\n",
  );
  cycles(200);
  for (let n = 0; n < 500; n++) {
    const [q, v] = [motion.q_rad[1]!, motion.qd_radps[1]!];
    robot.controller.speed.setSlider(n < 250 ? 0.4 : 1);
    robot.stepCycle();
    // Trapezoidal rule: off by h³/12 of the jerk. At 0.4 calls take two or three cycles each, so the target goes
    // by fits: about 0.6 mrad more or less a cycle, over τ² = 0.73e-3 s² and 2 ms a jerk of 400 rad/s³: 3e-7 rad.
    const mean = (v + motion.qd_radps[1]!) / 2;
    expect(Math.abs(motion.q_rad[1]! - q - mean * PERIOD_S)).toBeLessThan(1e-6);
  }
});
