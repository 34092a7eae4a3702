import { expect } from "vitest";
import { RobotControl, type ControlSettings } from "ur-rtde-ts";
import { armInStep, during, START_RAD } from "./arm-in-step.ts";

/** A `RobotControl` of a simulated arm in lock-step; `done` lets the arm run until a command is over. */
export async function atTheArm(settings: Partial<ControlSettings> = {}) {
  const arm = await armInStep();
  const control = await during(arm.robot, RobotControl.open(arm.streams, { settings }));
  const done = <T>(work: Promise<T>) => during(arm.robot, work);
  const close = async () => {
    await done(control.close());
  };
  return { ...arm, control, done, close };
}

export const away = (by: number) => START_RAD.map((q) => q + by);
export const near = (values: ArrayLike<number>, wanted: ArrayLike<number>, digits = 3) =>
  Array.from(values).forEach((value, i) => expect(value).toBeCloseTo(wanted[i]!, digits));
export const fastest = (qd_radps: ArrayLike<number>) => Math.max(...Array.from(qd_radps).map(Math.abs));
