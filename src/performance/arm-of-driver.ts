import type * as cellist from "../cellist_msgs/messages.ts";
import { CellistError } from "../errors.ts";
import { jointsAt } from "../math/joints.ts";
import { preflight, robotStreams, type RobotAddress } from "../rtde/preflight.ts";
import type { Workplace } from "../ros/node/workplace.ts";
import type { Workcell } from "../shelf/workcell.ts";
import type { JointTrajectory } from "../trajectory/joint-trajectory.ts";
import type { Arm } from "./arm-player.ts";
import type { MemoryRobot } from "./robot-sim.ts";

/** Which arm a driver drives: a real one by its address, or whatever simulator the graph tells of. */
export interface ArmChoice {
  /** "sim", or a robot's address. */
  readonly robot: string;
  /** Added to the port numbers of a UR controller. */
  readonly portOffset: number;
}

/** UR's port numbers, moved. @source Universal Robots, "Remote control via TCP/IP" */
export const urAddress = ({ robot, portOffset }: ArmChoice): RobotAddress => ({
  host: robot,
  rtdePort: 30004 + portOffset,
  dashboardPort: 29999 + portOffset,
  scriptPort: 30001 + portOffset,
});

/** The arm at hand. @throws CellistError `robot-unreachable` when no simulator has told its address yet */
export function armAtHand(
  choice: ArmChoice,
  { instrument, profile }: Workcell,
  controller: cellist.ControllerAddress | undefined,
  place: Workplace,
): Arm {
  const common = { instrument, player: profile.stream };
  if (choice.robot !== "sim")
    return { ...common, streams: robotStreams(urAddress(choice)), session: freshSession() };
  if (!controller) throw noSimulator();
  const memory = place.offers.get(controller.host) as MemoryRobot | undefined;
  if (memory) return { ...common, streams: memory(), session: 1 };
  const address = simAddress(controller);
  return { ...common, streams: { ...robotStreams(address), name: controller.name }, session: freshSession() };
}

/** Where the chosen controller listens. @throws CellistError `robot-unreachable` when no simulator has told its address yet */
export function controllerAddress(
  choice: ArmChoice,
  controller: cellist.ControllerAddress | undefined,
): RobotAddress {
  if (choice.robot !== "sim") return urAddress(choice);
  if (!controller) throw noSimulator();
  return simAddress(controller);
}

function simAddress({
  host,
  rtde_port,
  dashboard_port,
  script_port,
}: cellist.ControllerAddress): RobotAddress {
  if (host.startsWith("memory:"))
    throw new CellistError(
      "robot-unreachable",
      "a lock-step simulator can be driven from its own process only",
    );
  return { host, rtdePort: rtde_port, dashboardPort: dashboard_port, scriptPort: script_port };
}

const noSimulator = (): CellistError =>
  new CellistError("robot-unreachable", "no simulator runs: start the node robot_sim");

/** Tells this run's registers from those of an earlier one; any number will do. */
const freshSession = (): number => (Date.now() % 1_000_000_000) + 1;

/** Nobody beside the arm has said that it may move. */
export const notConfirmed = (robot: string): CellistError =>
  new CellistError("not-confirmed", `${robot} was not confirmed; nothing has moved`);

/**
 * Checks a real arm and that a person has confirmed it. Moves nothing. A simulated arm needs neither.
 *
 * @param confirm the robot's address as typed by the person beside it
 * @returns by how many whole turns its base stands away from where the motion begins [rad]
 * @throws CellistError `robot-unreachable`, `robot-not-ready`, `not-confirmed`
 */
export async function checkBeforeMoving(
  choice: ArmChoice,
  { instrument, profile }: Workcell,
  trajectory: JointTrajectory,
  confirm: string,
): Promise<number> {
  if (choice.robot === "sim") return 0;
  if (confirm !== choice.robot) throw notConfirmed(choice.robot);
  const { baseTurns_rad } = await preflight(urAddress(choice), instrument, jointsAt(trajectory.q_rad, 0));
  refuseBeyondBase(trajectory, baseTurns_rad, profile.limits);
  return baseTurns_rad;
}

/** @throws CellistError `robot-not-ready` where the base would turn farther than it may */
export function refuseBeyondBase(
  { q_rad }: Pick<JointTrajectory, "q_rad">,
  baseTurns_rad: number,
  { jointMin_rad, jointMax_rad }: Pick<Workcell["profile"]["limits"], "jointMin_rad" | "jointMax_rad">,
): void {
  if (baseTurns_rad === 0) return;
  let [least, most] = [Infinity, -Infinity];
  for (let k = 0; k < q_rad.length; k += 6)
    [least, most] = [Math.min(least, q_rad[k]! + baseTurns_rad), Math.max(most, q_rad[k]! + baseTurns_rad)];
  if (least >= jointMin_rad[0] && most <= jointMax_rad[0]) return;
  const deg = (rad: number): string => `${((rad * 180) / Math.PI).toFixed(0)} deg`;
  throw new CellistError(
    "robot-not-ready",
    `the base stands a whole turn away from where the calibration has it, and from there this would turn it from ${deg(least)} to ` +
      `${deg(most)}, where ${deg(jointMin_rad[0])} to ${deg(jointMax_rad[0])} is allowed; cellist park with this calibration takes it back where there is a way, else turn the base back by hand (Freedrive)`,
  );
}

/** The same as parameters of the driver. */
export const ARM_PARAMETERS = {
  robot: { type: "string", default: "sim", what: "sim, or the address of a real controller", readOnly: true },
  port_offset: {
    type: "integer",
    default: 0,
    min: 0,
    max: 30000,
    what: "added to the controller's port numbers",
    readOnly: true,
  },
  follow_confirmed: {
    type: "string",
    default: "",
    what: "address of the real robot whose follow_joint_trajectory a person beside it has allowed",
    readOnly: true,
  },
} as const;
