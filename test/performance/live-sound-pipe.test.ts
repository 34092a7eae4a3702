import { execFileSync, spawn } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { bowPlanMessage } from "../../src/bag/bow-plan-message.ts";
import { readLaunch } from "../../src/launch/launch-file.ts";
import { RunningLaunch } from "../../src/launch/run-launch.ts";
import { GraphNode } from "../../src/ros/node/graph-node.ts";
import { planOf } from "../evaluation/ideal-performance.ts";

const header = { stamp: { sec: 0, nanosec: 0 }, frame_id: "" };
const DRAWN = { header, force_n: [0, 0, 1, 0], bow_speed_mps: [0, 0, 0.2, 0], contact_m: [0.08, 0.08, 0.08, 0.08], bow_position_m: [0.3, 0.3, 0.3, 0.3], simulated: true }; // prettier-ignore
const PLAYER = { header, phase: "playing", accepted_knot: 0, rate: 1, ahead_s: 0.6, knot_lateness_s: 0, robot_mode: 7, safety_status: 1, speed_scaling: 1 }; // prettier-ignore
const USE = { joint: 0, at_s: 0, value: 1, limit: 2 };
const MARGINS = { joint_speed: USE, joint_acceleration: USE, joint_jerk: USE, joint_position: USE, tcp_speed_max_mps: 0, tcp_speed_limit_mps: 1, tcp_speed_at_s: 0, min_sigma: 1, limit_sigma: 0, min_elbow_rad: 1, singularity_at_s: 0, elbow_at_s: 0, clearance_min_m: 1, clearance_required_m: 0, clearance_pair: ["", ""], clearance_at_s: 0 }; // prettier-ignore
/** So long the arm plays, in real time: more than a pipe and what may wait for it hold [s]. */
const PLAYS_S = 1.6;

const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

/** A named pipe. @param reads how whoever listens takes from it; undefined: never */
function pipe(reads: string | undefined): string {
  const folder = mkdtempSync(join(tmpdir(), "live-"));
  const path = join(folder, "pipe");
  execFileSync("mkfifo", [path]);
  const held = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  const reader = reads === undefined ? undefined : spawn("sh", ["-c", reads, "sh", path]);
  closers.push(() => {
    reader?.kill();
    closeSync(held);
    rmSync(folder, { recursive: true });
  });
  return path;
}

/** The shipped node in its thread, told of an arm that plays. @returns what it said, and the cycles of the arm */
async function playInto(
  path: string,
): Promise<{ readonly said: readonly string[]; readonly cycles: number }> {
  const said: string[] = [];
  const text = `description: test\nnodes:\n  - { node: live_sound, thread: true, parameters: { to: ${path} } }\n`;
  const logSink = (_: string, level: string, line: string): void => void said.push(`${level}: ${line}`);
  const running = await RunningLaunch.start(readLaunch(text, "test"), { logSink });
  closers.push(() => void running.stop());
  const arm = new GraphNode(running.graph, { name: "arm" });
  arm.publisher("bow_plan").publish(bowPlanMessage(planOf([[0, 3, "D", "down", 0]]), 0n));
  const details = arm.publisher("trajectory_details");
  const [player, bow] = [arm.publisher("player_state"), arm.publisher("bow_state")];
  details.publish({
    header,
    title: "",
    time_s: [0],
    score_start_s: 0,
    servo_lag_s: 0,
    margins: MARGINS,
    sha256: "",
  });
  const startS = performance.now() / 1e3;
  let cycles = 0;
  while (cycles * 0.002 < PLAYS_S) {
    while (cycles * 0.002 < performance.now() / 1e3 - startS) {
      player.publish({ ...PLAYER, robot_time_s: 7 + cycles * 0.002, path_time_s: cycles * 0.002 });
      bow.publish(DRAWN);
      cycles++;
    }
    await sleep(2);
  }
  // it answers, and ends in order: no thread of it waits for whoever listens
  const state = await running.graph.call("/live_sound/get_state", "lifecycle_msgs/srv/GetState", {});
  expect(state).toEqual({ current_state: { id: 3, label: "active" } });
  await running.stop();
  return { said, cycles };
}

describe.skipIf(process.platform === "win32")("live sound into a pipe", () => {
  it.each([
    { how: "never", reads: undefined },
    {
      how: "a hundredth as fast as it comes",
      reads: 'while sleep 0.5; do head -c 1000 "$1"; done >/dev/null',
    },
  ])("that is read $how waits for nobody, loses sound, and says how much in one line", async ({ reads }) => {
    const { said, cycles } = await playInto(pipe(reads));
    expect(cycles).toBeGreaterThanOrEqual(PLAYS_S / 0.002);
    const lines = said.filter((line) => line.includes("live sound"));
    expect(lines).toHaveLength(1);
    // A machine that is too busy to sound it leaves it out instead: what nobody could hear is told either way.
    const unheardS = ["s not taken by whoever plays", "s left out"].map((what) =>
      Number(new RegExp(`([\\d.]+) ${what}`).exec(lines[0]!)?.[1] ?? 0),
    );
    expect(unheardS[0]! + unheardS[1]!).toBeGreaterThan(0.3);
  });
});
