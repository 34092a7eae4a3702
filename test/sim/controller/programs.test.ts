import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { bench, texts } from "./robot-in-memory.ts";

const program = (name: string): string =>
  readFileSync(new URL(`programs/${name}.script`, import.meta.url), "utf8");

it("runs a program shaped like a PolyScope export on the arm: waypoints, blend, timer, until, labels", async () => {
  const { robot, said, cycles, until } = await bench();
  const { controller } = robot;
  const home = [...controller.targetTool.pose];
  controller.runScript(program("bow-cycle"));
  let stoppedAt: number[] = [];
  let pressed = 0;
  cycles(1);
  const took = until(() => {
    // Somebody presses the button 0.3 s after the search began, each time.
    const searching = said.filter((message) => message.kind === "program-label" && message.id === 8).length;
    if (searching > pressed && controller.targetTool.speed[2]! > 0.049) {
      pressed = searching;
      controller.io.setInput(2, true);
    }
    if (said.some((message) => message.kind === "program-label" && message.id === 9))
      stoppedAt = [...controller.targetTool.pose];
    if (said.filter((message) => message.kind === "program-label" && message.id === 9).length === pressed)
      controller.io.setInput(2, false);
    return !controller.runner.isRunning;
  });
  const lines = texts(said);
  expect(lines[0]).toBe("PROGRAM_XXX_STARTED BowCycle");
  expect(lines.filter((line) => /^\d+:\d+ /.test(line))).toEqual([]);
  const labels = said.flatMap((message) => (message.kind === "program-label" ? [message.id] : []));
  const loop = [2, 3, 4, 5, 6, 7, 8, 9, 10];
  expect(labels).toEqual([1, ...loop, 11, ...loop, 12]);
  expect(controller.io.digitalOutputs & 0b110).toBe(0b100);
  expect(controller.safety.status).toBe("NORMAL");
  // 60 mm with a blend and 40 mm up at 0.25 m/s and 1.2 m/s²: (0.24 + 0.21 + 0.16 + 0.21) s less what the blend saves
  const timer = Number(lines.find((line) => line.startsWith("timer "))!.slice(6));
  expect(timer / 2).toBeGreaterThan(0.55);
  expect(timer / 2).toBeLessThan(0.85);
  expect(stoppedAt[2]).toBeLessThan(home[2]! + 0.2);
  const steps = Number(lines.find((line) => line.startsWith("steps "))!.slice(6));
  expect(Math.abs(steps - took)).toBeLessThanOrEqual(2);
});

it("runs a program shaped like a generated piece: structs, lists of notes, movep, a call after the end", async () => {
  const { robot, said, cycles, until } = await bench();
  const { controller } = robot;
  const origin = [...controller.targetTool.pose];
  controller.runScript(program("song-shape"));
  cycles(1);
  until(() => !controller.runner.isRunning);
  expect(texts(said)).toEqual([
    "PROGRAM_XXX_STARTED song",
    "[low1, high-1, low1]",
    "91",
    "PROGRAM_XXX_STOPPED song",
  ]);
  expect(controller.registers.outputIntegers[1]).toBe(3);
  expect(controller.targetTool.pose[0]! - origin[0]!).toBeCloseTo(0.08, 9); // the tip of the low string
  expect(controller.safety.status).toBe("NORMAL");
});

it("knows inputs and outputs by their older and newer names", async () => {
  const { robot, said, cycles } = await bench();
  const { io } = robot.controller;
  io.setInput(17, true);
  io.analogInputs[3] = 2.5;
  robot.controller.runScript(`def io():
  set_digital_out(9, True)
  set_configurable_digital_out(0, True)
  textmsg(get_tool_digital_out(1), get_digital_in(9))
  textmsg(get_tool_analog_in(1), get_analog_in(3))
  set_analog_outputdomain(0, 0)
  set_standard_analog_out(0, 0.5)
  textmsg(get_standard_analog_out(0))
  set_flag(32, True)
  write_port_register(130, -5)
  textmsg(get_flag(32), read_port_register(130))
  set_tool_voltage(24)
  set_tool_voltage(7)
end
`);
  cycles(2);
  expect(texts(said).slice(1, -1)).toEqual([
    "TrueTrue",
    "2.52.5",
    "0.012", // 4 mA and half of 16 mA
    "True-5",
    "13:3 set_tool_voltage: there are 0, 12 and 24 V, not 7 V",
  ]);
  expect(io.digitalOutputs).toBe((1 << 17) | (1 << 8));
  expect(io.toolVoltageV).toBe(24);
});

it("puts the simulated arm elsewhere with set_pos", async () => {
  const { robot, cycles } = await bench();
  robot.controller.runScript("set_pos([0.5, -1.2, 1.2, -1, -1.5, 0.25])\n");
  cycles(3);
  [0.5, -1.2, 1.2, -1, -1.5, 0.25].forEach((q, i) =>
    expect(robot.controller.plant.q_rad[i]).toBeCloseTo(q, 4),
  );
  expect(robot.controller.safety.status).toBe("NORMAL");
});

it("runs a program shaped like an offline tool's export: a reference frame, helpers inside, an arc, a call behind its end", async () => {
  const { robot, said, cycles, until } = await bench();
  const { controller } = robot;
  controller.runScript(program("post-processor"));
  cycles(1);
  until(() => controller.monitor.restCycles > 10 && Math.abs(controller.motion.q_rad[5]! - 0.2) < 1e-9);
  const start = [...controller.targetTool.pose];
  cycles(50);
  expect(controller.runner.state).toBe("PLAYING"); // no part yet
  controller.io.setInput(2, true);
  let torch = false;
  let farthest = 0;
  until(() => {
    torch ||= controller.io.isSet(5);
    farthest = Math.max(
      farthest,
      Math.hypot(...start.slice(0, 3).map((x, i) => controller.targetTool.pose[i]! - x)),
    );
    return !controller.runner.isRunning;
  });
  expect(texts(said)).toEqual(["PROGRAM_XXX_STARTED WeldSeam", "seam done", "PROGRAM_XXX_STOPPED WeldSeam"]);
  controller.targetTool.pose.forEach((x, i) => expect(x).toBeCloseTo(start[i]!, 4)); // `get_forward_kin` measures
  expect([torch, controller.io.isSet(5)]).toEqual([true, false]);
  expect(farthest).toBeGreaterThan(0.042); // the corner at 30 mm by 30 mm, less its blend; and not beyond the arc
  expect(farthest).toBeLessThan(0.055);
});
