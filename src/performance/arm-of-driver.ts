import type * as cellist from "../cellist_msgs/messages.ts";
import { CellistError } from "../errors.ts";
import type { Instrument } from "../instrument/instrument.ts";
import type { Joints } from "../math/joints.ts";
import { preflight, robotStreams, type RobotAddress } from "../rtde/preflight.ts";
import type { Workplace } from "../ros/node/workplace.ts";
import type { Workcell } from "../shelf/workcell.ts";
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
 * @throws CellistError `robot-unreachable`, `robot-not-ready`, `not-confirmed`
 */
export async function checkBeforeMoving(
  choice: ArmChoice,
  { instrument, first_rad }: { readonly instrument: Instrument; readonly first_rad: Joints },
  confirm: string,
): Promise<void> {
  if (choice.robot === "sim") return;
  if (confirm !== choice.robot) throw notConfirmed(choice.robot);
  await preflight(urAddress(choice), instrument, first_rad);
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
