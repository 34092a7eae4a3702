import {
  DashboardClient,
  PrimaryClient,
  RobotControl,
  type KinematicsParameters,
  type RobotStreams,
  type SoftwareStep,
} from "ur-rtde-ts";
import { CellistError } from "../errors.ts";
import { refuseHiddenWeight } from "./hidden-weight.ts";

/** What the arm carries, as a calibration file says it. */
export interface HeldTool {
  readonly tcp_F: readonly number[];
  readonly payload: { readonly massKg: number; readonly centre_F_m: readonly number[] };
}

/** An arm that is ready to be guided by hand and to be moved by its control program. */
export interface ArmDesk {
  readonly control: RobotControl;
  /** Of this very arm, as its controller tells them. */
  readonly kinematics: KinematicsParameters;
  /** How the robot is called in errors. */
  readonly name: string;
  readonly close: () => Promise<void>;
}

/**
 * Connects to an arm and checks that it can be moved from here. Moves and starts nothing: the first command does.
 *
 * @param sensor `doubted` where what the force sensor feels is what is to be put right
 * @throws CellistError `robot-unreachable`, `robot-not-ready` with the one thing to do first
 */
export async function openArmDesk(
  streams: RobotStreams,
  tool: HeldTool,
  sensor: "trusted" | "doubted" = "trusted",
): Promise<ArmDesk> {
  const { name } = streams;
  await refuseLocalControl(streams);
  const kinematics = await armKinematics(streams);
  const control = await sayingWhy(name, () => RobotControl.open(streams, { tool }));
  try {
    await firstState(control);
    refuseUnready(control, name);
    if (sensor === "trusted") refuseHiddenWeight(control, name, tool); // before the program runs: setting a payload zeroes the sensor
  } catch (error) {
    await control.close().catch(() => undefined);
    throw error;
  }
  return { control, kinematics, name, close: () => control.close() };
}

async function refuseLocalControl(streams: RobotStreams): Promise<void> {
  const dashboard = new DashboardClient(await streams.dashboard());
  try {
    if (await sayingWhy(streams.name, () => dashboard.isInRemoteControl())) return;
  } finally {
    dashboard.close();
  }
  throw new CellistError(
    "robot-not-ready",
    `${streams.name}: the robot is in local control; switch it to remote control on the teach pendant`,
  );
}

/** This very arm's kinematics, as its controller tells them. Moves nothing. @throws CellistError `robot-not-ready` */
export async function armKinematics(streams: RobotStreams): Promise<KinematicsParameters> {
  const primary = new PrimaryClient(await streams.primary());
  try {
    return await sayingWhy(streams.name, () => primary.kinematics());
  } finally {
    primary.close();
  }
}

const firstState = (control: RobotControl): Promise<void> =>
  new Promise((resolve, reject) => {
    const ended = control.onClosed((reason) => reject(reason ?? new Error("the connection was closed")));
    const stop = control.onState(() => {
      stop();
      ended();
      resolve();
    });
  });

/** Refuses an arm that cannot move now, with the one thing to do first. @throws CellistError `robot-not-ready` */
export function refuseUnready({ condition }: Pick<RobotControl, "condition">, name: string): void {
  if (condition.canMove) return;
  const [next] = condition.steps;
  const what = next?.by === "person" ? next.what : STEPS[next?.what ?? "wait"];
  throw new CellistError("robot-not-ready", `${name}: ${condition.text} First ${what}.`);
}

/** What a person does at the teach pendant where software could, which nobody asked to. */
const STEPS: Readonly<Record<SoftwareStep, string>> = {
  wait: "wait until that is over",
  "unlock-protective-stop": "see why, and unlock the protective stop on the teach pendant",
  "restart-safety": "see why, and restart the safety system on the teach pendant",
  "power-on": "power the arm on and release its brakes",
  "release-brakes": "release the brakes",
};

/** Runs a command to the arm; what the robot refuses becomes one sentence with its name. */
export async function sayingWhy<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof CellistError) throw cause;
    throw new CellistError("robot-not-ready", `${name}: ${(cause as Error).message}`, {}, cause);
  }
}
