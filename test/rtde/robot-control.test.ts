import { expect, it } from "vitest";
import { RobotControl } from "ur-rtde-ts";
import { armInStep, during, START_RAD } from "./arm-in-step.ts";
import { atTheArm, away, fastest, near } from "./control-at-the-arm.ts";

it("moves the joints, and resolves when the arm stands there", async () => {
  const { control, done, close } = await atTheArm();
  await done(control.moves.joints(away(0.2), { speed_radps: 1, acceleration_radps2: 3 }));
  near(control.state.actual_q, away(0.2));
  expect(fastest(control.state.target_qd)).toBe(0);
  expect(control.mode).toBe("idle");
  await close();
});

it("moves the tool straight, on a circle, and through blended waypoints", async () => {
  const { control, done, close } = await atTheArm();
  const start = [...control.state.actual_TCP_pose];
  const at = (dx: number, dy: number, dz: number) => [
    start[0]! + dx,
    start[1]! + dy,
    start[2]! + dz,
    ...start.slice(3),
  ];
  await done(control.moves.line(at(0.05, 0, 0), { speedMps: 0.2 }));
  near(control.state.actual_TCP_pose, at(0.05, 0, 0));
  await done(control.moves.arc(at(0.05, 0.03, 0.03), at(0.05, 0, 0.06), { speedMps: 0.2 }));
  near(control.state.actual_TCP_pose, at(0.05, 0, 0.06));
  const corner = at(0.1, 0, 0.06);
  let nearestM = Infinity;
  const stop = control.onState(({ actual_TCP_pose: p }) => {
    nearestM = Math.min(nearestM, Math.hypot(p[0]! - corner[0]!, p[1]! - corner[1]!, p[2]! - corner[2]!));
  });
  await done(
    control.moves.path([
      { kind: "line", pose: at(0.1, 0, 0.06), speedMps: 0.2, blendM: 0.02 },
      { kind: "process", pose: at(0.1, 0, 0), speedMps: 0.2, blendM: 0.02 },
      { kind: "joints", q_rad: START_RAD, speed_radps: 1 },
    ]),
  );
  stop();
  near(control.state.actual_q, START_RAD);
  expect(nearestM).toBeGreaterThan(0.003); // round the corner, not into it,
  expect(nearestM).toBeLessThan(0.02); // and no more than the blend allows
  await close();
});

it("stops a move when it is told to, and tells who waited for it", async () => {
  const { control, done, pass, close } = await atTheArm();
  const moved = control.moves.joints(away(0.6)).catch((error: unknown) => error);
  await pass(0.6);
  expect(control.mode).toBe("moving");
  await expect(done(control.moves.line([0, 0, 0, 0, 0, 0]))).rejects.toMatchObject({ code: "BUSY" });
  await done(control.stop());
  expect(await moved).toMatchObject({ name: "ControlError", code: "STOPPED" });
  expect(fastest(control.state.target_qd)).toBe(0);
  await done(control.moves.joints(START_RAD, { speed_radps: 2 })); // and the same program goes on
  near(control.state.actual_q, START_RAD);
  await close();
});

it("stops the arm when a move's signal fires", async () => {
  const { control, done, pass, close } = await atTheArm();
  const abort = new AbortController();
  const moved = control.moves.joints(away(0.6), { signal: abort.signal }).catch((error: unknown) => error);
  await pass(0.6);
  abort.abort();
  expect(await done(moved)).toMatchObject({ code: "ABORTED" });
  expect(fastest(control.state.target_qd)).toBe(0);
  await close();
});

it("follows servo targets, and comes to rest when they stop coming", async () => {
  const { robot, control, done, close } = await atTheArm({ streamHoldS: 0.1 });
  await done(control.ready());
  const bow = (t: number) => START_RAD.map((q, j) => q + (j === 0 ? 0.2 * Math.sin(2 * t) : 0));
  let t = 0;
  const stop = control.onState(() => {
    if (t < 1) control.streams.servoJoints(bow((t += 0.002)), { lookaheadS: 0.03, gain: 2000 });
  });
  const offs: number[] = [];
  control.onState(({ target_q }) => {
    // Two cycles from the host to the servo, and its lag of 34 ms.
    if (t > 0.2 && t < 1) offs.push(Math.abs(target_q[0]! - bow(t - 0.004 - 0.034)[0]!));
  });
  while (t < 1) robot.stepCycle();
  expect(control.mode).toBe("servoing");
  expect(Math.max(...offs)).toBeLessThan(0.002);
  for (let cycle = 0; cycle < 250; cycle++) robot.stepCycle();
  expect(control.mode).toBe("idle");
  expect(fastest(control.state.target_qd)).toBeLessThan(1e-6);
  stop();
  // The program is still there: a move may follow at once.
  await done(control.moves.joints(START_RAD));
  await close();
});

it("turns joints and moves the tool at a speed", async () => {
  const { control, done, pass, close } = await atTheArm();
  await done(control.ready());
  const turning = control.onState(() => control.streams.speedJoints([0, 0, 0, 0.5, 0, 0], 3));
  await pass(1);
  expect(control.state.actual_qd[3]).toBeCloseTo(0.5, 2);
  turning();
  await done(control.streams.stop());
  expect(fastest(control.state.target_qd)).toBe(0);
  const moving = control.onState(() => control.streams.speedTool([0, 0, 0.05, 0, 0, 0]));
  await pass(1);
  expect(control.state.actual_TCP_speed[2]).toBeCloseTo(0.05, 2);
  moving();
  await done(control.streams.stop());
  await close();
});

it("yields to forces, and is moved by hand", async () => {
  const { control, done, pass, close } = await atTheArm();
  await done(control.force.zeroSensor());
  await done(control.force.setDamping(0.1));
  const before = control.state.actual_TCP_pose[2]!;
  await done(
    control.force.begin({
      compliant: [false, false, true, false, false, false],
      wrench: [0, 0, -5, 0, 0, 0],
      limits: [0.05, 0.05, 0.05, 0.2, 0.2, 0.2],
    }),
  );
  await pass(1);
  expect(control.state.actual_TCP_pose[2]!).toBeLessThan(before - 0.005); // nothing there pushes back
  await done(control.force.end());
  await done(control.hand.begin());
  expect(control.mode).toBe("hand-guided");
  expect(await done(control.hand.status())).toBe("free");
  await done(control.hand.end());
  expect(control.mode).toBe("idle");
  await close();
});

it("answers questions from the controller's own kinematics", async () => {
  const { control, done, pass, close } = await atTheArm();
  const pose = await done(control.kinematics.forward(START_RAD));
  near(pose, control.state.actual_TCP_pose, 4);
  near(await done(control.kinematics.inverse(pose, START_RAD)), START_RAD, 6);
  await expect(done(control.kinematics.inverse([5, 0, 0, 0, 0, 0]))).rejects.toMatchObject({
    code: "NO_SOLUTION",
    message: "No joints put the tool at [5.000, 0.000, 0.000, 0.000, 0.000, 0.000].",
  });
  expect(await done(control.kinematics.isWithinLimits({ q_rad: START_RAD }))).toBe(true);
  expect(await done(control.kinematics.isSteady())).toBe(false); // it has hardly begun
  await pass(0.6);
  expect(await done(control.kinematics.isSteady())).toBe(true);
  expect(await done(control.kinematics.jointTorques())).toHaveLength(6);
  await close();
});

it("sets tool, payload, outputs and the speed slider", async () => {
  const { robot, control, done, pass, close } = await atTheArm();
  await done(control.tool.setTcp([0, 0, 0.1, 0, 0, 0]));
  await done(control.tool.setPayload({ massKg: 0.5, centre_F_m: [0, 0, 0.05] }));
  await done(control.tool.setGravity([0, 0, 9.82]));
  await done(control.tool.setVoltage(12));
  expect(robot.controller.setup.payloadKg).toBe(0.5);
  expect(robot.controller.setup.tcp_F[2]).toBe(0.1);
  await done(control.io.setDigital("standard", 3, true));
  await done(control.io.setDigital("tool", 1, true));
  await done(control.io.setAnalog(0, 0.25));
  await done(control.io.setSpeedSlider(0.5));
  await pass(0.5);
  expect(control.io.isOutputOn("standard", 3)).toBe(true);
  expect(control.io.isOutputOn("tool", 1)).toBe(true);
  expect(control.io.isOutputOn("configurable", 3)).toBe(false);
  expect(control.state.target_speed_fraction).toBeCloseTo(0.5, 6);
  await expect(control.io.setDigital("tool", 2, true)).rejects.toThrow("tool digital output 2 is not 0 to 1");
  await expect(control.io.setSpeedSlider(1.5)).rejects.toThrow("fraction is 1.5; it must be 0 to 1.");
  await close();
});

it("comes to rest and ends by itself when the host hangs in the middle of a move", async () => {
  const { robot, host, control, pass } = await atTheArm({ hostSilenceS: 0.3 });
  void control.moves.joints(away(1)).catch(() => undefined);
  await pass(0.6);
  host.isMute = true;
  await pass(0.25);
  expect(robot.controller.runner.state).toBe("PLAYING");
  await pass(1);
  expect(robot.controller.runner.state).toBe("STOPPED");
  expect(fastest(control.state.actual_qd)).toBeLessThan(0.002);
  expect(control.state.actual_q[0]).toBeLessThan(START_RAD[0] + 0.9);
  host.isMute = false;
  await control.close();
});

it("reports a protective stop to who waits, recovers once somebody has looked, and starts again", async () => {
  const { robot, control, done, pass, close } = await atTheArm();
  const conditions: string[] = [];
  control.onCondition(({ name }) => conditions.push(name));
  const moved = control.moves.joints(away(0.6)).catch((error: unknown) => error);
  await pass(0.4);
  await done(control.protectiveStop());
  expect(await done(moved)).toMatchObject({
    code: "ROBOT_STOPPED",
    condition: { name: "protective-stop", needsInspection: true },
  });
  await expect(done(control.moves.joints(START_RAD))).rejects.toMatchObject({ code: "NOT_READY" });
  await expect(done(control.recover())).rejects.toMatchObject({ code: "NEEDS_INSPECTION" });
  for (let cycle = 0; cycle < 2600; cycle++) robot.stepCycle(); // five seconds
  expect(await done(control.recover({ inspected: true }))).toEqual(["unlock-protective-stop"]);
  await done(control.moves.joints(START_RAD));
  near(control.state.actual_q, START_RAD);
  expect(conditions).toEqual(["ready", "protective-stop", "ready"]);
  await close();
});

it("tells why its program ended, and starts it again with the next command", async () => {
  const { robot, control, done, pass, close } = await atTheArm();
  const failed = control.moves.jointsToPose([3, 0, 0, 0, 0, 0]);
  await expect(done(failed)).rejects.toMatchObject({
    code: "PROGRAM_ENDED",
    cause: { name: "ScriptError", code: "EXCEPTION", stage: "run", sourceLine: /movej/ },
  });
  const replaced = control.moves.joints(away(0.5)).catch((error: unknown) => error);
  await pass(0.3);
  robot.controller.runScript("def other():\n  sleep(0.1)\nend\n");
  expect(await done(replaced)).toMatchObject({ code: "PROGRAM_ENDED" });
  await done(control.moves.joints(START_RAD));
  await close();
});

it("makes way for a path that is streamed over the same connection, and comes back", async () => {
  const { control, done, close } = await atTheArm();
  await done(control.moves.joints(START_RAD));
  const stream = await done(control.stream({ first_rad: START_RAD }));
  await expect(done(control.moves.joints(START_RAD))).rejects.toMatchObject({ code: "BUSY" });
  const knots = Array.from({ length: 26 }, (_, k) => {
    const s = k / 25;
    const ease = (order: readonly number[]) => order.reduce((sum, c, n) => sum + c * s ** n, 0);
    // A quintic from rest to rest in half a second, a tenth of a radian.
    return {
      timeS: s / 2,
      q_rad: START_RAD.map((q) => q + 0.1 * ease([0, 0, 0, 10, -15, 6])),
      qd_radps: START_RAD.map(() => 0.2 * ease([0, 0, 30, -60, 30])),
      qdd_radps2: START_RAD.map(() => 0.4 * ease([0, 60, -180, 120])),
      last: k === 25,
    };
  });
  expect((await done(stream.play(knots))).phase).toBe("finished");
  near(control.state.actual_q, away(0.1));
  stream.close();
  await done(control.moves.joints(START_RAD));
  near(control.state.actual_q, START_RAD);
  await close();
});

it("starts nothing on a robot that cannot move, and says what to do", async () => {
  const arm = await armInStep(START_RAD, false);
  const control = await during(arm.robot, RobotControl.open(arm.streams));
  await expect(during(arm.robot, control.moves.joints(START_RAD))).rejects.toMatchObject({
    code: "NOT_READY",
    message: "The arm has no power. `recover()` makes it ready.",
  });
  expect(() => control.streams.servoJoints(START_RAD)).toThrow("The arm has no power.");
  await expect(control.moves.joints([1, 2])).rejects.toThrow("q_rad is [1, 2]; it must be 6 numbers.");
  await during(arm.robot, control.recover());
  await during(arm.robot, control.moves.joints(START_RAD));
  await during(arm.robot, control.close());
});
