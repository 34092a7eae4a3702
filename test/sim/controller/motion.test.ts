import { expect, it } from "vitest";
import { forwardKinematics } from "../../../src/kinematics/forward.ts";
import { at, lasting, quickest } from "../../../src/sim/controller/motion/trapezoid.ts";
import { bench, texts } from "./robot-in-memory.ts";

it("makes the quickest trapezoid, and one of a given time", () => {
  // 2 m at 1 m/s and 2 m/s²: 0.5 s up (0.25 m), 1.5 s even, 0.5 s down
  const long = quickest(2, 2, 1);
  expect(long.durationS).toBeCloseTo(2.5, 12);
  expect(at(long, 0.5)[0]).toBeCloseTo(0.25, 12);
  expect(at(long, 1)).toEqual([0.75, 1, 0]);
  expect(at(long, 2.25)[0]).toBeCloseTo(2 - 0.0625, 12);
  // 0.02 m at 2 m/s²: the top speed is not reached, 2·√(0.02/2) = 0.2 s
  expect(quickest(0.02, 2, 1).durationS).toBeCloseTo(0.2, 12);
  // 2 m in 4 s at 2 m/s²: v = 2·(4 − √(16 − 4))/2 = 0.536
  expect(at(lasting(2, 4, 2), 2)[1]).toBeCloseTo(4 - Math.sqrt(12), 12);
  expect(at(lasting(2, 4, 2), 2)[0]).toBeCloseTo(1, 12);
  expect(at(lasting(2, 1, 2), 0.5)[1]).toBeCloseTo(4, 12); // 8 m/s² are needed
});

it("moves all joints in step, led by the longest way, in the time that gives", async () => {
  const { robot, until, cycles, said } = await bench();
  const { controller } = robot;
  const start = [...controller.motion.q_rad];
  controller.runScript(
    "def go():\n q = get_target_joint_positions()\n q[0] = q[0] + 0.35\n q[5] = q[5] - 0.1\n movej(q, a=1.4, v=1.05)\nend\n",
  );
  cycles(100);
  const [way0, way5] = [controller.motion.q_rad[0]! - start[0]!, controller.motion.q_rad[5]! - start[5]!];
  expect(way0).toBeGreaterThan(0.02);
  expect(way5 / way0).toBeCloseTo(-0.1 / 0.35, 9);
  // v²/a = 0.79 rad > 0.35 rad: 2·√(0.35/1.4) = 1 s = 500 cycles, and 2 in which it starts and ends
  const took = 100 + until(() => !controller.runner.isRunning);
  expect(Math.abs(took - 501)).toBeLessThanOrEqual(2);
  expect(controller.motion.q_rad[0]! - start[0]!).toBeCloseTo(0.35, 12);
  expect(controller.plant.q_rad[0]! - start[0]!).toBeCloseTo(0.35, 3);
  expect(texts(said)).toEqual(["PROGRAM_XXX_STARTED go", "PROGRAM_XXX_STOPPED go"]);
});

it("moves the tool point on a straight line", async () => {
  const { robot, until } = await bench();
  const { controller } = robot;
  const from = [...controller.actualTool.pose];
  controller.runScript(
    "def go():\n p = get_target_tcp_pose()\n p[2] = p[2] + 0.1\n movel(p, a=1.2, v=0.25)\nend\n",
  );
  let worstM = 0;
  let worst_rad = 0;
  let [q, v] = [controller.motion.q_rad.slice(), controller.motion.qd_radps.slice()];
  until(() => {
    const [x, y] = controller.targetTool.pose;
    worstM = Math.max(worstM, Math.hypot(x! - from[0]!, y! - from[1]!));
    const { q_rad, qd_radps } = controller.motion;
    q.forEach((before, i) => {
      const error_rad = q_rad[i]! - before - 0.001 * (v[i]! + qd_radps[i]!);
      worst_rad = Math.max(worst_rad, Math.abs(error_rad));
    });
    [q, v] = [q_rad.slice(), qd_radps.slice()];
    return controller.cycle > 21_003 && !controller.runner.isRunning;
  });
  expect(worstM).toBeLessThan(1e-9);
  // Speeds fit the way by the trapezoidal rule; at the corners of the profile (1.2 m/s², joints at some 3 rad/s²)
  // speed is off by up to 3 rad/s² · 2 ms, the way by that times 1 ms.
  expect(worst_rad).toBeLessThan(6e-6);
  expect(controller.targetTool.pose[2]! - from[2]!).toBeCloseTo(0.1, 9);
  expect(controller.safety.status).toBe("NORMAL");
});

it("refuses a pose out of reach: movej with an exception, movel with a protective stop", async () => {
  const { robot, said, cycles } = await bench();
  robot.controller.runScript("def far():\n  movej(p[10,0,0,0,0,0])\nend\n");
  cycles(3);
  expect(texts(said)[1]).toMatch(/^2:3 movej: the pose is out of reach/);
  expect(robot.controller.safety.status).toBe("NORMAL");
  robot.controller.runScript("def far():\n  movel(p[10,0,0,0,0,0])\nend\n");
  cycles(3000);
  expect(robot.controller.safety.status).toBe("PROTECTIVE_STOP");
});

it("stops with stopj at the deceleration asked for", async () => {
  const { robot, cycles, until } = await bench();
  const { motion, runner } = robot.controller;
  const start = [...motion.q_rad];
  robot.controller.runScript(
    "def go():\n speedj([0.5,0,0,-0.25,0,0], 2.0, 1.0)\n stopj(2)\n sleep(1)\nend\n",
  );
  cycles(400);
  expect(motion.qd_radps[0]).toBeCloseTo(0.5, 9);
  until(() => motion.qd_radps[0]! < 0.5 - 1e-9);
  const braking = until(() => motion.atRest); // 0.5/2 = 0.25 s = 125 cycles
  expect(Math.abs(braking - 125)).toBeLessThanOrEqual(1);
  const [way0, way3] = [0, 3].map((i) => motion.q_rad[i]! - start[i]!);
  expect(way3! / way0!).toBeCloseTo(-0.5, 9);
  expect(runner.isRunning).toBe(true);
});

it("brings the arm to rest when the program ends in the middle of a motion", async () => {
  const { robot, cycles, until } = await bench();
  const { motion } = robot.controller;
  robot.controller.runScript(
    "def go():\n thread t():\n  speedj([0.4,0,0,0,0,0], 4, 10)\n end\n run t()\n sleep(0.5)\nend\n",
  );
  cycles(200);
  expect(motion.qd_radps[0]).toBeCloseTo(0.4, 9);
  until(() => !robot.controller.runner.isRunning);
  const braking = until(() => motion.atRest); // 0.4/4 = 0.1 s = 50 cycles
  expect(Math.abs(braking - 50)).toBeLessThanOrEqual(1);
});

it("lets only one thread move the arm at a time", async () => {
  const { robot, said, cycles } = await bench();
  robot.controller.runScript(
    "def two():\n  q = get_target_joint_positions()\n  thread t():\n    while True:\n      servoj(q)\n    end\n  end\n  h = run t()\n  sync()\n  stopj(4)\nend\n",
  );
  cycles(5);
  expect(texts(said)[1]).toBe("10:3 Another thread is already controlling the robot");
  expect(texts(said)[2]).toBe("PROGRAM_XXX_STOPPED two");
  said.length = 0;
  robot.controller.runScript(
    "def two():\n  q = get_target_joint_positions()\n  thread t():\n    while True:\n      servoj(q)\n    end\n  end\n  h = run t()\n  sync()\n  kill h\n  stopj(4)\nend\n",
  );
  cycles(5);
  expect(texts(said)).toEqual(["PROGRAM_XXX_STARTED two", "PROGRAM_XXX_STOPPED two"]);
});

it("finds the joints for a pose and the pose for joints", async () => {
  const { robot, said, cycles } = await bench();
  const { controller } = robot;
  controller.runScript(
    "def ik():\n  q = get_target_joint_positions()\n  p = get_forward_kin(q)\n  back = get_inverse_kin(p, qnear=q)\n  textmsg(norm(back - q) < 0.000001)\n  textmsg(get_inverse_kin_has_solution(p[10,0,0,0,0,0]))\n  set_tcp(p[0,0,0,0,0,0])\n  f = get_actual_tcp_pose()\n  write_output_float_register(0, f[0])\nend\n",
  );
  cycles(3);
  expect(texts(said).slice(1, 3)).toEqual(["True", "False"]);
  const { p_m } = forwardKinematics(controller.instrument.dh, [...controller.plant.q_rad]);
  expect(controller.registers.outputFloats[0]).toBeCloseTo(p_m[0], 6);
});

it("stands still in a pause, even in the middle of servoj, and goes on where it was", async () => {
  const { robot, cycles } = await bench();
  const { motion, runner } = robot.controller;
  robot.controller.runScript(
    "def ramp():\n thread count():\n  n = 0\n  while True:\n   n = n + 1\n   write_output_integer_register(0, n)\n   sync()\n  end\n end\n run count()\n q = get_target_joint_positions()\n while True:\n  q[0] = q[0] + 0.0005\n  servoj(q, lookahead_time=0.03)\n end\nend\n",
  );
  cycles(200);
  expect(runner.pause()).toBe(true);
  cycles(200);
  expect(runner.state).toBe("PAUSED");
  const stood_rad = motion.q_rad[0]!;
  const counted = robot.controller.registers.outputIntegers[0];
  expect(motion.atRest).toBe(true);
  cycles(300);
  expect(motion.q_rad[0]).toBe(stood_rad);
  expect(robot.controller.registers.outputIntegers[0]).toBe(counted); // no thread runs in a pause
  expect(runner.resume()).toBe(true);
  cycles(400);
  expect(runner.state).toBe("PLAYING");
  expect(motion.qd_radps[0]).toBeCloseTo(0.25, 6);
});

it("tells real speeds and accelerations when the slider stretches time", async () => {
  const { robot, cycles } = await bench();
  const { motion, speed } = robot.controller;
  speed.setSlider(0.5);
  cycles(100);
  robot.controller.runScript(
    "def go():\n q = get_target_joint_positions()\n q[0] = q[0] + 1\n movej(q, a=1.4, v=0.5)\nend\n",
  );
  cycles(100);
  expect(motion.qdd_radps2[0]).toBeCloseTo(0.25 * 1.4, 9); // s² a
  cycles(500); // the ramp takes 0.5/1.4/0.5 = 0.71 s
  expect(motion.qd_radps[0]).toBeCloseTo(0.25, 9); // s v
  expect(motion.qdd_radps2[0]).toBeCloseTo(0, 9);
  speed.setSlider(1);
  cycles(10);
  expect(motion.qdd_radps2[0]).toBeCloseTo(4 * 0.5, 9); // ds/dt v: the slider needs 0.25 s across
});

it("brakes from the speed the arm really has when the slider is down", async () => {
  const { robot, cycles } = await bench();
  const { motion, speed, runner } = robot.controller;
  speed.setSlider(0.5);
  cycles(100);
  robot.controller.runScript("def go():\n speedj([0.4,0,0,0,0,0], 4, 10)\nend\n");
  cycles(200);
  expect(motion.qd_radps[0]).toBeCloseTo(0.2, 9);
  runner.stop();
  cycles(1);
  expect(motion.qd_radps[0]).toBeCloseTo(0.2 - 4 * 0.002, 9);
});

it("runs a new program at full pace after one that was stopped in a pause", async () => {
  const { robot, cycles } = await bench();
  const { motion, runner } = robot.controller;
  robot.controller.runScript("def a():\n sleep(100)\nend\n");
  cycles(2);
  runner.pause();
  cycles(200);
  runner.stop();
  robot.controller.runScript("def b():\n speedj([0.4,0,0,0,0,0], 4, 10)\nend\n");
  cycles(60);
  expect(motion.qd_radps[0]).toBeCloseTo(0.4, 9);
});

it("brakes hard in a protective stop", async () => {
  const { robot, until } = await bench();
  const { motion, safety } = robot.controller;
  robot.controller.runScript(
    "def go():\n thread t():\n  speedj([0.6,0,0,0,0,0], 4, 10)\n end\n run t()\n sleep(0.5)\n protective_stop()\n sleep(9)\nend\n",
  );
  until(() => !safety.isNormal); // the cycle that stops brakes already
  const braking = until(() => motion.atRest); // 0.6/15 = 0.04 s = 20 cycles
  expect(Math.abs(braking - 20)).toBeLessThanOrEqual(1);
});

it("brakes when speedj is over and nothing follows", async () => {
  const { robot, cycles } = await bench();
  const { motion } = robot.controller;
  robot.controller.runScript("def go():\n speedj([0.4,0,0,0,0,0], 4, 0.2)\n sleep(9)\nend\n");
  cycles(100);
  expect(motion.qd_radps[0]).toBeCloseTo(0.4, 9);
  cycles(25); // 0.4/4 = 0.1 s = 50 cycles to rest
  expect(Math.abs(motion.qd_radps[0]! - 0.2)).toBeLessThan(0.02);
  cycles(30);
  expect(motion.atRest).toBe(true);
  expect(robot.controller.runner.isRunning).toBe(true);
});
