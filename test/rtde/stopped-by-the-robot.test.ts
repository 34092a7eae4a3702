import { expect, it, onTestFinished, vi } from "vitest";
import { RobotControl, robotAt, type Knot } from "ur-rtde-ts";
import { ANY_PORTS } from "../../src/sim/servers/tcp-front.ts";
import { startSimulatedRobot } from "../../src/sim/simulated-robot.ts";
import { celloInFront } from "../sim/plant/cello-in-front.ts";
import { atTheArm, away, near } from "./control-at-the-arm.ts";
import { START_RAD } from "./arm-in-step.ts";

const soon = (what: () => void) => vi.waitFor(what, { timeout: 20_000, interval: 5 });

/** Through the sockets of a controller that runs in real time, as in a room. */
async function throughSockets() {
  const robot = await startSimulatedRobot({
    ...{ instrument: celloInFront(), ports: ANY_PORTS, realTime: true, seed: 1 },
    ...{ poweredOn: true, startQ_rad: START_RAD },
  });
  onTestFinished(() => robot.close());
  const control = await RobotControl.open(robotAt("127.0.0.1", robot.ports));
  const safeguard = (holds: boolean) => robot.controller.modes.set("safeguard-stop", holds);
  const isFree = () => robot.controller.motion.torqueNm !== undefined;
  return { controller: robot.controller, control, safeguard, isFree };
}

it("holds an arm that a safeguard took out of a hand until it is asked for again", async () => {
  const { control, safeguard, isFree } = await throughSockets();
  await control.hand.begin();
  await soon(() => expect([control.mode, isFree()]).toEqual(["hand-guided", true]));
  safeguard(true);
  await soon(() => expect(control.condition.name).toBe("safeguard-stop"));
  expect([control.mode, isFree()]).toEqual(["idle", false]);
  await expect(control.hand.begin()).rejects.toThrow(
    /A safeguard stops the arm. First clear the safeguard and reset it/,
  );
  safeguard(false);
  await soon(() => expect(control.condition.canMove).toBe(true));
  expect([control.mode, isFree()]).toEqual(["idle", false]); // nobody may hold it now
  await control.hand.begin();
  expect([control.mode, isFree()]).toEqual(["hand-guided", true]);
  await control.close();
});

it("is left while a safeguard holds the arm, which then goes nowhere when that is cleared", async () => {
  const { control, controller, safeguard } = await throughSockets();
  const broken: unknown[] = [];
  controller.onMessage((message) => message.kind === "runtime-exception" && broken.push(message));
  const moved = control.moves.joints(away(0.5), { speed_radps: 0.5 }).catch((error: Error) => error.message);
  await soon(() => expect(control.state.actual_q[0]).toBeGreaterThan(START_RAD[0] + 0.1));
  safeguard(true);
  await soon(() => expect(controller.runner.state).toBe("PAUSED"));
  const there_rad = [...control.state.actual_q];
  await control.close();
  expect(await moved).toMatch(/stopped on its way/);
  await soon(() => expect(controller.runner.state).toBe("STOPPED"));
  safeguard(false);
  await soon(() => expect(controller.motion.atRest).toBe(true));
  near(controller.plant.q_rad, there_rad);
  expect(broken).toEqual([]);
});

/** From where the arm stands to `byRad` farther in `durationS`, from rest to rest: 10 τ³ − 15 τ⁴ + 6 τ⁵. */
function knotsAway(byRad: number, durationS: number): Knot[] {
  const steps = durationS / 0.04;
  return Array.from({ length: steps + 1 }, (_, k) => {
    const t = k / steps;
    const [way, speed, acceleration] = [
      10 * t ** 3 - 15 * t ** 4 + 6 * t ** 5,
      (30 * t ** 2 - 60 * t ** 3 + 30 * t ** 4) / durationS,
      (60 * t - 180 * t ** 2 + 120 * t ** 3) / durationS ** 2,
    ];
    return {
      timeS: k * 0.04,
      q_rad: START_RAD.map((q) => q + byRad * way),
      qd_radps: START_RAD.map(() => byRad * speed),
      qdd_radps2: START_RAD.map(() => byRad * acceleration),
      last: k === steps,
    };
  });
}

it("plays no more of a path that was given up while a safeguard held the arm", async () => {
  const { control, controller, safeguard } = await throughSockets();
  const stream = await control.stream({ first_rad: START_RAD });
  const played = stream.play(knotsAway(0.8, 4)).catch((error: Error) => error.message);
  await soon(() => expect(control.state.actual_q[0]).toBeGreaterThan(START_RAD[0] + 0.2));
  safeguard(true);
  await soon(() => expect(controller.runner.state).toBe("PAUSED"));
  const there_rad = [...controller.plant.q_rad];
  stream.close();
  await control.close();
  await soon(() => expect(controller.runner.state).toBe("STOPPED")); // while the safeguard still holds
  safeguard(false);
  await new Promise((resolve) => setTimeout(resolve, 500));
  near(controller.plant.q_rad, there_rad);
  await played;
});

it("takes nobody else's program for its own after a protective stop, and frees the arm again", async () => {
  const { robot, control, pass, done, close } = await atTheArm();
  await done(control.hand.begin());
  robot.controller.stopProtectively({ code: 153, argument: 0, text: "the arm was pushed too hard" });
  await pass(0.1);
  expect([control.condition.name, control.mode]).toEqual(["protective-stop", "idle"]);
  await pass(5);
  expect(robot.controller.modes.unlock()).toBe(true);
  robot.controller.runScript("def pendant():\n  while True:\n    sync()\n  end\nend\n");
  await pass(0.1);
  expect(control.mode).toBe("idle");
  await done(control.hand.begin());
  expect([robot.controller.runner.programName, control.mode]).toEqual(["ur_rtde_ts_control", "hand-guided"]);
  await close();
});
