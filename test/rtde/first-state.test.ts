import { expect, it, onTestFinished } from "vitest";
import { RobotControl } from "ur-rtde-ts";
import { memoryStreams } from "../../src/performance/lock-step.ts";
import { startSimulatedRobot } from "../../src/sim/simulated-robot.ts";
import { celloInFront } from "../sim/plant/cello-in-front.ts";
import { during, START_RAD } from "./arm-in-step.ts";

it("knows where the arm stands as soon as it is open: whoever goes home from there would go to zero", async () => {
  const robot = await startSimulatedRobot({
    ...{ instrument: celloInFront(), realTime: false, seed: 1, poweredOn: true },
    startQ_rad: START_RAD,
  });
  onTestFinished(() => robot.close());
  const opened = RobotControl.open(memoryStreams(robot)).then((control) => ({
    control,
    first_rad: Array.from(control.state.actual_q),
  }));
  const { control, first_rad } = await during(robot, opened);
  first_rad.forEach((q_rad, joint) => expect(q_rad).toBeCloseTo(START_RAD[joint]!, 3));
  await during(robot, control.close());
});
