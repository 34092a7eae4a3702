import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, it } from "vitest";
import { RobotControl } from "ur-rtde-ts";
import { openPerformanceLog } from "../../src/bag/performance-log.ts";
import { readPerformance } from "../../src/bag/read-performance.ts";
import { readLaunch, type LaunchValue } from "../../src/launch/launch-file.ts";
import { RunningLaunch } from "../../src/launch/run-launch.ts";
import { CdrEncoder } from "../../src/ros/cdr-encoder.ts";
import { GraphNode } from "../../src/ros/node/graph-node.ts";
import { EVENT_QOS } from "../../src/ros/qos.ts";
import { schemaOf } from "../../src/ros/schemas.ts";
import type { MessageOf } from "../../src/ros/topics.ts";
import { robotStreams } from "../../src/rtde/preflight.ts";
import { loadInstrument } from "../../src/shelf/load-instrument.ts";
import { loadLaunchText } from "../../src/shelf/load-launch.ts";
import { shortMidi } from "../performance/short-piece.ts";

// launch/performance.yaml starts, works and stops in test/performance and test/cli, launch/robot.yaml in robot-launch.test.ts.

const folder = mkdtempSync(join(tmpdir(), "cellist-launches-"));
afterAll(() => rmSync(folder, { recursive: true }));
const piece = join(folder, "short.mid");
writeFileSync(piece, shortMidi(3));

let running: RunningLaunch | undefined;
afterEach(async () => {
  await running?.stop();
  const left = running?.graph.localSnapshot().nodes.map(({ name }) => name) ?? [];
  expect(left.filter((name) => name !== "/listener" && name !== "/asker")).toEqual([]);
  running = undefined;
});

async function launched(
  name: string,
  given: Readonly<Record<string, LaunchValue>>,
  listen: (node: GraphNode) => void = () => undefined,
) {
  const log: string[] = [];
  running = await RunningLaunch.start(
    readLaunch(loadLaunchText(name), name, given, loadLaunchText),
    { logSink: (node, level, text) => void log.push(`${level} ${node} ${text}`) },
    (made) => listen(new GraphNode(made.graph, { name: "listener" })),
  );
  return { running, log, node: new GraphNode(running.graph, { name: "asker" }) };
}

it("replay: plays a bag in time, tells the bag's clock, and ends with it", async () => {
  const bag = join(folder, "chat.mcap");
  const recording = await openPerformanceLog(bag);
  const { name: type, text: schemaText } = schemaOf("std_msgs/msg/String");
  const of = {
    topic: "/chat",
    type,
    messageEncoding: "cdr",
    schemaEncoding: "ros2msg",
    schemaText,
    offeredQos: "",
  };
  const encoder = new CdrEncoder(schemaOf(type));
  for (let k = 0; k < 100; k++)
    recording.appendStored(of, BigInt(k) * 20_000_000n, encoder.encode({ data: `message ${k}` }));
  await recording.close();
  const heard: string[] = [];
  const clock: number[] = [];
  const { running } = await launched("replay", { bag, rate: 10, start: 0.5, duration: 1 }, (node) => {
    node.subscribeTo("/chat", "std_msgs/msg/String", EVENT_QOS, ({ data }) => heard.push(data));
    node.subscribe("clock", ({ clock: { sec, nanosec } }) => clock.push(sec + nanosec / 1e9));
  });
  await running.ended;
  expect(heard).toEqual(Array.from({ length: 51 }, (_, k) => `message ${25 + k}`));
  expect(clock.length).toBeGreaterThan(3);
  expect(Math.min(...clock)).toBeGreaterThanOrEqual(0.5);
  expect(Math.max(...clock)).toBeLessThanOrEqual(1.5);
  await expect(launched("replay", {})).rejects.toThrow("replay: it needs bag:=..., file or folder to play");
});

it("recording: plays a piece several times, each take in a bag of its own, and ends", async () => {
  const out = join(folder, "session");
  const { running } = await launched("recording", { piece, takes: 2, lock_step: true, results: false, out });
  await running.ended;
  const takes = await Promise.all(
    [1, 2].map((take) => readPerformance(join(out, `take-${take}`, "performance.mcap"))),
  );
  for (const { plan, pathTimeS, trajectory } of takes) {
    expect(plan.notes.length).toBe(3);
    expect(pathTimeS.at(-1)!).toBeCloseTo(trajectory.timeS.at(-1)!, 1); // to the end of its path
  }
  expect(existsSync(join(out, "take-3"))).toBe(false);
});

it("calibration: takes down where an arm stands that others have let go of, fits, writes the file, and ends", async () => {
  const out = join(folder, "my-cell.yaml");
  let controller: MessageOf<"/controller"> | undefined;
  const { running, node } = await launched("calibration", { out }, (listener) =>
    listener.subscribe("controller", (address) => void (controller = address)),
  );
  const teach = (place: string) =>
    node.call("/calibration/teach", "cellist_msgs/srv/Teach", { place, from_bridge_m: 0, hair_m: 0 });
  const save = () => node.call("/calibration/save", "std_srvs/srv/Trigger", {});
  expect(await save()).toMatchObject({
    success: false,
    message: expect.stringContaining("nothing was taught yet") as string,
  });
  expect(await teach("E frog")).toMatchObject({ success: false });

  const { calibration } = await loadInstrument("reference");
  const { host, rtde_port, dashboard_port, script_port } = controller!;
  const address = { host, rtdePort: rtde_port, dashboardPort: dashboard_port, scriptPort: script_port };
  const control = await RobotControl.open(robotStreams(address));
  await control.moves.joints(calibration.taught.A.frog.q, { speed_radps: 2, acceleration_radps2: 10 });
  await control.close();
  const taught = await teach("A frog");
  const [x, y, z] = calibration.taught.A.frog.p.map((metres) => (1e3 * metres).toFixed(1)) as [
    string,
    string,
    string,
  ];
  expect(taught).toEqual({
    success: true,
    message: `A frog: tool at ${x}, ${y}, ${z} mm; still to come: A tip, D frog, D tip, G frog, G tip, C frog, C tip, parked`,
  });
  expect(await teach("A tip")).toEqual({
    success: false,
    message:
      "the tip of the A string was not taken: this is only 0 mm from the frog of the A string (at least 150 mm); move the bow, or drop that one if it was wrong",
  });
  expect(await save()).toMatchObject({
    success: true,
    message: expect.stringContaining(`revision 1 written to ${out}`) as string,
  });
  await running.ended;
  const written = await loadInstrument(out);
  written.calibration.taught.A.frog.q.forEach((q, j) =>
    expect(q).toBeCloseTo(calibration.taught.A.frog.q[j]!, 4),
  );
  expect(written.calibration.taught.D).toEqual(calibration.taught.D);
  expect(written.calibration).toMatchObject({
    name: "my-cell",
    origin: "taught at the simulated arm",
  });
});

it("robot: refuses an arm that does not answer, by its address, and moves nothing", async () => {
  // at most 30 000, as the nodes allow: the system's own choice may lie above
  const port_offset = 2000 + Math.floor(Math.random() * 28_000);
  const taken = createServer().listen(29999 + port_offset, "127.0.0.1");
  await once(taken, "listening");
  await new Promise((resolve) => taken.close(resolve)); // free again: nobody answers there
  const given = {
    robot: "127.0.0.1",
    calibration: "reference",
    piece,
    port_offset,
    out: join(folder, "robot"),
  };
  const { running } = await launched("robot", given);
  expect(running.graph.localSnapshot().nodes.map(({ name }) => name)).not.toContain("/robot_sim");
  await expect(running.ended).rejects.toThrow(/no robot answers at 127\.0\.0\.1:\d+ \(dashboard\)/);
  expect(existsSync(join(folder, "robot"))).toBe(false);
  await expect(launched("robot", { robot: "192.0.2.7" })).rejects.toThrow("robot: it needs calibration:=");
});
