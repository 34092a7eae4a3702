import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { expect, it, onTestFinished } from "vitest";
import { type OutputName, PrimaryClient, RtdeClient } from "ur-rtde-ts";
import { NOMINAL_UR5E } from "../../../src/kinematics/dh.ts";
import { displacedArm } from "../../../src/sim/faults/displaced-arm.ts";
import { parseFaultScript } from "../../../src/sim/faults/fault-script.ts";
import { ANY_PORTS } from "../../../src/sim/servers/tcp-front.ts";
import { type Bench, bench } from "../controller/robot-in-memory.ts";
import { celloInFront } from "../plant/cello-in-front.ts";

const WATCHED = [
  "timestamp",
  "safety_mode",
  "safety_status_bits",
  "robot_mode",
  "runtime_state",
  "speed_scaling",
  "target_speed_fraction",
  "actual_q",
  "target_q",
  "target_qd",
  "actual_qd",
  "actual_TCP_force",
] as const satisfies readonly OutputName[];

interface Seen {
  readonly timestamp: number;
  readonly safety_mode: number;
  readonly safety_status_bits: number;
  readonly robot_mode: number;
  readonly runtime_state: number;
  readonly speed_scaling: number;
  readonly target_speed_fraction: number;
  readonly actual_q: ArrayLike<number>;
  readonly target_q: ArrayLike<number>;
  readonly target_qd: ArrayLike<number>;
  readonly actual_qd: ArrayLike<number>;
  readonly actual_TCP_force: ArrayLike<number>;
}

const [STOPPED, PLAYING, PAUSED] = [1, 2, 4];
const POWER_OFF = 3;
/** The arm turns its base at 0.3 rad/s, so that one sees whether it goes on. */
const TURNING = "def turn():\n  speedj([0.3, 0, 0, 0, 0, 0], 2, 60)\nend\n";
const force = (axis: number, expected: number) => (s: Seen) =>
  Math.abs(s.actual_TCP_force[axis]! - expected) < 0.05;
const stopped = (s: Seen): boolean =>
  s.runtime_state === STOPPED && Math.abs(s.target_qd[0]!) === 0 && (s.safety_status_bits & (1 << 10)) !== 0;
const behindS = (s: Seen): number => (s.target_q[0]! - s.actual_q[0]!) / 0.3;

/** Every fault of the list, and what a client of RTDE sees of it 0.4 s later; none of it is to be seen without it. */
const FAULTS: readonly (readonly [line: string, sees: (s: Seen) => boolean])[] = [
  ["protective-stop", (s) => s.safety_mode === 3 && stopped(s)],
  ["emergency-stop", (s) => s.safety_mode === 7 && s.robot_mode === POWER_OFF && stopped(s)],
  ["emergency-stop system", (s) => s.safety_mode === 6 && s.robot_mode === POWER_OFF && stopped(s)],
  ["safeguard-stop", (s) => s.safety_mode === 5 && s.runtime_state === PAUSED && s.target_qd[0] === 0],
  ["joint-limit 2", (s) => s.safety_mode === 8 && s.robot_mode === POWER_OFF && stopped(s)],
  ["fault", (s) => s.safety_mode === 9 && s.robot_mode === POWER_OFF && stopped(s)],
  [
    "reduced-mode on",
    (s) => s.safety_mode === 2 && s.safety_status_bits === 2 && s.runtime_state === PLAYING,
  ],
  ["speed-slider 0.5", (s) => s.target_speed_fraction === 0.5 && Math.abs(s.target_qd[0]! - 0.15) < 1e-6],
  ["pause", (s) => s.runtime_state === PAUSED && s.speed_scaling === 0],
  ["stop", (s) => s.runtime_state === STOPPED && s.target_qd[0] === 0],
  ["payload-error 0.5", force(2, -0.5 * 9.82)],
  ["force-bias 0 2 0", force(1, 2)],
  ["force-noise 3", (s) => Math.abs(s.actual_TCP_force[2]!) > 0.05],
  ["joint-noise 0.001 0.01", (s) => Math.abs(s.actual_qd[3]!) > 1e-3],
  ["latency 0.1", (s) => Math.abs(behindS(s) - 0.1) < 0.01],
  ["push 0 0 20 0 0 0", force(2, 20)],
];

async function watch(one: Bench): Promise<Seen> {
  const client = new RtdeClient(one.robot.connectRtde());
  await client.negotiate();
  const recipe = await client.setupOutputs(WATCHED, 500);
  await client.start();
  one.robot.controller.runScript(TURNING);
  return recipe.package;
}

it.each(FAULTS)("lets `%s` happen by a script of faults, and clients see it", async (line, sees) => {
  const faults = parseFaultScript(`0.4 ${line}\n`);
  if (!faults.ok) throw new Error(faults.why);
  const one = await bench({ faults: faults.value });
  const seen = await watch(one);
  one.cycles(199);
  expect([seen.runtime_state, sees(seen)]).toEqual([PLAYING, false]);
  one.cycles(201);
  expect(sees(seen)).toBe(true);
});

it("lets every fault happen by command through the control port, seen through the RTDE port", async () => {
  for (const [line, sees] of FAULTS) {
    const one = await bench({ controlPort: 0, ports: ANY_PORTS });
    const host = "127.0.0.1";
    const door = connect(one.robot.controlPort!, host);
    const client = await RtdeClient.connect({ host, port: one.robot.ports!.rtde });
    await client.negotiate();
    const seen = (await client.setupOutputs(WATCHED, 500)).package;
    await client.start();
    one.robot.controller.runScript(TURNING);
    one.cycles(200);
    const answer = once(createInterface({ input: door }), "line");
    door.write(`${line}\n`);
    expect(await answer, line).toEqual(["ok"]);
    one.cycles(201);
    const end = one.robot.controller.timeS;
    while (seen.timestamp < end) await new Promise((resolve) => setImmediate(resolve));
    expect(sees(seen), line).toBe(true);
    client.close();
    door.destroy();
    await one.robot.close();
  }
});

it("loses clients when communication is cut, keeps their data back when it is silent, by script as well", async () => {
  const faults = parseFaultScript(
    "0.1 communication silent\n0.2 communication normal\n0.3 communication cut\n",
  );
  if (!faults.ok) throw new Error(faults.why);
  const one = await bench({ faults: faults.value });
  const client = new RtdeClient(one.robot.connectRtde());
  await client.negotiate();
  const times: number[] = [];
  (await client.setupOutputs(["timestamp"], 500)).onPackage(({ timestamp }) => times.push(timestamp));
  await client.start();
  const heard = (cycles: number): number => {
    one.cycles(cycles);
    return times.length;
  };
  expect(heard(49)).toBe(49);
  expect(heard(50)).toBe(49);
  expect(heard(1)).toBe(100);
  expect(heard(49)).toBe(149);
  expect(client.closed).toBe(false);
  one.cycles(1);
  expect(client.closed).toBe(true);
});

it("tells the kinematics of an arm that is not nominal on its primary interface", async () => {
  const dh = displacedArm(NOMINAL_UR5E, 7);
  const { robot } = await bench({ instrument: { ...celloInFront(), dh } });
  const client = new PrimaryClient(robot.connectScript());
  onTestFinished(() => void client.close());
  const { a_m, d_m, alpha_rad } = await client.kinematics();
  expect([a_m, d_m, alpha_rad]).toEqual([[...dh.a_m], [...dh.d_m], [...dh.alpha_rad]]);
  expect(a_m[1]).not.toBe(-0.425);
});
