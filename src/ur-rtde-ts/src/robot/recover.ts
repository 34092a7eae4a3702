import { aborted } from "../connection/errors.ts";
import { sleep } from "../connection/sleep.ts";
import { DashboardClient } from "../dashboard/dashboard-client.ts";
import { DashboardError } from "../dashboard/dashboard-error.ts";
import { type RobotCondition, robotCondition, type SoftwareStep } from "./robot-condition.ts";
import { type RobotStreams } from "./robot-streams.ts";

/** How far recovery may go by itself. */
export interface RecoverOptions {
  /**
   * Somebody has looked at what caused a protective stop, a violation or a fault, and it is safe to go on. Without
   * this, such a robot is left as it is.
   */
  readonly inspected?: boolean;
  /** Longest time for everything [ms], default 60 000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
  /** Told of every step before it is taken. */
  readonly onStep?: (step: SoftwareStep, condition: RobotCondition) => void;
}

/** Why a robot could not be made ready. */
export type RecoveryErrorCode =
  | "NEEDS_PERSON" // the next step is for somebody who is there
  | "NEEDS_INSPECTION" // `inspected` was not said
  | "TIMEOUT";

/** A robot that could not be made ready; the message says what to do. */
export class RecoveryError extends Error {
  override readonly name = "RecoveryError";
  readonly code: RecoveryErrorCode;
  /** What the robot was like. */
  readonly condition: RobotCondition;

  constructor(code: RecoveryErrorCode, message: string, condition: RobotCondition) {
    super(message);
    this.code = code;
    this.condition = condition;
  }
}

/** Between two looks at the robot [ms]. @source what Universal Robots' own client does */
const pollMs = 100;
/** A step that changes nothing for so long is taken again [ms]. @assumed longer than any mode change but booting */
const retryMs = 6_000;

/**
 * Makes a robot ready to move: unlocks a protective stop, restarts the safety system, powers the arm up and releases its
 * brakes, as far as each is needed. What only a person can do is refused with the thing to do.
 *
 * Programs do not go on by themselves after a stop: start them again.
 *
 * @returns the steps that were taken; none if the robot was ready
 * @throws RecoveryError, ConnectionError, DashboardError
 */
export async function recover(robot: RobotStreams, options: RecoverOptions = {}): Promise<SoftwareStep[]> {
  const { timeoutMs = 60_000, signal } = options;
  const dashboard = new DashboardClient(await robot.dashboard({ signal }));
  try {
    await dashboard.greeting;
    return await recoverOver(dashboard, { ...options, timeoutMs });
  } finally {
    dashboard.close();
  }
}

async function recoverOver(
  dashboard: DashboardClient,
  options: RecoverOptions & { readonly timeoutMs: number },
): Promise<SoftwareStep[]> {
  const { timeoutMs, signal, onStep, inspected = false } = options;
  const deadline = performance.now() + timeoutMs;
  const taken: SoftwareStep[] = [];
  let last: { readonly step: SoftwareStep; readonly atMs: number; readonly name: string } | undefined;
  for (;;) {
    const condition = await conditionOver(dashboard, signal);
    const next = condition.steps[0];
    if (next === undefined) return taken;
    if (next.by === "person")
      throw new RecoveryError("NEEDS_PERSON", `${condition.text} First ${next.what}.`, condition);
    if (condition.needsInspection && !inspected) {
      const text = `${condition.text} See what caused it, then recover with \`inspected: true\`.`;
      throw new RecoveryError("NEEDS_INSPECTION", text, condition);
    }
    if (performance.now() > deadline)
      throw new RecoveryError(
        "TIMEOUT",
        `${condition.text} It did not change in ${timeoutMs} ms.`,
        condition,
      );
    const isUnderWay =
      last?.step === next.what && last.name === condition.name && performance.now() - last.atMs < retryMs;
    if (!isUnderWay && next.what !== "wait") {
      if (taken.at(-1) !== next.what) {
        taken.push(next.what);
        onStep?.(next.what, condition);
      }
      const isTaken = await take(dashboard, next.what, signal);
      if (isTaken) last = { step: next.what, atMs: performance.now(), name: condition.name };
    }
    await sleep(pollMs, signal);
    if (signal?.aborted === true) throw aborted("recovery of the robot", signal);
  }
}

/** Asks a robot what it is like. @throws DashboardError, ConnectionError */
export async function conditionOver(
  dashboard: DashboardClient,
  signal?: AbortSignal,
): Promise<RobotCondition> {
  const robotMode = await dashboard.robotMode({ signal });
  const safetyStatus = await orUndefined(dashboard.safetyStatus({ signal }), () =>
    dashboard.safetyMode({ signal }),
  );
  const isRemote = await orUndefined(dashboard.isInRemoteControl({ signal }));
  return robotCondition({ robotMode, safetyStatus, isRemote });
}

/** Older controllers know fewer commands. */
async function orUndefined<T>(asked: Promise<T>, otherwise?: () => Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof DashboardError && error.code === "UNKNOWN_COMMAND") return otherwise?.();
    throw error;
  }
}

/** @returns false: too early, try again */
async function take(dashboard: DashboardClient, step: SoftwareStep, signal?: AbortSignal): Promise<boolean> {
  switch (step) {
    case "wait":
      return true;
    case "power-on":
      await dashboard.powerOn({ signal });
      return true;
    case "release-brakes":
      await dashboard.brakeRelease({ signal });
      return true;
    case "restart-safety":
      await dashboard.closeSafetyPopup({ signal });
      await dashboard.restartSafety({ signal });
      return true;
    case "unlock-protective-stop":
      await dashboard.closeSafetyPopup({ signal });
      return unlock(dashboard, signal);
  }
}

/** Controllers refuse it during the first 5 s after the stop. */
async function unlock(dashboard: DashboardClient, signal?: AbortSignal): Promise<boolean> {
  try {
    await dashboard.unlockProtectiveStop({ signal });
    return true;
  } catch (error) {
    if (error instanceof DashboardError && /until 5\s*s/i.test(error.answer)) return false;
    throw error;
  }
}
