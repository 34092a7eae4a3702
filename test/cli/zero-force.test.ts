import { networkInterfaces, platform } from "node:os";
import { expect, it, onTestFinished, vi } from "vitest";
import { bowOnString } from "../../src/instrument/bow-on-string.ts";
import type { Joints } from "../../src/math/joints.ts";
import { loadInstrument } from "../../src/shelf/load-instrument.ts";
import { push } from "../../src/sim/plant/hand.ts";
import { UR_PORTS } from "../../src/sim/servers/tcp-front.ts";
import { startSimulatedRobot, type SimulatedRobot } from "../../src/sim/simulated-robot.ts";
import { firstBranch } from "../../src/trajectory/first-branch.ts";
import { calledHere } from "./called-here.ts";

/** A controller's own ports need an address of their own: Linux has a million of this machine's. */
const HOST = `127.${20 + (process.pid % 200)}.${1 + (process.pid % 250)}.17`;
const onLinux = it.skipIf(platform() !== "linux" || networkInterfaces()["lo"] === undefined);
const { instrument } = await loadInstrument("reference");
const PLACE = ["--robot", HOST, "--calibration", "reference", "--confirm", HOST];

/** So much of the robot's own time passes that what it feels is told, however late a busy machine lets it run. */
async function settled({ controller }: SimulatedRobot): Promise<void> {
  const until = controller.cycle + 150;
  await vi.waitFor(() => expect(controller.cycle).toBeGreaterThan(until), { timeout: 30_000, interval: 10 });
}

/** A simulated arm on real sockets, in real time. @param whileZeroed_N a hand's pull when its sensor was last zeroed; it has let go since */
async function armAt(startQ_rad: Joints, whileZeroed_N: number): Promise<SimulatedRobot> {
  const settings = { instrument, host: HOST, ports: UR_PORTS, seed: 1, poweredOn: true, startQ_rad };
  const robot = await startSimulatedRobot({ ...settings, realTime: true });
  onTestFinished(() => robot.close());
  const { plant, force } = robot.controller;
  plant.setOutside(push([0, whileZeroed_N, 0, 0, 0, 0]));
  await settled(robot);
  force.zero();
  plant.setOutside(undefined);
  await settled(robot);
  return robot;
}

onLinux("puts a sensor right that was zeroed under a hand: until then the arm is not parked", async () => {
  await armAt(instrument.parked_rad, 40);
  const refused = await calledHere("park", ...PLACE);
  expect(refused.stderr).toMatch(
    /the arm feels 40\.0 N at the bow .* run cellist zero-force with nothing touching the arm/,
  );
  const zeroed = await calledHere("zero-force", ...PLACE);
  expect(zeroed).toMatchObject({ status: 0, stderr: "" });
  expect(zeroed.stdout).toMatch(
    /^before: 40\.0 N \(x -?0\.0, y -40\.0, z -?0\.0 in the base's axes\); after: 0\.0 N/,
  );
  expect(await calledHere("park", ...PLACE)).toMatchObject({ status: 0, stderr: "" });
});

onLinux("zeroes no sensor of an arm whose bow lies on a string", async () => {
  const { hair, strings } = instrument;
  const onString = bowOnString(hair, strings.D, { bowM: 0.3, contactM: 0.085, heightM: -0.001 });
  await armAt(firstBranch(instrument, onString)!, 0);
  const { status, stderr } = await calledHere("zero-force", ...PLACE);
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /hair and D string run into each other; .* zeroed only where nothing touches the arm: move it away by hand \(Freedrive\)/,
  );
});

onLinux(
  "zeroes no sensor that nobody has confirmed, or whose force changes under a hand, and moves nothing",
  async () => {
    const robot = await armAt(instrument.parked_rad, 15);
    const { controller } = robot;
    const felt = (): number => Math.hypot(...controller.force.atTool.slice(0, 3));
    const started_rad = [...controller.plant.q_rad];
    const unconfirmed = await calledHere("zero-force", ...PLACE.slice(0, 4));
    expect(unconfirmed.stderr).toMatch(
      /feels 15\.0 N .* the nearest are .+ and .+, \d+ mm apart\. .* See that no hand, no cable and no string touches arm or bow\. Nothing has moved: confirm with --confirm/,
    );
    let cycle = 0;
    controller.plant.setOutside(() => [0, 8 * Math.sin(0.1 * cycle++), 0, 0, 0, 0]);
    expect((await calledHere("zero-force", ...PLACE)).stderr).toMatch(
      /the force at the bow changes by \d\.\d N within 0\.2 s \(at most 3 N at rest\); take your hands off the arm/,
    );
    controller.plant.setOutside(undefined);
    await settled(robot);
    expect(felt()).toBeCloseTo(15, 1);
    started_rad.forEach((q, j) => expect(controller.plant.q_rad[j]).toBeCloseTo(q, 4));
  },
);

onLinux(
  "tells a weight that nobody told it of from a hand: that is put right in the calibration",
  async () => {
    const robot = await armAt(instrument.parked_rad, 0);
    robot.controller.setHiddenMass(1.5);
    await settled(robot);
    expect((await calledHere("zero-force", ...PLACE.slice(0, 4))).stderr).toMatch(
      /points straight down, as 1\.50 kg more than the calibration's payload of 0\.26 kg would: see first whether the payload is right/,
    );
  },
);
