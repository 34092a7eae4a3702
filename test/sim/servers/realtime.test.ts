import { expect, it } from "vitest";
import { bench } from "../controller/robot-in-memory.ts";

/** Offset of the n-th double after the size. */
const at = (n: number): number => 4 + 8 * n;

it("sends 1220 bytes every cycle, laid out as documented", async () => {
  const one = await bench();
  const packages: DataView[] = [];
  one.robot.connect("realtime").onData((bytes) => packages.push(new DataView(bytes.slice().buffer)));
  one.robot.controller.runScript("def go():\n  speedj([0.3, 0, 0, 0, 0, 0.1], 2, 100)\nend\n");
  one.cycles(250);
  expect(packages).toHaveLength(250);
  const view = packages.at(-1)!;
  const { controller } = one.robot;
  const vector = (n: number) => Array.from({ length: 6 }, (_, i) => view.getFloat64(at(n + i)));
  expect(view.byteLength).toBe(1220);
  expect(view.getUint32(0)).toBe(1220);
  expect(view.getFloat64(at(0))).toBe(42.5);
  // The offsets that scripts in the field use, e.g. `struct.unpack("!6d", data[252:300])` for the actual joints.
  expect(vector(1)).toEqual([...controller.motion.q_rad]);
  expect(vector(7)).toEqual([...controller.motion.qd_radps]);
  expect(at(31)).toBe(252);
  expect(vector(31)).toEqual([...controller.plant.q_rad]);
  expect(vector(37)).toEqual([...controller.plant.qd_radps]);
  expect(at(55)).toBe(444);
  expect(vector(55)).toEqual([...controller.actualTool.pose]);
  expect(at(67)).toBe(540);
  expect(at(73)).toBe(588);
  expect(vector(73)).toEqual([...controller.targetTool.pose]);
  expect(at(94)).toBe(756);
  expect(view.getFloat64(at(94))).toBe(7); // robot mode RUNNING
  expect(vector(95)).toEqual([253, 253, 253, 253, 253, 253]);
  expect(view.getFloat64(at(101))).toBe(1); // safety mode NORMAL
  expect(at(117)).toBe(940);
  expect(view.getFloat64(at(117))).toBe(1); // speed scaling
  expect(view.getFloat64(at(121))).toBe(48); // main voltage
  expect(at(130)).toBe(1044);
  expect(view.getFloat64(at(131))).toBe(2); // program state: playing
  expect(at(132)).toBe(1060);
  expect(view.getFloat64(at(138))).toBe(1); // safety status
  expect(view.getFloat64(at(142))).toBe(controller.setup.payloadKg);
});

it("lets the read-only twins tell the same and obey nothing", async () => {
  const one = await bench();
  const heard: Record<string, number> = {};
  for (const port of ["primaryReadOnly", "secondaryReadOnly", "realtimeReadOnly"] as const) {
    const stream = one.robot.connect(port);
    heard[port] = 0;
    stream.onData((bytes) => (heard[port]! += bytes.length));
    stream.write(Buffer.from("set_standard_digital_out(1, True)\npower off\n"));
  }
  one.cycles(50);
  // Version (49 bytes) and state at once, a state after a tenth of a second.
  expect(heard["realtimeReadOnly"]).toBe(50 * 1220);
  expect(heard["secondaryReadOnly"]).toBe(heard["primaryReadOnly"]);
  expect(heard["primaryReadOnly"]! % 1386).toBeLessThan(60);
  expect(one.robot.controller.io.digitalOutputs).toBe(0);
  expect(one.robot.controller.power.mode).toBe("RUNNING");
});

it("obeys no script in local control, and says so", async () => {
  const one = await bench({ localControl: true });
  const stream = one.robot.connect("primary");
  let heard = "";
  stream.onData((bytes) => (heard += Buffer.from(bytes).toString("latin1")));
  stream.write(Buffer.from("set_standard_digital_out(1, True)\n"));
  one.cycles(2);
  expect(one.robot.controller.io.digitalOutputs).toBe(0);
  expect(heard).toContain("the robot is in local control");
  one.robot.pendant.remoteControl = true;
  stream.write(Buffer.from("set_standard_digital_out(1, True)\n"));
  one.cycles(2);
  expect(one.robot.controller.io.digitalOutputs).toBe(2);
});
