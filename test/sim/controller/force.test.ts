import { expect, it } from "vitest";
import { fromUrPose, type UrPose } from "../../../src/math/pose.ts";
import { guideTo, push, wall } from "../../../src/sim/plant/hand.ts";
import { bench, texts } from "./robot-in-memory.ts";

/** Down, in the base, as the bench's bow does not play there. */
const pressing = (more = ""): string => `def go():
  p = get_target_tcp_pose()
  force_mode_set_gain_scaling(0.5)
  ${more}
  force_mode(p[0,0,0,0,0,0], [0,0,1,0,0,0], [0,0,10,0,0,0], 2, [0.1,0.1,0.05,0.2,0.2,0.2])
  sleep(20)
end
`;

it("presses in force mode with the force asked for, against a wall", async () => {
  const { robot, cycles } = await bench();
  const { controller } = robot;
  const [x, y, z] = controller.actualTool.pose;
  controller.plant.setOutside(wall([x!, y!, z! + 0.02], [0, 0, -1], 5000));
  controller.runScript(pressing());
  cycles(3000);
  const told = controller.outputs.actual_TCP_force as number[];
  expect(told[2]).toBeCloseTo(-10, 2);
  expect(controller.actualTool.pose[2]! - z! - 0.02).toBeCloseTo(10 / 5000, 5);
  expect(Math.abs(controller.actualTool.pose[0]! - x!)).toBeLessThan(1e-4); // stiff where it was not told to give way
  expect(controller.safety.status).toBe("NORMAL");
});

it("goes through the air in force mode no faster than the limit, and stops when it ends", async () => {
  const { robot, cycles } = await bench();
  const { controller } = robot;
  controller.runScript(pressing().replace("sleep(20)", "sleep(1)\n  end_force_mode()\n  sleep(20)"));
  cycles(450);
  // 10 N over (200 + 0.005·2000)/0.5 N s/m = 23.8 mm/s
  expect(controller.targetTool.speed[2]).toBeCloseTo(10 / 420, 6);
  cycles(200);
  expect(controller.motion.atRest).toBe(true);
  const z = controller.targetTool.pose[2]!;
  cycles(100);
  expect(controller.targetTool.pose[2]).toBe(z);
});

it("moves on its path in the stiff axes while it gives way in the others", async () => {
  const { robot, cycles, until } = await bench();
  const { controller } = robot;
  const from = [...controller.actualTool.pose];
  controller.plant.setOutside(wall([from[0]!, from[1]!, from[2]! + 0.005], [0, 0, -1], 5000));
  controller.runScript(
    pressing("").replace("sleep(20)", "sleep(1)\n  p[0] = p[0] - 0.1\n  movel(p, v=0.1)\n  sleep(1)"),
  );
  cycles(2);
  until(() => !controller.runner.isRunning);
  expect(controller.actualTool.pose[0]! - from[0]!).toBeCloseTo(-0.1, 3);
  expect(Math.abs(controller.actualTool.pose[1]! - from[1]!)).toBeLessThan(1e-4);
  expect(controller.actualTool.pose[2]! - from[2]!).toBeCloseTo(0.007, 4);
  expect(controller.safety.status).toBe("NORMAL");
});

it("lets a hand take the tool to a pose in freedrive, and stays there afterwards", async () => {
  const { robot, cycles } = await bench();
  const { controller } = robot;
  const [x, y, z, ...turn] = controller.actualTool.pose;
  const goal = [x! - 0.05, y! + 0.03, z! + 0.08, ...turn] as unknown as UrPose;
  controller.runScript(
    "def teach():\n freedrive_mode()\n sleep(4)\n end_freedrive_mode()\n sleep(10)\nend\n",
  );
  cycles(50);
  controller.plant.setOutside(guideTo(() => fromUrPose("B", "T", goal)));
  cycles(1800);
  controller.plant.setOutside(undefined);
  cycles(200);
  goal.forEach((value, i) => {
    // The hand turns the wrist against its friction for seconds: 3 mrad are left.
    expect(Math.abs(controller.actualTool.pose[i]! - value)).toBeLessThan(i < 3 ? 0.001 : 0.005);
  });
  expect(controller.safety.status).toBe("NORMAL");
  const stood = [...controller.plant.q_rad];
  cycles(500);
  controller.plant.q_rad.forEach((q, i) => expect(Math.abs(q - stood[i]!)).toBeLessThan(2e-4));
});

it("stays where it is in freedrive when nobody pushes, and sinks when the payload is wrong", async () => {
  const still = await bench();
  still.robot.controller.runScript("def teach():\n freedrive_mode()\n sleep(10)\nend\n");
  const z = still.robot.controller.actualTool.pose[2]!;
  still.cycles(1000);
  expect(Math.abs(still.robot.controller.actualTool.pose[2]! - z)).toBeLessThan(1e-4);
  const heavy = await bench();
  heavy.robot.controller.plant.setHiddenMass(0.5);
  heavy.robot.controller.runScript("def teach():\n freedrive_mode()\n sleep(10)\nend\n");
  heavy.cycles(1000);
  expect(heavy.robot.controller.actualTool.pose[2]! - z).toBeLessThan(-0.01);
});

it("gives way in freedrive only in the axes that are free", async () => {
  const { robot, cycles } = await bench();
  const { controller } = robot;
  const from = [...controller.actualTool.pose];
  controller.plant.setOutside(push([-15, -15, 15, 0, 0, 0]));
  controller.runScript("def teach():\n freedrive_mode(freeAxes=[1,0,0,0,0,0])\n sleep(10)\nend\n");
  cycles(400);
  const now = controller.actualTool.pose;
  expect(now[0]! - from[0]!).toBeLessThan(-0.02);
  expect(Math.abs(now[1]! - from[1]!)).toBeLessThan(0.006); // 15 N over 4000 N/m
  expect(Math.abs(now[2]! - from[2]!)).toBeLessThan(0.006);
  expect(controller.safety.status).toBe("NORMAL");
});

it("does not let a program move the arm in freedrive", async () => {
  const { robot, said, cycles } = await bench();
  robot.controller.runScript(
    "def teach():\n freedrive_mode()\n sync()\n movej(get_target_joint_positions())\nend\n",
  );
  cycles(5);
  expect(texts(said)[1]).toMatch(/^4:2 The robot cannot be moved by the program while it is in freedrive/);
});

it("tells how far freedrive is from a singular pose", async () => {
  for (const [elbow, status] of [
    [1.2, 0],
    [0.1, 1],
    [0.03, 2],
  ] as const) {
    const { robot, cycles } = await bench({ startQ_rad: [0, -1.2, elbow, -1, -1.5, 0] });
    robot.controller.runScript("write_output_integer_register(0, get_freedrive_status())\n");
    cycles(2);
    expect(robot.controller.registers.outputIntegers[0]).toBe(status);
  }
});

it("finds the joints at which the tool met something", async () => {
  const { robot, cycles } = await bench();
  const { controller } = robot;
  const [x, y, z] = controller.actualTool.pose;
  controller.plant.setOutside(wall([x!, y!, z! + 0.02], [0, 0, -1], 20000));
  controller.runScript(`def feel():
  while True:
    back = tool_contact(direction=[0,0,1,0,0,0])
    if back > 0:
      q = get_actual_joint_positions_history(back)
      stopl(3)
      movel(q)
      write_output_integer_register(0, back)
      sleep(10)
    end
    speedl([0,0,0.02,0,0,0], 0.5, t=get_steptime())
  end
end
`);
  cycles(1200);
  expect(controller.registers.outputIntegers[0]).toBeGreaterThan(0);
  // The hand stands where it felt 1 N first: 0.05 mm in the wall; the arm lags what is commanded a little.
  expect(Math.abs(controller.actualTool.pose[2]! - z! - 0.02)).toBeLessThan(3e-4);
  expect(controller.safety.status).toBe("NORMAL");
});

it("zeroes the sensor, and takes the payload's weight off as it is set", async () => {
  const { robot, cycles } = await bench({ plant: { forceBiasN: [0, 2, 0] } });
  const { controller } = robot;
  const force = (): number[] => controller.outputs.actual_TCP_force as number[];
  cycles(1);
  expect(force()).toEqual([0, 2, 0, 0, 0, 0]);
  controller.runScript("zero_ftsensor()\n");
  cycles(2);
  force().forEach((value) => expect(value).toBeCloseTo(0, 12));
  const more = controller.setup.payloadKg + 0.5;
  controller.runScript(`set_target_payload(${more}, [0,0,0.05])\n`);
  cycles(2);
  expect(force()[2]).toBeCloseTo(0.5 * 9.82, 9); // half a kilogram is missing
  controller.runScript(`set_payload(${more}, [0,0,0.05])\n`); // also zeroes, as the manual says
  cycles(2);
  expect(force()[2]).toBeCloseTo(0, 9);
});

it("takes force and torque from RTDE where an external sensor is enabled, and pauses when it falls silent", async () => {
  const { robot, cycles } = await bench();
  const { controller } = robot;
  controller.runScript(
    "def go():\n set_tcp(p[0,0,0.1,0,0,0])\n ft_rtde_input_enable(True)\n sleep(10)\nend\n",
  );
  cycles(2);
  (controller.inputs.values as Record<string, unknown>).external_force_torque = Float64Array.of(
    3,
    0,
    0,
    0,
    0,
    0,
  );
  cycles(1);
  const { R } = controller.actualTool.X_BT;
  const told = controller.outputs.actual_TCP_force as number[];
  [R[0], R[3], R[6]].forEach((x, i) => expect(told[i]).toBeCloseTo(3 * x, 12)); // flange axes to base axes
  expect(Math.hypot(...told.slice(3))).toBeCloseTo(0.3, 12); // 3 N at 0.1 m
  cycles(60);
  expect(controller.runner.state).toBe("PAUSING"); // 10 Hz are asked for: 50 cycles
});

it("holds the arm under torques of the program: a spring and damper per joint", async () => {
  const { robot, cycles, until } = await bench();
  const { controller } = robot;
  const start = [...controller.plant.q_rad];
  controller.runScript(`def spring():
  goal = get_actual_joint_positions()
  goal[3] = goal[3] + 0.2
  n = 0
  while n < 2000:
    direct_torque(60 * (goal - get_actual_joint_positions()) - 8 * get_actual_joint_speeds())
    n = n + 1
  end
end
`);
  cycles(1000);
  expect(controller.plant.q_rad[3]! - start[3]!).toBeCloseTo(0.2, 3);
  expect(controller.plant.q_rad[1]! - start[1]!).toBeCloseTo(0, 3);
  until(() => !controller.runner.isRunning);
  cycles(200);
  expect(controller.motion.atRest).toBe(true);
  expect(controller.safety.status).toBe("NORMAL");
});

it("knows the arm's inertia and velocity torques: they explain the motors' torques on the move", async () => {
  const { robot, cycles } = await bench();
  const { controller } = robot;
  const { plant } = controller;
  const M = plant.massMatrix(plant.q_rad);
  for (let i = 0; i < 6; i++) {
    for (let j = 0; j < 6; j++) expect(M[6 * i + j]).toBeCloseTo(M[6 * j + i]!, 12);
    expect(M[7 * i]).toBeGreaterThan(0.08); // the rotors alone
  }
  // Power of the velocity torques is the change of inertia: q̇ᵀC = ½ q̇ᵀ Ṁ q̇.
  const qd = [0.3, -0.4, 0.5, 0.2, -0.6, 0.7];
  const h = 1e-5;
  const moved = (t: number) => plant.massMatrix(plant.q_rad.map((q, i) => q + t * qd[i]!));
  const [after, before] = [moved(h), moved(-h)];
  let change = 0;
  for (let i = 0; i < 6; i++)
    for (let j = 0; j < 6; j++)
      change += (qd[i]! * qd[j]! * (after[6 * i + j]! - before[6 * i + j]!)) / (2 * h);
  const C = plant.coriolisNm(plant.q_rad, qd);
  expect(C.reduce((sum, c, i) => sum + c * qd[i]!, 0)).toBeCloseTo(0.5 * change, 6);
  controller.runScript(
    "def ask():\n  m = get_mass_matrix()\n  write_output_float_register(0, m[1, 2])\n  j = get_jacobian()\n  v = j * get_actual_joint_speeds()\n  c = get_coriolis_and_centrifugal_torques()\n  d = get_jacobian_time_derivative()\n  write_output_float_register(1, norm(v - get_actual_tcp_speed()) + norm(c) + norm(d[0]))\nend\n",
  );
  cycles(2);
  expect(controller.registers.outputFloats[0]).toBeCloseTo(M[6 + 2]!, 9);
  expect(controller.registers.outputFloats[1]).toBeCloseTo(0, 6);
});
