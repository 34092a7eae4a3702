import { readFileSync } from "node:fs";
import { onTestFinished } from "vitest";
import { parseCalibration } from "../../src/instrument/calibration.ts";
import { checkCalibration } from "../../src/instrument/check.ts";
import { memoryStreams } from "../../src/performance/lock-step.ts";
import { startSimulatedRobot, type SimulatedRobot } from "../../src/sim/simulated-robot.ts";
import { openArmDesk } from "../../src/teaching/arm-desk.ts";
import { during } from "../rtde/arm-in-step.ts";
import { type Clumsiness } from "./simulated-person.ts";

export const reference = parseCalibration(
  readFileSync("data/calibration/reference.yaml", "utf8"),
  "reference",
);
export const truth = checkCalibration(reference).instrument;
export async function atTheArm() {
  const robot = await startSimulatedRobot({ instrument: truth, realTime: false, seed: 1, poweredOn: true });
  onTestFinished(() => robot.close());
  const tool = { tcp_F: truth.tcp_F, payload: truth.payload };
  const desk = await during(robot, openArmDesk(memoryStreams(robot), tool));
  return { robot, desk };
}

/** Robot time passes until the work is done, up to ten minutes of it. */
export async function whileItLasts<T>(robot: SimulatedRobot, work: Promise<T>): Promise<T> {
  let done = false;
  const finished = work.finally(() => (done = true));
  finished.catch(() => undefined);
  for (let cycle = 0; cycle < 300_000 && !done; cycle++) {
    robot.stepCycle();
    if (cycle % 5 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return finished;
}

export const clumsy: Clumsiness = { M: 0.0005, rad: 0.015 };
export const always = () => undefined;
export const nowhere = {
  path: "here.taught.json",
  kept: undefined,
  keep: async () => {},
  forget: async () => {},
};
export const scope = { tcp_F: reference.tcp_in_flange, extraPerString: 0, planes: true };
