import { expect, it } from "vitest";
import { FrameDecoder, primaryFraming, PrimaryClient } from "ur-rtde-ts";
import { encodeRobotState } from "../../../src/sim/servers/robot-state.ts";
import { NOMINAL_UR5E } from "../../../src/kinematics/dh.ts";
import { celloInFront } from "../plant/cello-in-front.ts";
import { bench, texts } from "../controller/robot-in-memory.ts";

it("greets with its version and the whole state, then sends the state ten times a second", async () => {
  const one = await bench();
  const types: number[] = [];
  const decoder = new FrameDecoder(primaryFraming, ({ type }) => types.push(type));
  one.robot.connectScript().onData((bytes) => decoder.push(bytes));
  expect(types).toEqual([20, 16]);
  one.cycles(500);
  expect(types).toHaveLength(2 + 10);
});

it("lays out the robot state as a UR5e does", async () => {
  const { robot } = await bench();
  const bytes = encodeRobotState(robot.controller);
  const view = new DataView(bytes.buffer);
  const parts = new Map<number, number>();
  const lengths: number[] = [];
  for (let at = 5; at < bytes.length; at += view.getUint32(at)) {
    parts.set(view.getUint8(at + 4), at);
    lengths.push(view.getUint32(at));
  }
  // As captured from a UR5e of 5.x.
  expect(bytes.length).toBe(1386);
  expect([...parts.keys()]).toEqual([0, 1, 4, 5, 9, 3, 2, 6, 7, 8, 10, 11, 12]);
  expect(lengths).toEqual([47, 251, 101, 225, 53, 75, 37, 445, 61, 9, 43, 26, 8]);
  const [joints, cartesian, configuration] = [1, 4, 6].map((type) => parts.get(type)!);
  for (let i = 0; i < 6; i++)
    expect(view.getFloat64(joints! + 5 + 41 * i)).toBe(robot.controller.plant.q_rad[i]); // 3 doubles, 4 floats, 1 byte
  expect(view.getUint8(joints! + 5 + 40)).toBe(253);
  expect(view.getFloat64(cartesian! + 5)).toBeCloseTo(robot.controller.actualTool.pose[0]!, 12);
  expect(view.getFloat64(cartesian! + 5 + 48)).toBe(0.3); // TCP of the fixture
  expect(view.getFloat64(configuration! + 5 + 8)).toBe(6.3355451848);
  expect(view.getUint8(parts.get(0)! + 5 + 8 + 7)).toBe(7); // RUNNING
});

it("tells the nominal arm's kinematics so that they hash as UR's client library expects", async () => {
  const { robot } = await bench({ instrument: { ...celloInFront(), dh: NOMINAL_UR5E } });
  const bytes = encodeRobotState(robot.controller);
  const view = new DataView(bytes.buffer);
  let at = 5;
  while (view.getUint8(at + 4) !== 5) at += view.getUint32(at);
  const number = (block: number, joint: number) => view.getFloat64(at + 5 + 24 + 48 * block + 8 * joint);
  let text = "";
  for (let joint = 0; joint < 6; joint++)
    for (const block of [0, 2, 1, 3]) text += `${Number(number(block, joint).toPrecision(6))}`; // theta, d, a, alpha
  // std::hash of this text is 12788084448423163542, the nominal UR5e of ur_description.
  expect(text).toBe("00.162501.570800-0.425000-0.3922000.133301.570800.09970-1.570800.099600");
});

it("runs a program and tells its start and end", async () => {
  const one = await bench();
  const client = new PrimaryClient(one.robot.connectScript());
  const started = client.run("def song():\n  sleep(0.01)\nend");
  one.cycles(1);
  await started;
  const ended = client.run("def song():\n  sleep(0.01)\nend", { waitFor: "end" });
  one.cycles(10);
  await ended;
  expect(client.version).toMatchObject({ project: "URControl", major: 5, minor: 25 });
});

it("reports what does not compile with its line", async () => {
  const one = await bench();
  const client = new PrimaryClient(one.robot.connectScript());
  await expect(client.run("def song():\n  foo(1)\nend")).rejects.toMatchObject({
    code: "EXCEPTION",
    message: expect.stringContaining("compile_error_name_not_found:foo") as string,
    line: 2,
    column: 3,
  });
});

it("takes commands and programs in one piece, and cut anywhere", async () => {
  const one = await bench({ poweredOn: false });
  const stream = one.robot.connectScript();
  stream.onData(() => undefined);
  stream.write(Buffer.from("power on\nset robotmode run\n"));
  one.cycles(800);
  expect(one.robot.controller.power.mode).toBe("RUNNING");
  for (const byte of Buffer.from("stop program\ndef a():\n  while True:\n    sync()\n  end\nend\n"))
    stream.write(Uint8Array.of(byte));
  one.cycles(2);
  expect(one.robot.controller.runner.programName).toBe("a");
  stream.write(Buffer.from("stop program\ndef b():\n  sleep(9)\nend\nb()\n")); // files call their program at the end
  one.cycles(2);
  expect(texts(one.said)).toEqual([
    "PROGRAM_XXX_STARTED a",
    "PROGRAM_XXX_STOPPED a",
    "PROGRAM_XXX_STARTED b",
  ]);
  stream.write(Buffer.from("stop program\nset_standard_digital_out(2, True)\n"));
  one.cycles(2);
  expect(one.robot.controller.io.digitalOutputs).toBe(4);
});

it("runs every line of several that come at once; of those that take time the last one stays", async () => {
  const one = await bench();
  const stream = one.robot.connectScript();
  stream.onData(() => undefined);
  stream.write(
    Buffer.from("set_digital_out(0, True)\nset_digital_out(3, True)\nsleep(9)\nset_digital_out(4, True)\n"),
  );
  one.cycles(1);
  expect(one.robot.controller.io.digitalOutputs).toBe(0b11001);
  expect(one.robot.controller.runner.isRunning).toBe(false);
  stream.write(Buffer.from("sleep(9)\nsleep(0.01)\n"));
  one.cycles(2);
  expect(one.robot.controller.runner.isRunning).toBe(true);
  one.cycles(6);
  expect(one.robot.controller.runner.isRunning).toBe(false);
});
