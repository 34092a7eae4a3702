import { onTestFinished } from "vitest";
import type { Instrument } from "../../src/instrument/instrument.ts";
import type { Joints } from "../../src/math/joints.ts";
import { memoryStreams } from "../../src/performance/lock-step.ts";
import { startSimulatedRobot } from "../../src/sim/simulated-robot.ts";
import { openArmDesk } from "../../src/teaching/arm-desk.ts";
import { during } from "../rtde/arm-in-step.ts";

/** A simulated arm that stands somewhere, in lock-step, and the desk that leads it. */
export async function deskAt(instrument: Instrument, startQ_rad: Joints) {
  const robot = await startSimulatedRobot({
    instrument,
    realTime: false,
    seed: 1,
    poweredOn: true,
    startQ_rad,
  });
  onTestFinished(() => robot.close());
  const tool = { tcp_F: instrument.tcp_F, payload: instrument.payload };
  const desk = await during(robot, openArmDesk(memoryStreams(robot), tool));
  return { robot, desk };
}
