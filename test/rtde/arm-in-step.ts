import { onTestFinished } from "vitest";
import type { ByteStream } from "ur-rtde-ts";
import { memoryStreams } from "../../src/performance/lock-step.ts";
import { type SimulatedRobot, startSimulatedRobot } from "../../src/sim/simulated-robot.ts";
import type { Joints } from "../../src/math/joints.ts";
import { celloInFront } from "../sim/plant/cello-in-front.ts";

/** Where the arm of these tests stands at first, far from everything [rad]. */
export const START_RAD: Joints = [0.2, -1.4, 1.5, -1.6, -1.5, 0.3];

/** A simulated arm in lock-step with the test, switched on. */
export async function armInStep(startQ_rad = START_RAD, poweredOn = true) {
  const robot = await startSimulatedRobot({
    instrument: celloInFront(),
    realTime: false,
    seed: 1,
    startQ_rad,
    poweredOn,
  });
  onTestFinished(() => robot.close());
  const host = { isMute: false };
  const streams = memoryStreams(robot);
  const rtde = async () => mutable(await streams.rtde(), host);
  return { robot, host, streams: { ...streams, rtde }, pass: (seconds: number) => pass(robot, seconds) };
}

/** A stream on which nothing is said while the host is mute: one that hangs, with its connection open. */
const mutable = (stream: ByteStream, host: { readonly isMute: boolean }): ByteStream => ({
  ...stream,
  write: (bytes) => (host.isMute ? undefined : stream.write(bytes)),
});

/** Lets `seconds` of robot time pass, the event loop included. */
export async function pass(robot: SimulatedRobot, seconds: number): Promise<void> {
  for (let cycle = 0; cycle < seconds / 0.002; cycle++) {
    robot.stepCycle();
    if (cycle % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Lets time pass until `work` is done. @throws what it throws, and after 60 s of robot time */
export async function during<T>(robot: SimulatedRobot, work: Promise<T>): Promise<T> {
  let done = false;
  const finished = work.finally(() => (done = true));
  finished.catch(() => undefined); // reported below
  for (let cycle = 0; cycle < 30_000 && !done; cycle++) {
    robot.stepCycle();
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (!done) throw new Error("it did not happen within 60 s of robot time");
  return finished;
}
