import { CellistError } from "../errors.ts";
import { jointsAt, type Joints } from "../math/joints.ts";
import type { JointTrajectory } from "../trajectory/joint-trajectory.ts";
import type { Knot } from "./knot.ts";
import type { RobotLink, RobotState } from "./robot-link.ts";

/** How a stream went. */
export interface StreamResult {
  readonly knots: number;
  /** Least path time buffered on the controller while it played, before the last knot was sent [s]. */
  readonly leastAheadS: number;
  /** Longest time on the robot clock between two states [s]; one period = none lost. */
  readonly longestGapS: number;
  readonly states: number;
}

/** Robot modes and safety status in which an arm plays. @source RTDE guide: robot_mode 7 running, safety 1 normal, 2 reduced */
const RUNNING = 7;
const SAFE = new Set([1, 2]);

/**
 * Feeds a trajectory to a connected arm and waits until it has been played.
 *
 * The arm's states are the metronome: at each one as many knots are handed over as the link takes. The buffer on the
 * controller is kept full, so a host that freezes shorter than that buffer does no harm.
 *
 * @throws CellistError `robot-stopped` when the arm stopped on the way, with the reason; `detail` has the path time and, as `streamed`, how
 *   the stream went until then
 */
export function streamTrajectory(link: RobotLink, trajectory: JointTrajectory): Promise<StreamResult> {
  const count = trajectory.timeS.length;
  const result = { knots: count, leastAheadS: Infinity, longestGapS: 0, states: 0 };
  let next = 0;
  let started = false;
  let before: number | undefined;
  return new Promise((resolve, reject) => {
    const stopped = (message: string, state?: RobotState): void =>
      reject(
        new CellistError("robot-stopped", message, {
          pathTimeS: state?.player.pathTimeS,
          streamed: { ...result, knots: next } satisfies StreamResult,
        }),
      );
    link.onClosed((reason) =>
      reject(reason ?? new CellistError("robot-stopped", "the link to the arm was closed")),
    );
    link.onState((state) => {
      result.states++;
      if (before !== undefined) result.longestGapS = Math.max(result.longestGapS, state.robotTimeS - before);
      before = state.robotTimeS;
      while (next < count && link.sendKnot(knotAt(trajectory, next))) next++;
      if (!started && state.player.phase === "waiting") {
        started = true;
        link.command("start");
      }
      const { phase, aheadS, pathTimeS } = state.player;
      if (phase === "playing" && next < count) result.leastAheadS = Math.min(result.leastAheadS, aheadS);
      if (phase === "finished") resolve(result);
      else if (phase === "refused")
        stopped("the arm is not where the performance begins; bring it to the parked pose first", state);
      else if (phase === "starved")
        stopped(`the knots came too late: the arm stopped on its path at ${pathTimeS.toFixed(2)} s`, state);
      else if (phase === "stopped") stopped(`stopped on the path at ${pathTimeS.toFixed(2)} s`, state);
      else if (started && (state.robotMode !== RUNNING || !SAFE.has(state.safetyStatus)))
        stopped(
          `the arm stopped by itself at ${pathTimeS.toFixed(2)} s (robot mode ${state.robotMode}, ` +
            `safety status ${state.safetyStatus}); look at the teach pendant before going on`,
          state,
        );
      else if (phase === "abandoned")
        stopped(`the host was silent for too long: the arm stopped at ${pathTimeS.toFixed(2)} s`, state);
      else if (started && phase === "absent")
        stopped(`somebody ended the program on the robot at ${pathTimeS.toFixed(2)} s`, state);
    });
  });
}

/** Knot `index` of a trajectory, as it is sent. */
export function knotAt(trajectory: JointTrajectory, index: number): Knot {
  const row = (values: Float64Array): Joints => jointsAt(values, index);
  return {
    index,
    timeS: trajectory.timeS[index]!,
    q_rad: row(trajectory.q_rad),
    qd_radps: row(trajectory.qd_radps),
    qdd_radps2: row(trajectory.qdd_radps2),
    last: index === trajectory.timeS.length - 1,
  };
}
