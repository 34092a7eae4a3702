import type { RobotStreams } from "ur-rtde-ts";
import { CellistError } from "../errors.ts";
import type { SimulatedRobot } from "../sim/simulated-robot.ts";

/** Cycles between two turns of the event loop: enough to be fast, few enough for the disk to keep up. */
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
 * A robot in this thread whose control cycles pass, as fast as the machine can, while a client is connected.
 *
 * Host and controller share the thread and talk through memory, so every run with the same inputs makes the same
 * cycles in the same order. Time stands still while nobody is connected.
 */
export class LockStepRobot {
  readonly #robot: SimulatedRobot;
  readonly #turn: () => Promise<void>;
  readonly #onCycle: (() => void) | undefined;
  #clients = 0;

  /** @param turn lets the event loop turn, and waits for whoever must keep up: the bag's disk */
  constructor(robot: SimulatedRobot, turn: () => Promise<void>, onCycle?: () => void) {
    this.#robot = robot;
    this.#turn = turn;
    this.#onCycle = onCycle;
  }

  /** @param onHang called when a client stays for a day of robot time */
  streams(onHang: (why: CellistError) => void): RobotStreams {
    const memory = memoryStreams(this.#robot);
    return {
      ...memory,
      rtde: () => {
        const stream = this.#robot.connectRtde();
        stream.onClose(() => void this.#clients--);
        this.#clients++;
        if (this.#clients === 1) this.#run().catch((error: unknown) => onHang(error as CellistError));
        return Promise.resolve(stream);
      },
    };
  }

  async #run(): Promise<void> {
    for (let cycle = 0; this.#clients > 0; cycle++) {
      this.#robot.stepCycle();
      this.#onCycle?.();
      if (cycle % CYCLES_A_TURN === 0) await this.#turn();
      if (cycle > MOST_CYCLES)
        throw new CellistError("robot-stopped", "the simulated performance does not end");
    }
  }
}
