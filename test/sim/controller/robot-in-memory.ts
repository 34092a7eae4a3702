import { onTestFinished } from "vitest";
import { RtdeClient } from "ur-rtde-ts";
import type { ControllerMessage } from "../../../src/sim/controller/controller-message.ts";
import {
  type SimulatedRobot,
  type SimulatedRobotOptions,
  startSimulatedRobot,
} from "../../../src/sim/simulated-robot.ts";
import { celloInFront } from "../plant/cello-in-front.ts";

/** A robot in lock-step with the test, and what it said. */
export interface Bench {
  readonly robot: SimulatedRobot;
  readonly said: ControllerMessage[];
  readonly cycles: (count: number) => void;
  /** Cycles until `isOver`; throws after 20 s of the robot's time. */
  readonly until: (isOver: () => boolean) => number;
}

export async function bench(options: Partial<SimulatedRobotOptions> = {}): Promise<Bench> {
  const robot = await startSimulatedRobot({
    instrument: celloInFront(),
    realTime: false,
    seed: 1,
    poweredOn: true,
    ...options,
  });
  onTestFinished(() => robot.close());
  const said: ControllerMessage[] = [];
  robot.controller.onMessage((message) => said.push(message));
  return {
    robot,
    said,
    cycles: (count) => {
      for (let i = 0; i < count; i++) robot.stepCycle();
    },
    until: (isOver) => {
      for (let i = 0; i < 10_000; i++) {
        if (isOver()) return i;
        robot.stepCycle();
      }
      throw new Error("it did not happen within 20 s");
    },
  };
}

/** An RTDE client of the robot in memory, version 2 agreed. */
export async function rtdeClient({ robot }: Bench): Promise<RtdeClient> {
  const client = new RtdeClient(robot.connectRtde());
  await client.negotiate();
  return client;
}

/** Cycles with the event loop served in between, until something holds; at most 10 s of the robot's time. */
export async function untilServed({ robot }: Bench, holds: () => boolean): Promise<number> {
  for (let n = 0; n < 5000; n++) {
    if (n > 0 && holds()) return n;
    robot.stepCycle();
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error("it did not happen within 10 s");
}

/** Messages as short texts. */
export const texts = (said: readonly ControllerMessage[]): string[] =>
  said.map((message) => {
    switch (message.kind) {
      case "key":
        return `${message.title} ${message.text}`;
      case "error-code":
        return `C${message.code}A${message.argument} ${message.level}`;
      case "runtime-exception":
        return `${message.line}:${message.column} ${message.text}`;
      case "text":
        return message.text;
      default:
        return message.kind;
    }
  });
