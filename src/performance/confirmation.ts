import type { Preflight } from "../rtde/preflight.ts";
import type { JointTrajectory } from "../trajectory/joint-trajectory.ts";

/** What a person is told who is to confirm that a real arm plays: robot, piece and limits, and where its base stands a turn away. */
export function confirmationOf(
  robot: string,
  found: Pick<Preflight, "robotMode" | "safetyStatus" | "baseTurns_rad">,
  { title, margins }: Pick<JointTrajectory, "title" | "margins">,
): string {
  const { jointSpeed, tcpSpeed, clearance } = margins;
  const limits =
    `joints up to ${jointSpeed.value.toFixed(2)} of ${jointSpeed.limit.toFixed(2)} rad/s, hand up to ` +
    `${tcpSpeed.maxMps.toFixed(2)} of ${tcpSpeed.limitMps.toFixed(2)} m/s, ${(clearance.minM * 1e3).toFixed(0)} mm clear.`;
  const turned =
    found.baseTurns_rad === 0
      ? ""
      : " Its base stands a whole turn away from where the calibration has it, and it plays from there: see to the cables of bow and gripper.";
  return `${robot} (${found.robotMode}, safety ${found.safetyStatus}) will play ${title}: ${limits}${turned}`;
}
