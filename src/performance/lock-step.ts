import type { RobotStreams } from "ur-rtde-ts";
import type { PerformanceLog } from "../bag/performance-log.ts";
import { CellistError } from "../errors.ts";
import type { SimulatedRobot } from "../sim/simulated-robot.ts";

/** Cycles between two looks at the event loop: enough to be fast, few enough for the disk to keep up. */
const CYCLES_A_TURN = 100;
/** A performance that is longer than this is a program that hangs: one day of robot time [cycles]. */
const MOST_CYCLES = 43_200_000;

/** The interfaces of a robot in this thread. */
export const memoryStreams = (robot: SimulatedRobot): RobotStreams => ({
  name: "the simulator",
  rtde: () => Promise.resolve(robot.connectRtde()),
  primary: () => Promise.resolve(robot.connectScript()),
  dashboard: () => Promise.resolve(robot.connectDashboard()),
});

/**
 * Lets control cycles pass, as fast as the machine can, until `work` is done.
 *
 * Host and controller share this thread and talk through memory, so every run with the same inputs makes the same
 * cycles in the same order.
 */
export async function runLockStep<T>(
  robot: SimulatedRobot,
  work: Promise<T>,
  log: PerformanceLog,
): Promise<T> {
  let done = false;
  const finished = work.finally(() => (done = true));
  finished.catch(() => undefined); // reported by the await below
  for (let cycle = 0; !done; cycle++) {
    robot.stepCycle();
    if (cycle % CYCLES_A_TURN === 0) {
      await new Promise((resolve) => setImmediate(resolve));
      await log.drained();
    }
    if (cycle > MOST_CYCLES)
      throw new CellistError("robot-stopped", "the simulated performance does not end");
  }
  return finished;
}
