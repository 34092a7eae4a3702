import { expect, it } from "vitest";
import type * as cellist from "../../src/cellist_msgs/messages.ts";
import { Health, LEVEL } from "../../src/performance/health.ts";

const header = { stamp: { sec: 0, nanosec: 0 }, frame_id: "" };
const playing = (more: Partial<cellist.PlayerState> = {}): cellist.PlayerState => ({
  header,
  robot_time_s: 0,
  phase: "playing",
  accepted_knot: 0,
  path_time_s: 1,
  rate: 1,
  ahead_s: 0.4,
  knot_lateness_s: NaN,
  robot_mode: 7,
  safety_status: 1,
  speed_scaling: 1,
  ...more,
});
const fresh = () => new Health({ leastStatesHz: 400, leastAheadS: 0.1 });
const named = (health: Health, name: string, spanS = 1) =>
  health.look(spanS).find((status) => status.name === `cellist: ${name}`)!;

it("knows nothing before anybody has spoken, and says that it does not", () => {
  const levels = Object.fromEntries(
    fresh()
      .look(1)
      .map(({ name, level }) => [name.replace("cellist: ", ""), level]),
  );
  const { stale, ok } = LEVEL;
  expect(levels).toEqual({ arm: stale, stream: stale, plan: stale, recording: stale, log: ok });
});

it("counts states by the second and warns when too few come, or none any more", () => {
  const health = fresh();
  for (let i = 0; i < 250; i++) health.hearState(playing());
  expect(named(health, "stream", 0.5)).toMatchObject({ level: LEVEL.ok, message: "500 states a second" });
  for (let i = 0; i < 250; i++) health.hearState(playing());
  expect(named(health, "stream")).toMatchObject({
    level: LEVEL.warn,
    message: "250 states a second; at least 400 should come",
  });
  expect(named(health, "stream")).toMatchObject({ level: LEVEL.stale });
});

it("remembers the emptiest moment of the buffer since the last look, while playing only", () => {
  const health = fresh();
  for (let i = 0; i < 500; i++) health.hearState(playing({ ahead_s: i === 100 ? 0.04 : 0.5 }));
  health.hearState(playing({ phase: "finished", ahead_s: 0 }));
  expect(named(health, "stream")).toMatchObject({
    level: LEVEL.warn,
    message: "only 40 ms of the path were ahead; 100 ms should be",
  });
  for (let i = 0; i < 500; i++) health.hearState(playing());
  expect(named(health, "stream").level).toBe(LEVEL.ok);
});

it("calls a protective stop an error, brakes a warning, and a starved or refusing program an error", () => {
  const arm = (state: Partial<cellist.PlayerState>) => {
    const health = fresh();
    health.hearState(playing(state));
    return named(health, "arm");
  };
  expect(arm({ safety_status: 3 })).toMatchObject({
    level: LEVEL.error,
    message: "safety status 3: it must be cleared at the arm",
  });
  expect(arm({ safety_status: 2 }).level).toBe(LEVEL.ok); // reduced mode
  expect(arm({ robot_mode: 5 }).level).toBe(LEVEL.warn);
  expect(arm({ phase: "starved" })).toMatchObject({ level: LEVEL.error, message: "starved" });
  expect(arm({})).toMatchObject({ level: LEVEL.ok, message: "playing" });
});

it("repeats a refusal word for word until something is planned after it", () => {
  const health = fresh();
  const refusal = {
    header,
    node: "/trajectory",
    code: "unplayable",
    sentence: "bar 3 is too fast",
    detail_json: "",
  };
  health.hearRefusal(refusal);
  expect(named(health, "plan")).toMatchObject({ level: LEVEL.error, message: "bar 3 is too fast" });
  const use = { joint: 0, at_s: 0, value: 1, limit: 2 };
  health.hearPlan({
    header,
    title: "Twinkle",
    time_s: [0, 1],
    score_start_s: 0,
    servo_lag_s: 0.034,
    margins: {
      joint_speed: use,
      joint_acceleration: { ...use, value: 1.5 },
      joint_jerk: use,
      joint_position: use,
      tcp_speed_max_mps: 0.5,
      tcp_speed_limit_mps: 1,
      tcp_speed_at_s: 0,
      min_sigma: 1,
      limit_sigma: 0.1,
      min_elbow_rad: 1,
      singularity_at_s: 0,
      elbow_at_s: 0,
      clearance_min_m: 0.0072,
      clearance_required_m: 0.005,
      clearance_pair: ["bow stick", "C string"],
      clearance_at_s: 0,
    },
    sha256: "abc",
  });
  const plan = named(health, "plan");
  expect(plan).toMatchObject({ level: LEVEL.ok, message: "Twinkle" });
  const values = Object.fromEntries(plan.values.map(({ key, value }) => [key, value]));
  expect(values).toMatchObject({
    joint_acceleration: "75 % of its limit",
    tcp_speed: "50 % of its limit",
    clearance: "7.2 mm: bow stick and C string",
  });
});

it("counts complaints on /rosout and repeats the last one; a failed recording is an error", () => {
  const health = fresh();
  const line = (level: number, msg: string) => ({
    stamp: header.stamp,
    level,
    name: "sound",
    msg,
    file: "",
    function: "",
    line: 0,
  });
  health.hearLog(line(20, "all is well"));
  expect(named(health, "log").level).toBe(LEVEL.ok);
  health.hearLog(line(30, "the bow is old"));
  expect(named(health, "log")).toMatchObject({ level: LEVEL.warn, message: "sound: the bow is old" });
  health.hearLog(line(40, "a string broke"));
  expect(named(health, "log")).toMatchObject({ level: LEVEL.error, message: "sound: a string broke" });
  health.hearRecording({ header, state: "failed", path: "/x.mcap", sentence: "the disk is full" });
  expect(named(health, "recording")).toMatchObject({
    level: LEVEL.error,
    message: "failed: the disk is full",
  });
});
