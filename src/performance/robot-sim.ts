import type * as cellist from "../cellist_msgs/messages.ts";
import { type CellistError } from "../errors.ts";
import type { RobotStreams } from "ur-rtde-ts";
import { startSimulatedRobot } from "../sim/simulated-robot.ts";
import type { Workcell } from "../shelf/workcell.ts";
import { startEmbeddedRobot } from "./embedded-robot.ts";
import { LockStepRobot } from "./lock-step.ts";

/** A simulated controller that runs, and where it is reached. */
export interface RunningSim {
  readonly address: cellist.ControllerAddress;
  close(): Promise<void>;
}

/** In a process of its own, in real time, on free ports of this machine. @throws CellistError `robot-unreachable` */
export async function startRealTimeSim(calibration: string, seed: number): Promise<RunningSim> {
  const robot = await startEmbeddedRobot(["--calibration", calibration, "--seed", String(seed)]);
  const { rtde, dashboard, primary } = robot.ports;
  return {
    address: {
      name: "the simulator",
      host: "127.0.0.1",
      rtde_port: rtde,
      dashboard_port: dashboard,
      script_port: primary,
    },
    close: () => robot.close(),
  };
}

/** What a lock-step simulator holds out to a driver in its own process, under the host of its address. */
export type MemoryRobot = () => RobotStreams;

/** In this thread, as fast as it can, bit for bit the same for one seed. */
export async function startLockStepSim(
  { instrument, profile }: Workcell,
  seed: number,
  hooks: {
    readonly turn: () => Promise<void>;
    readonly onCycle: (robotTimeS: number) => void;
    readonly onHang: (why: CellistError) => void;
    readonly offer: (host: string, robot: MemoryRobot) => void;
  },
): Promise<RunningSim> {
  const { forceNoiseN, forceBiasN } = profile.simulation;
  const plant = { forceNoiseN, forceBiasN: forceBiasN as [number, number, number] };
  const robot = await startSimulatedRobot({ instrument, realTime: false, seed, plant, poweredOn: true });
  let cycles = 0;
  const lockStep = new LockStepRobot(robot, hooks.turn, () => hooks.onCycle(++cycles * PERIOD_S));
  const host = "memory:robot_sim";
  hooks.offer(host, () => lockStep.streams(hooks.onHang));
  return {
    address: { name: "the simulator", host, rtde_port: 0, dashboard_port: 0, script_port: 0 },
    close: () => robot.close(),
  };
}

/** Control period of a UR5e [s]. */
const PERIOD_S = 0.002;
