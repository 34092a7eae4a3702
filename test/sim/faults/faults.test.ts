import { connect } from "node:net";
import { expect, it } from "vitest";
import { RtdeClient } from "ur-rtde-ts";
import { forwardKinematics } from "../../../src/kinematics/forward.ts";
import { NOMINAL_UR5E } from "../../../src/kinematics/dh.ts";
import { inverseKinematics, poseError } from "../../../src/kinematics/inverse.ts";
import { displacedArm } from "../../../src/sim/faults/displaced-arm.ts";
import { FAULT_COMMANDS } from "../../../src/sim/faults/fault-commands.ts";
import { parseFaultScript } from "../../../src/sim/faults/fault-script.ts";
import { celloInFront } from "../plant/cello-in-front.ts";
import { bench, texts } from "../controller/robot-in-memory.ts";

const script = (text: string) => {
  const read = parseFaultScript(text);
  if (!read.ok) throw new Error(read.why);
  return read.value;
};

it("reads times from the start and from the line before, and sorts them", () => {
  expect(
    script("# plan\n2 unlock\n+0.5 pause # then\n1.5 push 1 2 3 0 0 0\n").map(({ timeS, fault }) => [
      timeS,
      fault.name,
    ]),
  ).toEqual([
    [1.5, "push"],
    [2, "unlock"],
    [2.5, "pause"],
  ]);
});

it.each([
  ["soon unlock", 'line 1: "soon" is not a time in seconds'],
  ["\n-1 unlock", 'line 2: "-1" is not a time in seconds'],
  ["1 earthquake", 'line 1: there is no fault "earthquake"; "help" lists them'],
  ["1", 'line 1: there is no fault ""; "help" lists them'],
])("refuses the fault script %j in one sentence", (text, why) => {
  expect(parseFaultScript(text)).toEqual({ ok: false, why });
});

it("lets a script of faults happen at its times, to the cycle, and twice the same", async () => {
  const run = async (): Promise<string[]> => {
    const one = await bench({
      faults: script(
        "0.1 protective-stop\n1 unlock\n5.2 unlock\n5.3 emergency-stop\n5.5 release-emergency-stop\n5.6 brake-release\n",
      ),
    });
    const { modes } = one.robot.controller;
    const story: string[] = [];
    let last = "";
    for (let n = 1; n <= 3400; n++) {
      one.cycles(1);
      const now = `${modes.status} ${modes.mode}`;
      if (now !== last) story.push(`${n} ${now}`);
      last = now;
    }
    return [...story, ...texts(one.said).filter((text) => text.startsWith("fault"))];
  };
  const story = await run();
  expect(story).toEqual([
    "1 NORMAL RUNNING",
    "50 PROTECTIVE_STOP RUNNING",
    "2600 NORMAL RUNNING",
    "2650 ROBOT_EMERGENCY_STOP POWER_OFF",
    "2750 NORMAL POWER_OFF",
    expect.stringMatching(/ NORMAL BOOTING$/),
    expect.stringMatching(/ NORMAL POWER_ON$/),
    expect.stringMatching(/ NORMAL IDLE$/),
    expect.stringMatching(/ NORMAL RUNNING$/),
    "fault script, line 2: unlock: the stop is less than 5 s old",
  ]);
  expect(await run()).toEqual(story);
});

it("spoils what is measured and not what is true: bias, noise, latency", async () => {
  const { robot, cycles } = await bench();
  const { controller } = robot;
  expect(robot.control.obey("force-bias 0 2 0")).toBe("ok");
  expect(robot.control.obey("joint-noise 0.0001 0.001")).toBe("ok");
  const errors: number[] = [];
  for (let n = 0; n < 400; n++) {
    cycles(1);
    errors.push((controller.outputs.actual_q as Float64Array)[2]! - controller.plant.q_rad[2]!);
  }
  const deviation = Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length);
  expect(deviation).toBeGreaterThan(0.85e-4);
  expect(deviation).toBeLessThan(1.15e-4);
  expect((controller.outputs.actual_TCP_force as number[])[1]).toBeCloseTo(2, 9);
  expect(robot.control.obey("joint-noise 0 0")).toBe("ok");
  expect(robot.control.obey("latency 0.02")).toBe("ok");
  controller.runScript("def go():\n speedj([0.3,0,0,0,0,0], 3, 5)\nend\n");
  cycles(500);
  const behind = controller.plant.q_rad[0]! - (controller.outputs.actual_q as Float64Array)[0]!;
  expect(behind).toBeCloseTo(0.3 * 0.02, 5);
});

it("hangs a mass on the arm that the controller does not know of", async () => {
  const { robot, cycles } = await bench();
  robot.control.obey("payload-error 0.3");
  cycles(5);
  expect((robot.controller.outputs.actual_TCP_force as number[])[2]).toBeCloseTo(-0.3 * 9.82, 6);
});

it("stops for a joint limit, moves the slider, switches inputs, pushes and lets go", async () => {
  const { robot, said, cycles } = await bench();
  const { controller, control } = robot;
  expect(control.obey("speed-slider 0.4")).toBe("ok");
  expect(control.obey("digital-input 3 on")).toBe("ok");
  expect(control.obey("push 0 0 20 0 0 0")).toBe("ok");
  cycles(200);
  expect(controller.outputs.target_speed_fraction).toBeCloseTo(0.4, 9);
  expect(controller.outputs.actual_digital_input_bits).toBe(8n);
  expect((controller.outputs.actual_TCP_force as number[])[2]).toBeCloseTo(20, 9);
  expect(control.obey("let-go")).toBe("ok");
  expect(control.obey("joint-limit 2")).toBe("ok");
  cycles(2);
  expect(texts(said)).toContain("C285A2 violation");
  expect([controller.modes.status, controller.modes.mode]).toEqual(["VIOLATION", "POWER_OFF"]);
  expect(control.obey("brake-release")).toBe("refused: brake-release: the safety status forbids it");
  expect(control.obey("restart-safety")).toBe("ok");
  expect(control.obey("brake-release")).toBe("ok");
});

it("holds clients' bytes back while communication is silent and ends their connections when it is cut", async () => {
  const one = await bench();
  const client = new RtdeClient(one.robot.connectRtde());
  await client.negotiate();
  const outputs = await client.setupOutputs(["timestamp"], 500);
  let packages = 0;
  let closed = false;
  outputs.onPackage(() => (packages += 1));
  await client.start();
  one.cycles(10);
  const before = packages;
  one.robot.control.obey("communication silent");
  one.cycles(100);
  expect(packages).toBe(before);
  one.robot.control.obey("communication normal");
  expect(packages).toBe(before + 100); // late, not lost
  const other = one.robot.connectDashboard();
  other.onClose(() => (closed = true));
  one.robot.control.obey("communication cut");
  expect(closed).toBe(true);
});

it("refuses every command without the words it needs, in one sentence, and does nothing", async () => {
  const { robot, cycles } = await bench();
  for (const [name, { usage }] of FAULT_COMMANDS) {
    if (usage === "" || usage.startsWith("[")) continue;
    expect(robot.control.obey(`${name} nonsense`)).toMatch(new RegExp(`^refused: ${name}: `));
  }
  cycles(2);
  expect([robot.controller.modes.status, robot.controller.modes.mode]).toEqual(["NORMAL", "RUNNING"]);
  expect(robot.control.obey("help").split("\n")).toHaveLength(FAULT_COMMANDS.size);
});

it("answers on the control door's real port, one line for each", async () => {
  const { robot } = await bench({ controlPort: 0 });
  const socket = connect(robot.controlPort!, "127.0.0.1");
  const heard = await new Promise<string>((resolve, reject) => {
    let text = "";
    socket.on("data", (bytes) => {
      text += bytes.toString();
      if (text.split("\n").length > 2) resolve(text);
    });
    socket.on("error", reject);
    socket.write("reduced-mode on\nreduced-mode maybe\n");
  });
  socket.destroy();
  expect(heard).toBe('ok\nrefused: reduced-mode: needs on or off, not "maybe"\n');
  expect(robot.controller.modes.status).toBe("REDUCED");
});

it("makes an arm about a millimetre off, of which only its controller knows", async () => {
  const instrument = celloInFront();
  const dh = displacedArm(NOMINAL_UR5E, 5);
  const { robot, cycles } = await bench({ instrument: { ...instrument, dh } });
  cycles(3);
  const q_rad = [...robot.controller.plant.q_rad] as unknown as typeof instrument.parked_rad;
  const own = forwardKinematics(dh, q_rad);
  const off = poseError(own, forwardKinematics(NOMINAL_UR5E, q_rad));
  expect(off.positionErrorM).toBeGreaterThan(3e-4);
  expect(off.positionErrorM).toBeLessThan(5e-3);
  const told = robot.controller.actualTool.X_BT.p_m;
  const truth = robot.controller.instrument.tcp_F;
  expect(Math.hypot(...told.map((x, i) => x - own.p_m[i]!))).toBeCloseTo(
    Math.hypot(truth[0], truth[1], truth[2]),
    9,
  );
  expect(
    inverseKinematics(dh, own).some((q) => q.every((x, i) => Math.abs(Math.sin((x - q_rad[i]!) / 2)) < 1e-7)),
  ).toBe(true);
  expect(displacedArm(NOMINAL_UR5E, 5)).toEqual(dh);
});
