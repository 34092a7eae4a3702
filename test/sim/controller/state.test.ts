import { expect, it } from "vitest";
import { compileLayout, encodeDataPackage } from "ur-rtde-ts";
import { SIM_OUTPUT_TYPES } from "../../../src/sim/controller/output-fields.ts";
import { bench, texts } from "./robot-in-memory.ts";

it("has a value for every output a UR5e sends, moving or not, on or off", async () => {
  const fields = Object.entries(SIM_OUTPUT_TYPES).map(([name, type]) => ({ name, type }));
  const layout = compileLayout(fields);
  for (const poweredOn of [true, false]) {
    const { robot, cycles } = await bench({ poweredOn });
    robot.controller.runScript("def p():\n speedj([0.1,0.2,0.3,0.4,0.5,0.6], 5, 0.3)\nend\n");
    for (let n = 0; n < 5; n++) {
      cycles(20);
      const bytes = encodeDataPackage(layout, 1, robot.controller.outputs); // throws for a value that does not fit
      expect(bytes.length).toBe(4 + layout.byteLength);
    }
  }
});

it("starts its clock above 40 s and moves it by exact cycles", async () => {
  const { robot, cycles } = await bench();
  const { controller } = robot;
  expect(controller.timeS).toBe(42);
  cycles(1);
  expect(controller.timeS).toBe(42.002);
  cycles(4999);
  expect(controller.timeS).toBe(52);
});

it("needs power and released brakes to run a program, and drops its arm never", async () => {
  const { robot, said, cycles, until } = await bench({ poweredOn: false });
  const { controller } = robot;
  const q_rad = [...controller.plant.q_rad];
  controller.runScript("movej([0,0,0,0,0,0])\n");
  cycles(5);
  expect(texts(said)).toEqual(["Program cannot start: the robot mode is POWER_OFF"]);
  const modes = new Set<string>();
  controller.power.powerOn();
  until(() => modes.add(controller.power.mode) && controller.power.mode === "IDLE");
  cycles(500);
  expect(controller.power.mode).toBe("IDLE");
  controller.power.releaseBrakes();
  until(() => modes.add(controller.power.mode) && controller.power.mode === "RUNNING");
  expect([...modes]).toEqual(["POWER_OFF", "BOOTING", "POWER_ON", "IDLE", "RUNNING"]);
  cycles(200);
  controller.plant.q_rad.forEach((q, i) => expect(q).toBeCloseTo(q_rad[i]!, 3));
  controller.powerOff();
  cycles(1);
  expect(controller.outputs.robot_mode).toBe(3);
  expect(controller.outputs.robot_status_bits).toBe(0);
});

it("unlocks a protective stop after five seconds, not before", async () => {
  const { robot, said, cycles } = await bench();
  const { controller } = robot;
  controller.runScript("def p():\n protective_stop()\n sleep(10)\nend\n");
  cycles(2);
  expect(texts(said)).toEqual([
    "PROGRAM_XXX_STARTED p",
    "C209A0 warning",
    "PROGRAM_XXX_STOPPED p",
    "safety-mode",
  ]);
  expect(controller.outputs.safety_status_bits).toBe((1 << 2) | (1 << 10));
  cycles(2400);
  expect(controller.safety.unlock()).toBe(false);
  cycles(100);
  expect(controller.safety.unlock()).toBe(true);
  expect(controller.outputs.safety_mode).toBe(1);
});

it("switches off in an emergency stop and comes back by way of power on", async () => {
  const { robot, cycles, until } = await bench();
  const { controller } = robot;
  controller.runScript("def p():\n sleep(10)\nend\n");
  cycles(5);
  controller.emergencyStop();
  cycles(1);
  expect(controller.outputs.safety_mode).toBe(7);
  expect(controller.runner.state).toBe("STOPPED");
  expect(controller.power.mode).toBe("POWER_OFF");
  expect(controller.modes.powerOn()).toBe(false); // not while the button is pressed
  controller.modes.set("robot-emergency-stop", false);
  controller.power.releaseBrakes();
  until(() => controller.power.mode === "RUNNING");
  expect(controller.outputs.safety_status).toBe(1);
});

it("stops for a blow to the bow", async () => {
  const { robot, said, cycles } = await bench({ plant: { forceBiasN: [0, 0, 160] } });
  cycles(2);
  expect(texts(said)).toEqual(["C157A0 violation", "safety-mode"]);
  expect(robot.controller.safety.status).toBe("PROTECTIVE_STOP");
});

it("stops when a joint is not where it was sent", async () => {
  const { robot } = await bench();
  const { motion, monitor, plant, sensors } = robot.controller;
  motion.place(plant.q_rad.map((q, i) => (i === 3 ? q + 0.049 : q)));
  expect(monitor.observe(motion, sensors)).toBeUndefined();
  expect(monitor.deviationRatio).toBeCloseTo(0.98, 9); // 0.049 of 0.05 rad
  motion.place(plant.q_rad.map((q, i) => (i === 3 ? q - 0.051 : q)));
  expect(monitor.observe(motion, sensors)).toMatchObject({ code: 153, argument: 3 });
});

it("ends a program with the line of its error and leaves the next one be", async () => {
  const { robot, said, cycles } = await bench();
  const { controller } = robot;
  controller.runScript("def bad():\n  x = 1 / 0\nend\n");
  cycles(2);
  expect(texts(said)[1]).toMatch(/^2:\d+ Division by zero/);
  expect(controller.outputs.runtime_state).toBe(1);
  controller.runScript("def good():\n  sleep(1)\nend\n");
  cycles(2);
  expect(controller.outputs.runtime_state).toBe(2);
  expect(controller.outputs.robot_status_bits).toBe(3);
  said.length = 0;
  controller.runScript("def worse():\n  nonsense()\nend\n"); // does not compile: the good one goes on
  cycles(2);
  expect(texts(said)[0]).toMatch(/^2:3 compile_error_name_not_found:nonsense/);
  expect(controller.runner.programName).toBe("good");
  expect(controller.runner.isRunning).toBe(true);
});

it("runs a secondary program beside the primary one", async () => {
  const { robot, said, cycles } = await bench();
  robot.controller.runScript("def main():\n sleep(1)\nend\n");
  cycles(2);
  robot.controller.runScript("sec side():\n set_digital_out(3, True)\nend\n");
  cycles(1);
  expect(robot.controller.io.digitalOutputs).toBe(1 << 3);
  expect(robot.controller.runner.isRunning).toBe(true);
  expect(said).toHaveLength(1);
});

it("stops a program whose watchdog is not fed", async () => {
  const { robot, said, cycles } = await bench();
  const { controller } = robot;
  controller.runScript(
    'def p():\n rtde_set_watchdog("input_int_register_24", 10, "stop")\n sleep(10)\nend\n',
  );
  const layout = compileLayout([{ name: "input_int_register_24", type: "INT32" }]);
  for (let n = 0; n < 20; n++) {
    controller.inputs.accept(layout, new Uint8Array(4), controller.cycle); // every 40 cycles; 50 are the limit
    cycles(40);
  }
  expect(controller.runner.isRunning).toBe(true);
  cycles(9);
  expect(controller.runner.isRunning).toBe(true);
  cycles(3);
  expect(controller.runner.isRunning).toBe(false);
  expect(texts(said)[1]).toMatch(/input_int_register_24 was not written in time: stop/);
});

it("lets a blocking popup wait until it is closed", async () => {
  const { robot, said, cycles } = await bench();
  robot.controller.runScript('def p():\n popup("look", blocking=True)\n textmsg("seen")\nend\n');
  cycles(50);
  expect(texts(said)).toEqual(["PROGRAM_XXX_STARTED p", "popup"]);
  robot.controller.closePopups();
  cycles(1);
  expect(texts(said)).toContain("seen");
});

it("tells force and torque about the TCP that is set", async () => {
  const { robot, cycles } = await bench({ plant: { forceBiasN: [0, 0, 10] } });
  const { controller } = robot;
  cycles(1);
  expect(controller.outputs.actual_TCP_force).toEqual([0, 0, 10, 0, 0, 0]);
  const bow = controller.actualTool.pose.slice(0, 3);
  controller.runScript("set_tcp(p[0,0,0,0,0,0])\n");
  cycles(2);
  const flange = controller.actualTool.pose.slice(0, 3);
  const [x, y] = [bow[0]! - flange[0]!, bow[1]! - flange[1]!]; // (x, y, z) × (0, 0, 10) = (10 y, −10 x, 0)
  const told = controller.outputs.actual_TCP_force as number[];
  expect(told[2]).toBeCloseTo(10, 9);
  expect(told[3]).toBeCloseTo(10 * y, 6);
  expect(told[4]).toBeCloseTo(-10 * x, 6);
  expect(Math.hypot(x, y)).toBeGreaterThan(0.1);
});

it("has its elbow at the end of the upper arm", async () => {
  const { robot } = await bench({ startQ_rad: [0.3, -Math.PI / 2, 0.5, 0, 0, 0] });
  const [x, y, z] = robot.controller.outputs.elbow_position as number[];
  expect(z).toBeCloseTo(0.1625 + 0.425, 9); // upright
  expect(Math.hypot(x!, y!)).toBeCloseTo(0, 9);
});

it("tells how fast the elbow moves: as its position changes", async () => {
  const { robot, cycles } = await bench();
  robot.controller.runScript("def go():\n  speedj([0.3, -0.2, 0.1, 0, 0, 0], 2, 5)\nend\n");
  cycles(500);
  const { outputs } = robot.controller;
  const before = outputs.elbow_position as number[];
  const velocity = outputs.elbow_velocity as number[];
  cycles(1);
  const after = outputs.elbow_position as number[];
  expect(Math.hypot(...velocity)).toBeGreaterThan(0.05);
  velocity.forEach((v, i) => expect((after[i]! - before[i]!) / 0.002).toBeCloseTo(v, 3));
});

it("feels its weight with the accelerometer of the tool, in the axes of the flange", async () => {
  // All joints zero: the flange's axes are x along −x, y up, z along −y of the base (the data sheet's angles).
  const { robot, cycles } = await bench({ startQ_rad: [0, 0, 0, 0, 0, 0] });
  cycles(1);
  const felt = robot.controller.outputs.actual_tool_accelerometer as number[];
  [0, 9.82, 0].forEach((a, i) => expect(Math.abs(felt[i]!)).toBeCloseTo(a, 1));
  expect(Math.hypot(...felt)).toBeCloseTo(9.82, 6);
});

it("tells the kinds of inputs and the tool's outputs as a program has set them", async () => {
  const { robot, cycles } = await bench();
  const { outputs, io } = robot.controller;
  expect([outputs.analog_io_types, outputs.tool_analog_input_types, outputs.tool_mode]).toEqual([15, 3, 253]);
  robot.controller.runScript(`def wire():
  set_standard_analog_input_domain(0, 0)
  set_tool_analog_input_domain(1, 0)
  set_tool_output_mode(1)
  set_tool_digital_output_mode(1, 3)
  sleep(0.1)
end
`);
  io.setInput(9, true);
  cycles(2);
  expect(outputs).toMatchObject({
    analog_io_types: 0b1110,
    tool_analog_input_types: 0b01,
    tool_output_mode: 1,
    tool_digital_output0_mode: 1,
    tool_digital_output1_mode: 3,
    actual_configurable_digital_input_bits: 2n,
  });
});

it("draws energy while it is on, and tells that the freedrive button is pressed", async () => {
  const { robot, cycles } = await bench();
  const { outputs } = robot.controller;
  cycles(500);
  const joules = outputs.actual_robot_energy_consumed as number;
  expect(joules).toBeGreaterThan(20); // a second at more than the 29 W of an arm that does nothing
  robot.controller.setFreedrive(true);
  expect(outputs.robot_status_bits).toBe(1 | 4);
  robot.controller.setFreedrive(false);
  robot.controller.powerOff();
  cycles(500);
  const off = outputs.actual_robot_energy_consumed as number;
  cycles(100);
  expect(outputs.actual_robot_energy_consumed).toBe(off);
  expect(outputs.tool_mode).toBe(239);
});
