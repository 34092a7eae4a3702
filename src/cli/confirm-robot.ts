import { createInterface } from "node:readline/promises";
import { CellistError } from "../errors.ts";
import type { PlannedPiece } from "../performance/planned-piece.ts";
import { preflight, type RobotAddress } from "../rtde/preflight.ts";
import { knotAt } from "../stream/stream-trajectory.ts";

/** Which real arm, and whether it was confirmed on the command line. */
export interface RobotOptions {
  readonly robot: string;
  readonly portOffset: number;
  readonly confirm?: string;
}

/** Checks a real arm and asks; nothing has moved before. @throws CellistError robot-unreachable, robot-not-ready, not-confirmed */
export async function confirmRobot(piece: PlannedPiece, options: RobotOptions): Promise<void> {
  const address = addressOf(options);
  const found = await preflight(address, piece.instrument, knotAt(piece.trajectory, 0).q_rad);
  const { jointSpeed, tcpSpeed, clearance } = piece.trajectory.margins;
  const text =
    `${options.robot} (${found.robotMode}, safety ${found.safetyStatus}) will play ${piece.score.title}: ` +
    `joints up to ${jointSpeed.value.toFixed(2)} of ${jointSpeed.limit.toFixed(2)} rad/s, hand up to ` +
    `${tcpSpeed.maxMps.toFixed(2)} of ${tcpSpeed.limitMps.toFixed(2)} m/s, ${(clearance.minM * 1e3).toFixed(0)} mm clear.`;
  if (options.confirm === options.robot) return;
  if (options.confirm !== undefined || !process.stdin.isTTY)
    throw new CellistError(
      "not-confirmed",
      `${text} Nothing has moved: confirm with --confirm ${options.robot}`,
    );
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const typed = await lines.question(`${text}\nStand clear. Type ${options.robot} to let it move: `);
  lines.close();
  if (typed.trim() !== options.robot)
    throw new CellistError("not-confirmed", `${options.robot} was not confirmed; nothing has moved`);
}

export const addressOf = ({ robot, portOffset }: RobotOptions): RobotAddress => ({
  host: robot,
  rtdePort: 30004 + portOffset,
  dashboardPort: 29999 + portOffset,
  scriptPort: 30001 + portOffset,
});
