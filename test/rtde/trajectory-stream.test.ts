import { expect, it } from "vitest";
import {
  type Knot,
  PLAYER_TARGETS,
  type PlayerSettings,
  type PlayerState,
  TrajectoryStream,
} from "ur-rtde-ts";
import { armInStep, during, START_RAD } from "./arm-in-step.ts";

const [KNOT_S, PATH_S] = [0.02, 3];
const SWING_RAD = [0.4, -0.3, 0.2, 0.3, -0.4, 0.5];

/** A cycloid to the far side of the swing: rest, rest, and known in between. s − sin(2πs)/2π, s = t / T. */
const shape = (t: number) => t / PATH_S - Math.sin((2 * Math.PI * t) / PATH_S) / (2 * Math.PI);
const speed = (t: number) => (1 - Math.cos((2 * Math.PI * t) / PATH_S)) / PATH_S;
const bend = (t: number) => ((2 * Math.PI) / PATH_S ** 2) * Math.sin((2 * Math.PI * t) / PATH_S);

function* knots(): Generator<Knot> {
  const count = Math.round(PATH_S / KNOT_S);
  for (let k = 0; k <= count; k++) {
    const t = k * KNOT_S;
    yield {
      timeS: t,
      q_rad: SWING_RAD.map((a, j) => START_RAD[j]! + a * shape(t)),
      qd_radps: SWING_RAD.map((a) => a * speed(t)),
      qdd_radps2: SWING_RAD.map((a) => a * bend(t)),
      last: k === count,
    };
  }
}

async function atTheArm(
  options: { readonly player?: Partial<PlayerSettings>; readonly first_rad?: readonly number[] } = {},
) {
  const arm = await armInStep();
  const open = () => TrajectoryStream.open(arm.streams, { first_rad: START_RAD, outputs: SEEN, ...options });
  const stream = await during(arm.robot, open());
  const seen: {
    player: PlayerState;
    target_rad: number[];
    q_rad: number[];
    qd_radps: number[];
    atS: number;
  }[] = [];
  stream.onState((player, p) =>
    seen.push({
      player: { ...player },
      target_rad: PLAYER_TARGETS.map((name) => p[name]),
      q_rad: [...p.actual_q],
      qd_radps: [...p.actual_qd],
      atS: p.timestamp,
    }),
  );
  return { ...arm, stream, seen, open };
}
const SEEN = [...PLAYER_TARGETS, "actual_q", "actual_qd"] as const;

/**
 * Every other knot goes through integers, which round by 1.5 nrad; the quintic itself, through knots 20 ms apart, misses
 * a sine of 3 s by (0.02)⁶ of its sixth derivative, far less.
 */
const OFF_PLAN_RAD = 2e-9;

/** Farthest that a commanded joint was from the plan at the path time that goes with it [rad]. */
const offPlan = (seen: Awaited<ReturnType<typeof atTheArm>>["seen"]): number =>
  Math.max(
    ...seen
      .filter(({ player }) => player.phase !== "waiting" && player.phase !== "absent")
      .flatMap(({ player, target_rad }) =>
        target_rad.map((q, j) => Math.abs(q - START_RAD[j]! - SWING_RAD[j]! * shape(player.pathTimeS))),
      ),
  );
const fastest = (qd_radps: readonly number[]): number => Math.max(...qd_radps.map(Math.abs));

it("does not wait for ever for a controller that falls silent on the way", async () => {
  const { robot, streams } = await armInStep();
  const open = TrajectoryStream.open({ ...streams, silenceMs: 200 }, { first_rad: START_RAD });
  const stream = await during(robot, open);
  const played = stream.play(knots());
  const parked = stream.pause();
  await expect(played).rejects.toMatchObject({
    code: "NO_ANSWER",
    message: "The controller has sent nothing for 200 ms.",
  });
  await expect(parked).rejects.toMatchObject({ code: "NO_ANSWER" });
});

it("commands the plan itself, at its own pace, to the end", async () => {
  const { robot, stream, seen } = await atTheArm();
  const end = await during(robot, stream.play(knots()));
  expect(end).toMatchObject({ phase: "finished", acceptedKnot: 150, pathTimeS: PATH_S });
  expect(offPlan(seen)).toBeLessThan(OFF_PLAN_RAD);
  const playing = seen.filter(({ player }) => player.phase === "playing" && player.rate === 1);
  const [first, last] = [playing[0]!, playing.findLast(({ player }) => player.pathTimeS < PATH_S)!];
  expect(last.atS - first.atS).toBeCloseTo(last.player.pathTimeS - first.player.pathTimeS, 6);
  expect(stream.leastSlackS).toBeGreaterThan(0.5);
  // At the end the servo has settled: the arm stands where the path ends.
  seen.at(-1)!.q_rad.forEach((q, j) => expect(q).toBeCloseTo(START_RAD[j]! + SWING_RAD[j]!, 3));
  stream.close();
});

it("takes knots no faster than the ring has room for them", async () => {
  const { robot, stream } = await atTheArm({ player: { ringKnots: 40 } });
  let asked = 0;
  let most = 0;
  function* counted(): Generator<Knot> {
    for (const knot of knots()) {
      asked += 1;
      const played = Math.floor(stream.state.pathTimeS / KNOT_S);
      most = Math.max(most, asked - played);
      yield knot;
    }
  }
  await during(robot, stream.play(counted()));
  // 40 in the ring, two under way, one in hand, one because the path time is a report old.
  expect(most).toBeGreaterThanOrEqual(40);
  expect(most).toBeLessThanOrEqual(44);
  stream.close();
});

it("pauses and resumes on the path, in the time it promises", async () => {
  const { robot, stream, seen, pass } = await atTheArm();
  const played = stream.play(knots());
  await pass(1.2);
  const [askedS, from] = [seen.at(-1)!.atS, stream.state.pathTimeS];
  const paused = await during(robot, stream.pause());
  expect(stream.rest).toEqual({ targetRestS: 0.25, armRestS: 0.55, wayS: 0.125 });
  expect(seen.at(-1)!.atS - askedS).toBeLessThan(stream.rest.targetRestS + 0.02);
  expect(paused.pathTimeS - from).toBeLessThan(stream.rest.wayS + 0.01);
  await pass(0.4);
  expect(fastest(seen.at(-1)!.qd_radps)).toBeLessThan(0.002);
  expect(stream.state).toMatchObject({ phase: "paused", rate: 0, pathTimeS: paused.pathTimeS });
  await during(robot, stream.resume());
  expect((await during(robot, played)).phase).toBe("finished");
  expect(offPlan(seen)).toBeLessThan(OFF_PLAN_RAD);
  stream.close();
});

it("holds still when it is paused before it began, and begins when resumed", async () => {
  const { robot, stream, pass } = await atTheArm();
  const played = stream.play(knots());
  await during(robot, stream.pause());
  await pass(1);
  expect(stream.state).toMatchObject({ phase: "waiting", pathTimeS: 0, rate: 0 });
  await during(robot, stream.resume());
  expect((await during(robot, played)).phase).toBe("finished");
  stream.close();
});

it("plays knots that are worked out as it goes, and says when the last one is missing", async () => {
  async function* later() {
    for (const knot of knots()) {
      await Promise.resolve();
      yield knot.timeS < 2 ? knot : { ...knot, last: false };
    }
  }
  const { robot, stream } = await atTheArm();
  await expect(during(robot, stream.play(later()))).rejects.toThrow("without one that says it is the last");
  await during(robot, stream.until(["stopped"])); // and does not leave the arm to starve
  stream.close();
});

it("stops at rest on the path, and what played it says where", async () => {
  const { robot, stream, seen, pass } = await atTheArm();
  const played = stream.play(knots()).catch((error: unknown) => error);
  await pass(1.2);
  const askedS = seen.at(-1)!.atS;
  const rest = await during(robot, stream.stop());
  expect(seen.at(-1)!.atS - askedS).toBeLessThan(stream.rest.armRestS + 0.03);
  expect(fastest(seen.at(-1)!.qd_radps)).toBeLessThan(0.002);
  expect(await played).toMatchObject({
    name: "TrajectoryError",
    code: "STOPPED",
    state: { phase: "stopped", pathTimeS: rest.pathTimeS },
  });
  expect(offPlan(seen)).toBeLessThan(OFF_PLAN_RAD);
  stream.close();
});

it("comes to rest on the path when the knots stop coming, and reports it", async () => {
  const { robot, stream, seen } = await atTheArm();
  const few = [...knots()].slice(0, 80); // to 1.58 s
  const played = (async () => {
    stream.command("start");
    for (const knot of few) await stream.send(knot);
    await stream.until(["finished"]);
  })();
  await expect(during(robot, played)).rejects.toMatchObject({ code: "STARVED" });
  await during(robot, stream.until(["starved"]));
  armRest(robot);
  expect(stream.state.pathTimeS).toBeLessThan(few.at(-1)!.timeS);
  expect(stream.state.pathTimeS).toBeGreaterThan(few.at(-1)!.timeS - 0.05);
  expect(fastest(seen.at(-1)!.qd_radps)).toBeLessThan(0.002);
  expect(offPlan(seen)).toBeLessThan(OFF_PLAN_RAD);
  stream.close();
});

it("gives up by itself when it is paused and the host hangs, and not while the host lives", async () => {
  const { robot, host, stream, pass } = await atTheArm({ player: { hostSilenceS: 0.5 } });
  const played = stream.play(knots()).catch((error: unknown) => error);
  await pass(1);
  const { pathTimeS } = await during(robot, stream.pause());
  await pass(1.5);
  expect(stream.state.phase).toBe("paused"); // a host that has nothing to say still shows that it lives
  host.isMute = true;
  await pass(1);
  expect(await played).toMatchObject({ code: "ABANDONED", state: { pathTimeS, rate: 0 } });
  expect(robot.controller.runner.state).toBe("STOPPED");
  stream.close();
});

it("brakes on the path when the host hangs with the whole path in the ring", async () => {
  const { robot, host, stream, seen, pass } = await atTheArm({
    player: { hostSilenceS: 0.3, ringKnots: 200 },
  });
  const played = stream.play(knots()).catch((error: unknown) => error);
  await during(robot, stream.until(["playing"]));
  while (stream.state.acceptedKnot < 150) await pass(0.002);
  host.isMute = true;
  await pass(1.5);
  expect(await played).toMatchObject({ code: "ABANDONED" });
  expect(stream.state.pathTimeS).toBeLessThan(PATH_S);
  expect(fastest(seen.at(-1)!.qd_radps)).toBeLessThan(0.002);
  expect(offPlan(seen)).toBeLessThan(OFF_PLAN_RAD);
  stream.close();
});

const armRest = (robot: { stepCycle(): void }): void => {
  for (let cycle = 0; cycle < 400; cycle++) robot.stepCycle();
};

it("tells a stop of the robot from a program that somebody ended", async () => {
  const stopped = await atTheArm();
  const first = stopped.stream.play(knots()).catch((error: unknown) => error);
  await stopped.pass(1);
  stopped.robot.controller.emergencyStop();
  await stopped.pass(0.1);
  expect(await first).toMatchObject({ code: "ROBOT_STOPPED" });
  stopped.stream.close();

  const replaced = await atTheArm();
  const second = replaced.stream.play(knots()).catch((error: unknown) => error);
  await replaced.pass(1);
  replaced.robot.controller.runScript("def other():\n  sleep(1)\nend\n");
  await replaced.pass(1.5);
  expect(await second).toMatchObject({ code: "PROGRAM_ENDED" });
  replaced.stream.close();
});

it("stops the arm on its path when the signal fires", async () => {
  const { robot, stream, seen, pass } = await atTheArm();
  const abort = new AbortController();
  const played = stream.play(knots(), { signal: abort.signal }).catch((error: unknown) => error);
  await pass(1);
  abort.abort();
  expect(await played).toMatchObject({ code: "ABORTED" });
  await during(robot, stream.until(["stopped"]));
  expect(offPlan(seen)).toBeLessThan(OFF_PLAN_RAD);
  stream.close();
});

it("does not move an arm that is not where the path begins", async () => {
  const away = START_RAD.map((q) => q + 0.05);
  const { robot, stream } = await atTheArm({ first_rad: away });
  await expect(during(robot, stream.play(knots()))).rejects.toMatchObject({ code: "NOT_AT_START" });
  stream.close();
});

it("refuses knots that cannot be played, before they are sent", async () => {
  const { stream } = await atTheArm();
  const [first] = [...knots()];
  expect(() => stream.offer({ ...first!, timeS: NaN })).toThrow("its time is not a number");
  expect(() => stream.offer({ ...first!, q_rad: [1, 2] })).toThrow("q_rad has 2 values, not 6");
  expect(() => stream.offer({ ...first!, qd_radps: [0, 0, 0, 0, 0, Infinity] })).toThrow("qd_radps[5]");
  expect(stream.offer(first!)).toBe(true);
  expect(() => stream.offer(first!)).toThrow("path times must grow");
  stream.close();
});

it("says which inputs a second stream cannot have", async () => {
  const { robot, stream, open } = await atTheArm();
  await expect(during(robot, open())).rejects.toMatchObject({
    code: "IN_USE",
    field: "input_int_register_24",
  });
  stream.close();
  const next = await during(robot, open()); // the first one's are free again, and its program is replaced
  next.close();
});

it("refuses settings out of their range with the setting's name", async () => {
  await expect(atTheArm({ player: { lookaheadS: 0.01 } })).rejects.toThrow(
    "Player setting lookaheadS is 0.01; it must be 0.03 to 0.2.",
  );
});
