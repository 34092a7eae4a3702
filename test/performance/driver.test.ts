import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Perform_Feedback } from "../../src/cellist_msgs/messages.ts";
import { readLaunch } from "../../src/launch/launch-file.ts";
import { RunningLaunch } from "../../src/launch/run-launch.ts";
import type { JointTrajectoryMessage } from "../../src/ros/messages.ts";
import { GraphNode } from "../../src/ros/node/graph-node.ts";
import { nanoseconds, rosTime } from "../../src/ros/time.ts";
import { shortMidi } from "./short-piece.ts";

const folder = mkdtempSync(join(tmpdir(), "cellist-driver-"));
let running: RunningLaunch;
let node: GraphNode;
let planned: JointTrajectoryMessage;

beforeAll(async () => {
  const piece = join(folder, "short.mid");
  writeFileSync(piece, shortMidi());
  const text = readFileSync("launch/performance.yaml", "utf8");
  running = await RunningLaunch.start(
    readLaunch(text, "performance", { piece, lock_step: true, results: false, conduct: false }),
  );
  node = new GraphNode(running.graph, { name: "test", useSimTime: true });
  node.subscribe("joint_trajectory", (message) => void (planned = message));
}, 120_000);
afterAll(async () => {
  await running.stop();
  rmSync(folder, { recursive: true });
});

const PERFORM = { trajectory_sha256: "", confirm: "" };
const SLOW = { timeout: 120_000 };
const trigger = (what: string) => node.call(`robot_driver/${what}`, "std_srvs/srv/Trigger", {});
const followGoal = (trajectory: JointTrajectoryMessage) => ({
  trajectory,
  multi_dof_trajectory: { header: trajectory.header, joint_names: [], points: [] },
  path_tolerance: [],
  component_path_tolerance: [],
  goal_tolerance: [{ name: "elbow_joint", position: 0.01, velocity: 0, acceleration: 0 }],
  component_goal_tolerance: [],
  goal_time_tolerance: { sec: 0, nanosec: 0 },
});
const follow = async (trajectory: JointTrajectoryMessage) => {
  const client = node.actionClient("follow_joint_trajectory", "control_msgs/action/FollowJointTrajectory");
  const errors: number[] = [];
  const sent = await client.send(followGoal(trajectory), ({ error }) =>
    errors.push(...Array.from(error.positions, Math.abs)),
  );
  return { ...(await sent.result), errors };
};

it("has nothing to pause, resume or stop while nothing plays", async () => {
  for (const what of ["pause", "resume", "stop"])
    expect(await trigger(what)).toEqual({ success: false, message: "nothing is being played" });
});

it(
  "follows a trajectory that others could have planned, and tells how far the arm is from it",
  SLOW,
  async () => {
    const { end, result, errors } = await follow(planned);
    expect(result).toEqual({ error_code: 0, error_string: "" });
    expect(end).toBe("succeeded");
    expect(errors.length).toBeGreaterThan(100);
    expect(Math.max(...errors)).toBeLessThan(0.1); // the servo's lag at full speed
  },
);

it(
  "refuses a goal that breaks a limit, lacks a joint or begins in motion, and moves nothing",
  SLOW,
  async () => {
    const hasty = planned.points.map((point) => ({
      ...point,
      velocities: Array.from(point.velocities, (v) => v * 4),
      accelerations: Array.from(point.accelerations, (a) => a * 16),
      time_from_start: rosTime(nanoseconds(point.time_from_start) / 4n),
    }));
    const fast = await follow({ ...planned, points: hasty });
    expect(fast).toMatchObject({ end: "aborted", result: { error_code: -1 } });
    expect(fast.result.error_string).toMatch(/joint needs .*on the path of the goal\); its limit is/);
    const armless = await follow({ ...planned, joint_names: planned.joint_names.slice(1) });
    expect(armless.result).toMatchObject({ error_code: -2 });
    const moving = await follow({
      ...planned,
      points: planned.points
        .slice(40)
        .map((p, i) => ({ ...p, time_from_start: rosTime(BigInt(i) * 20_000_000n) })),
    });
    expect(moving.result.error_string).toBe("the path must begin and end at rest");
  },
);

it("pauses along the path and goes on to the end", SLOW, async () => {
  const phases: string[] = [];
  let asked = false;
  const onFeedback = ({ phase, path_time_s }: Perform_Feedback): void => {
    if (phases.at(-1) !== phase) phases.push(phase);
    if (phase === "playing" && path_time_s > 1 && !asked) {
      asked = true;
      void trigger("pause");
    }
    if (phase === "paused") void trigger("resume");
  };
  const sent = await node.actionClient("perform", "cellist_msgs/action/Perform").send(PERFORM, onFeedback);
  const { end, result } = await sent.result;
  expect(end).toBe("succeeded");
  expect(result).toMatchObject({ code: "", message: "" });
  expect(phases.filter((phase) => phase === "paused")).toHaveLength(1);
  expect(phases.at(-1)).toBe("finished");
});

it(
  "plays one thing at a time, stops on the path when it is cancelled, and does not start from there",
  SLOW,
  async () => {
    const client = node.actionClient("perform", "cellist_msgs/action/Perform");
    const toCancel: { cancel(): Promise<void> }[] = [];
    const sent = await client.send(PERFORM, ({ path_time_s }) => {
      if (path_time_s > 1) void toCancel.pop()?.cancel();
    });
    toCancel.push(sent);
    const second = await client.send(PERFORM);
    expect((await second.result).result.message).toBe("the arm is playing already; stop that first");
    const { end, result } = await sent.result;
    expect(end).toBe("canceled");
    expect(result).toMatchObject({ code: "robot-stopped" });
    expect(result.message).toMatch(/stopped on the path at 1\.\d\d s/);
    expect(result.states).toBeGreaterThan(400); // 500 a second
    expect(result.knots).toBeGreaterThan(50); // one each 20 ms
    const again = await client.send(PERFORM);
    expect((await again.result).result.message).toMatch(/not where the performance begins/);
  },
);
