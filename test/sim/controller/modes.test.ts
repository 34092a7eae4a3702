import { expect, it } from "vitest";
import { seededRandom } from "../../../src/math/random.ts";
import { RobotModes, type SafetyCause } from "../../../src/sim/controller/robot-modes.ts";
import { bench, texts } from "./robot-in-memory.ts";

const MOVING =
  'def go():\n q = get_target_joint_positions()\n q[0] = q[0] + 1\n movej(q, a=1.4, v=0.5)\n textmsg("there")\nend\n';
const RESTING = { atRest: true, inRange: true };

it("keeps the laws of power and safety, whatever is pressed in whatever order", () => {
  const random = seededRandom(11);
  const causes: SafetyCause[] = [
    "robot-emergency-stop",
    "system-emergency-stop",
    "safeguard-stop",
    "reduced-mode",
    "violation",
    "fault",
  ];
  const seen = new Set<string>();
  for (let round = 0; round < 60; round++) {
    const modes = new RobotModes(round % 2 === 0 ? "POWER_OFF" : "RUNNING");
    for (let n = 0; n < 150; n++) {
      const pick = Math.floor(random() * 10);
      if (pick === 0) modes.powerOn();
      else if (pick === 1) modes.releaseBrakes();
      else if (pick === 2 && random() < 0.3) modes.powerOff();
      else if (pick === 3) modes.protectiveStop();
      else if (pick === 4) modes.unlock();
      else if (pick === 5) modes.restart();
      else modes.set(causes[Math.floor(random() * 6)]!, random() < 0.2);
      const condition = { atRest: random() < 0.9, inRange: random() < 0.7 };
      for (let i = 0; i < 200; i++) modes.step(condition);
      seen.add(modes.status);
      const powerless = ["robot-emergency-stop", "system-emergency-stop", "violation", "fault"] as const;
      if (powerless.some((cause) => modes.has(cause)) && condition.atRest)
        expect(modes.mode).toBe("POWER_OFF");
      if (modes.has("fault")) expect(modes.status).toBe("FAULT");
      expect(modes.isNormal).toBe(modes.status === "NORMAL" || modes.status === "REDUCED");
      if (modes.status === "RECOVERY") expect(condition.inRange).toBe(false);
    }
    modes.restart();
    for (const cause of causes) modes.set(cause, false);
    expect(modes.releaseBrakes()).toBe(true);
    for (let n = 0; n < 1000; n++) modes.step(RESTING);
    expect([modes.mode, modes.status]).toEqual(["RUNNING", "NORMAL"]); // there is always a way back
  }
  expect([...seen].sort()).toEqual(
    [
      "FAULT",
      "NORMAL",
      "PROTECTIVE_STOP",
      "RECOVERY",
      "REDUCED",
      "ROBOT_EMERGENCY_STOP",
      "SAFEGUARD_STOP",
      "SYSTEM_EMERGENCY_STOP",
      "VIOLATION",
    ].sort(),
  );
});

it("brakes in an emergency stop before it takes the power, and ends the program", async () => {
  const { robot, said, cycles, until } = await bench();
  const { controller } = robot;
  controller.runScript(MOVING);
  cycles(250);
  expect(controller.motion.qd_radps[0]).toBeCloseTo(0.5, 9);
  controller.emergencyStop();
  cycles(1);
  expect(controller.outputs.safety_status_bits).toBe((1 << 6) | (1 << 7) | (1 << 10));
  expect(controller.modes.mode).toBe("RUNNING");
  const braking = until(() => controller.modes.mode === "POWER_OFF"); // 0.5/15 s = 17 cycles
  expect(Math.abs(braking - 17)).toBeLessThanOrEqual(2);
  expect(texts(said)).toContain("PROGRAM_XXX_STOPPED go");
});

it("stands still behind a light barrier and goes on by itself when it is free, on the same path", async () => {
  const { robot, said, cycles, until } = await bench();
  const { controller } = robot;
  const goal = controller.motion.q_rad[0]! + 1;
  controller.runScript(MOVING);
  cycles(400);
  controller.modes.set("safeguard-stop", true);
  cycles(200);
  expect(controller.runner.state).toBe("PAUSED");
  expect(controller.outputs.safety_mode).toBe(5);
  const stood = controller.motion.q_rad[0]!;
  expect(controller.runner.resume()).toBe(false); // nobody can play on meanwhile
  cycles(300);
  expect(controller.motion.q_rad[0]).toBe(stood);
  controller.modes.set("safeguard-stop", false);
  until(() => !controller.runner.isRunning);
  expect(controller.motion.q_rad[0]).toBeCloseTo(goal, 9);
  expect(texts(said)).toContain("there");
});

it("leaves a pause of the operator's alone when the light barrier is free again", async () => {
  const { robot, cycles } = await bench();
  const { controller } = robot;
  controller.runScript(MOVING);
  cycles(100);
  controller.runner.pause();
  cycles(200);
  controller.modes.set("safeguard-stop", true);
  cycles(10);
  controller.modes.set("safeguard-stop", false);
  cycles(200);
  expect(controller.runner.state).toBe("PAUSED");
});

it("runs motions slower in reduced mode, on the same path", async () => {
  const { robot, cycles, until } = await bench();
  const { controller } = robot;
  const start = controller.motion.q_rad[0]!;
  controller.modes.set("reduced-mode", true);
  cycles(10);
  controller.runScript(
    "def go():\n q = get_target_joint_positions()\n q[0] = q[0] + 2\n movej(q, a=2, v=2.5)\nend\n",
  );
  let fastest = 0;
  cycles(2);
  until(() => {
    fastest = Math.max(fastest, Math.hypot(...controller.targetTool.speed.slice(0, 3)));
    return !controller.runner.isRunning;
  });
  expect(controller.outputs.safety_mode).toBe(2);
  expect(controller.motion.q_rad[0]! - start).toBeCloseTo(2, 9);
  expect(fastest).toBeLessThan(0.79); // 0.75 m/s, and what the cap lags behind
  expect(fastest).toBeGreaterThan(0.7);
});

it("loses power in a violation, forgets it in a restart, and comes back by way of power on", async () => {
  const { robot, cycles, until } = await bench();
  const { controller } = robot;
  controller.modes.set("violation", true);
  cycles(2);
  expect([controller.outputs.safety_mode, controller.modes.mode]).toEqual([8, "POWER_OFF"]);
  controller.modes.set("violation", false); // does not help
  expect(controller.modes.powerOn()).toBe(false);
  controller.restartSafety();
  expect(controller.modes.releaseBrakes()).toBe(true);
  until(() => controller.modes.mode === "RUNNING");
  expect(controller.modes.status).toBe("NORMAL");
});

it("lets only a hand move an arm that is out of its range, until it is back", async () => {
  const { robot, said, cycles, until } = await bench({
    poweredOn: false,
    startQ_rad: [6.4, -1.2, 1.2, -1, -1.5, 0],
  });
  const { controller } = robot;
  controller.modes.releaseBrakes();
  until(() => controller.modes.mode === "RUNNING");
  cycles(1);
  expect(controller.modes.status).toBe("RECOVERY");
  controller.runScript("def go():\n sleep(1)\nend\n");
  cycles(2);
  expect(texts(said)).toContain("Program cannot start: the safety mode is RECOVERY");
  controller.setFreedrive(true);
  const [x, y] = controller.actualTool.pose;
  controller.plant.setOutside(() => [20 * (y! > 0 ? 1 : -1), -20 * (x! > 0 ? 1 : -1), 0, 0, 0, 0]);
  until(() => controller.plant.q_rad[0]! < 6.3);
  controller.plant.setOutside(undefined);
  controller.setFreedrive(false);
  cycles(200);
  expect(controller.modes.status).toBe("NORMAL");
});

it("leaves an arm in nobody's hand while a safeguard holds it, whatever button is pressed", async () => {
  const { robot, cycles } = await bench();
  const { controller } = robot;
  const isFree = (): boolean => controller.motion.torqueNm !== undefined;
  controller.setFreedrive(true);
  expect(isFree()).toBe(true);
  controller.modes.set("safeguard-stop", true);
  cycles(2);
  expect(isFree()).toBe(false);
  controller.setFreedrive(true);
  expect(isFree()).toBe(false);
  controller.modes.set("safeguard-stop", false);
  cycles(2);
  controller.setFreedrive(true);
  expect(isFree()).toBe(true);
});

it("stops protectively before a joint leaves its range", async () => {
  const { robot, said, cycles } = await bench({ startQ_rad: [6.2, -1.2, 1.2, -1, -1.5, 0] });
  robot.controller.runScript("def go():\n speedj([0.5,0,0,0,0,0], 5, 3)\nend\n");
  cycles(400);
  expect(texts(said)).toContain("C204A0 violation");
  expect(robot.controller.motion.q_rad[0]).toBeLessThan(6.36);
});

it("pauses a program that the pendant plays in a protective stop, at full braking, and lets it go on from there", async () => {
  const { robot, said, cycles, until } = await bench();
  const { controller } = robot;
  const goal = controller.motion.q_rad[0]! + 1;
  controller.runScript(MOVING, "pendant");
  cycles(400);
  expect(controller.motion.qd_radps[0]).toBeCloseTo(0.5, 9);
  const before = controller.motion.q_rad[0]!;
  controller.stopProtectively({ code: 157, argument: 0, text: "a test" });
  until(() => controller.motion.qd_radps[0] === 0);
  expect(controller.motion.q_rad[0]! - before).toBeLessThan(0.5 ** 2 / (2 * 15) + 2 * 0.001); // v² / 2a, and two cycles
  cycles(2);
  expect([controller.runner.state, controller.outputs.safety_mode]).toEqual(["PAUSED", 3]);
  expect(controller.runner.resume()).toBe(false); // not before it is unlocked
  cycles(2500);
  expect(controller.modes.unlock()).toBe(true);
  cycles(200);
  expect(controller.runner.state).toBe("PAUSED"); // nor by itself
  expect(controller.runner.resume()).toBe(true);
  until(() => !controller.runner.isRunning);
  expect(controller.motion.q_rad[0]).toBeCloseTo(goal, 9);
  expect(texts(said)).toContain("there");
});

it("ends a program in a protective stop that a client sent, or whose own motion cannot go on", async () => {
  const { robot, cycles, until } = await bench();
  const { controller } = robot;
  controller.runScript(MOVING);
  cycles(100);
  controller.stopProtectively({ code: 157, argument: 0, text: "a test" });
  cycles(1);
  expect(controller.runner.state).toBe("STOPPED");
  cycles(2600);
  controller.modes.unlock();
  controller.runScript("def far():\n movel(p[10, 0, 0, 0, 0, 0])\nend\n", "pendant");
  until(() => !controller.modes.isNormal); // it leaves the arm's reach on the way
  expect([controller.runner.state, controller.modes.status]).toEqual(["STOPPED", "PROTECTIVE_STOP"]);
});
