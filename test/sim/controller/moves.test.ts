import { expect, it } from "vitest";
import { fromRotvec, multiply, toRotvec, transpose } from "../../../src/math/rotation.ts";
import { seededRandom } from "../../../src/math/random.ts";
import { at, lasting, quickest } from "../../../src/sim/controller/motion/trapezoid.ts";
import { bench, texts, type Bench } from "./robot-in-memory.ts";

/** Runs a program to its end and gathers what was commanded in every cycle. */
function record(
  { robot, until, cycles }: Bench,
  script: string,
): { p: number[][]; q: number[][]; v: number[][] } {
  const { controller } = robot;
  const path = { p: [] as number[][], q: [] as number[][], v: [] as number[][] };
  const look = (): void => {
    path.p.push([...controller.targetTool.pose]);
    path.q.push([...controller.motion.q_rad]);
    path.v.push([...controller.motion.qd_radps]);
  };
  look();
  controller.runScript(script);
  cycles(1);
  until(() => {
    look();
    return !controller.runner.isRunning;
  });
  return path;
}

/** Largest jump of a joint's speed from one cycle to the next [rad/s]. */
const largestJump = (v: readonly number[][]): number =>
  Math.max(...v.slice(1).flatMap((now, n) => now.map((x, i) => Math.abs(x - v[n]![i]!))));

/** How far positions are from what the speeds make of them, by the trapezoidal rule [rad]. */
const largestGap = ({ q, v }: { q: number[][]; v: number[][] }): number =>
  Math.max(
    ...q
      .slice(1)
      .flatMap((now, n) => now.map((x, i) => Math.abs(x - q[n]![i]! - 0.001 * (v[n]![i]! + v[n + 1]![i]!)))),
  );

const speedOf = (p: readonly number[][], n: number): number =>
  Math.hypot(...[0, 1, 2].map((i) => p[n + 1]![i]! - p[n]![i]!)) / 0.002;

it("keeps way, speed and time of a profile in step, whatever it begins and ends with", () => {
  const random = seededRandom(3);
  for (let n = 0; n < 2000; n++) {
    const [length, a, v] = [0.01 + random(), 0.1 + 5 * random(), 0.05 + 2 * random()];
    const start = random() < 0.5 ? 0 : 2 * random();
    const profile =
      n % 2 === 0 ? quickest(length, a, v, { start }) : lasting(length, 0.2 + 3 * random(), a, start);
    const [way, speed] = at(profile, profile.durationS * (1 - 1e-12));
    expect(way).toBeCloseTo(length, 8);
    expect(speed).toBeCloseTo(0, 4);
    expect(at(profile, 0)[1]).toBeCloseTo(start, 12);
    const t = profile.durationS * random();
    const h = Math.min(1e-6, profile.durationS - t);
    expect((at(profile, t + h)[0] - at(profile, t)[0]) / h).toBeCloseTo(at(profile, t)[1], 3);
  }
});

it("brakes harder than told where it starts too fast to stop on the way", () => {
  // 1 m/s, 0.1 m: v²/(2 s) = 5 m/s², in 2 s/v = 0.2 s
  const profile = quickest(0.1, 1, 1, { start: 1 });
  expect(profile.durationS).toBeCloseTo(0.2, 12);
  expect(at(profile, 0.1)).toEqual([
    expect.closeTo(0.075, 12),
    expect.closeTo(0.5, 12),
    expect.closeTo(-5, 12),
  ]);
});

it("blends from one line into the next without stopping, inside the radius, with no jump of speed", async () => {
  const one = await bench();
  const path = record(
    one,
    `def go():
  p = get_target_tcp_pose()
  a = p
  a[2] = a[2] + 0.1
  b = a
  b[0] = b[0] - 0.1
  movel(a, a=1.2, v=0.25, r=0.03)
  write_output_integer_register(0, 1)
  movel(b, a=1.2, v=0.25)
end
`,
  );
  const [start, end] = [path.p[0]!, path.p.at(-1)!];
  const corner = [start[0]!, start[1]!, start[2]! + 0.1];
  expect(end[0]).toBeCloseTo(start[0]! - 0.1, 9);
  expect(end[2]).toBeCloseTo(start[2]! + 0.1, 9);
  const fromCorner = path.p.map((p) =>
    Math.hypot(p[0]! - corner[0]!, p[1]! - corner[1]!, p[2]! - corner[2]!),
  );
  const nearest = Math.min(...fromCorner);
  // A parabola between tangents of 30 mm at a right angle passes 30·√2/4 = 10.6 mm from the corner.
  expect(nearest).toBeGreaterThan(0.0098);
  expect(nearest).toBeLessThan(0.0114);
  // Outside the radius it is on the lines.
  path.p.forEach((p, n) => {
    if (fromCorner[n]! <= 0.0301) return;
    const onFirst = Math.hypot(p[0]! - start[0]!, p[1]! - start[1]!);
    const onSecond = Math.hypot(p[2]! - corner[2]!, p[1]! - corner[1]!);
    expect(Math.min(onFirst, onSecond)).toBeLessThan(1e-8);
  });
  const slowest = Math.min(...path.p.slice(60, -60).map((_, n) => speedOf(path.p, n + 60)));
  expect(slowest).toBeGreaterThan(0.12);
  expect(largestJump(path.v)).toBeLessThan(0.06); // 2 ms of some 20 rad/s² at most; a stop would show 1 rad/s
  expect(largestGap(path)).toBeLessThan(2e-5);
  expect(one.robot.controller.safety.status).toBe("NORMAL");
});

it("goes on with the program where the blend begins, not at the end of the move", async () => {
  const { robot, until, cycles } = await bench();
  const { controller } = robot;
  const from = controller.targetTool.pose[2]!;
  controller.runScript(
    "def go():\n p = get_target_tcp_pose()\n p[2] = p[2] + 0.1\n movel(p, a=1.2, v=0.25, r=0.02)\n write_output_integer_register(0, 1)\n sleep(1)\nend\n",
  );
  until(() => controller.registers.outputIntegers[0] === 1);
  expect(Math.abs(controller.targetTool.pose[2]! - from - 0.08)).toBeLessThan(0.001); // 0.25 m/s are 0.5 mm a cycle
  cycles(300); // nothing follows: it comes to rest at its end
  expect(controller.targetTool.pose[2]! - from).toBeCloseTo(0.1, 9);
  expect(controller.motion.atRest).toBe(true);
});

it.each([
  ["movej, movej", "movej(qa, r=0.03)\n movej(qb)"],
  ["movel, movej", "movel(qa, r=0.03)\n movej(qb)"],
  ["movej, movel", "movej(qa, r=0.03)\n movel(qb)"],
  ["movel, movec, movel", "movel(qa, r=0.02)\n movec(via, pb, r=0.02)\n movel(q0)"],
  ["three of movej", "movej(qa, r=0.02)\n movej(qb, r=0.02)\n movej(q0)"],
])("blends %s with no jump of speed and ends where it should", async (_, moves) => {
  const one = await bench();
  const path = record(
    one,
    `def go():
 q0 = get_target_joint_positions()
 qa = q0
 qa[0] = qa[0] + 0.2
 qa[3] = qa[3] + 0.1
 qb = qa
 qb[1] = qb[1] - 0.15
 pb = get_forward_kin(qb)
 via = get_forward_kin(qa)
 via[2] = via[2] + 0.08
 ${moves}
 global last = get_target_joint_positions()
end
`,
  );
  expect(texts(one.said)).toEqual(["PROGRAM_XXX_STARTED go", "PROGRAM_XXX_STOPPED go"]);
  expect(largestJump(path.v)).toBeLessThan(0.08);
  expect(largestGap(path)).toBeLessThan(1e-4);
});

it("skips a move whose blend reaches into the one before, and says so", async () => {
  const one = await bench();
  const path = record(
    one,
    "def go():\n p = get_target_tcp_pose()\n a = p\n a[2] = a[2] + 0.1\n b = a\n b[0] = b[0] + 0.03\n movel(a, r=0.02)\n movel(b, r=0.02)\n movel(p)\nend\n",
  );
  expect(texts(one.said)[1]).toMatch(/^Overlapping Blends/);
  const [start, end] = [path.p[0]!, path.p.at(-1)!];
  expect(Math.hypot(...[0, 1, 2].map((i) => end[i]! - start[i]!))).toBeLessThan(1e-9);
  expect(Math.max(...path.p.map((p) => p[0]! - start[0]!))).toBeLessThan(1e-6); // b was not gone to
});

it("rounds the corners of movep as circles at an even speed", async () => {
  const one = await bench();
  const path = record(
    one,
    "def go():\n p = get_target_tcp_pose()\n a = p\n a[2] = a[2] + 0.1\n b = a\n b[0] = b[0] - 0.1\n movep(a, a=1.2, v=0.1, r=0.03)\n movep(b, a=1.2, v=0.1, r=0)\nend\n",
  );
  const [start] = path.p;
  const centre = [start![0]! - 0.03, start![1]!, start![2]! + 0.07]; // a right angle: radius = tangent = 30 mm
  const around = path.p.filter((p) => p[2]! > start![2]! + 0.0701 && p[0]! > start![0]! - 0.0299);
  expect(around.length).toBeGreaterThan(200); // 47 mm at 0.1 m/s are 236 cycles
  for (const p of around) {
    const radiusM = Math.hypot(p[0]! - centre[0]!, p[1]! - centre[1]!, p[2]! - centre[2]!);
    expect(Math.abs(radiusM - 0.03)).toBeLessThan(1e-4); // it may leave the line up to one cycle, 0.2 mm, late
  }
  const speeds = path.p.slice(60, -60).map((_, n) => speedOf(path.p, n + 60));
  expect(Math.min(...speeds)).toBeGreaterThan(0.0999);
});

it.each([
  [0, 0],
  [1, Math.PI / 4],
])("moves on the circle through three points, in mode %s turning by %s rad", async (mode, turn_rad) => {
  const one = await bench();
  const path = record(
    one,
    `def go():
 p = get_target_tcp_pose()
 via = p
 via[0] = via[0] - 0.1 * (1 - cos(d2r(20)))
 via[2] = via[2] + 0.1 * sin(d2r(20))
 to = p
 to[0] = to[0] - 0.1 * (1 - cos(d2r(45)))
 to[2] = to[2] + 0.1 * sin(d2r(45))
 movec(via, to, a=1, v=0.1, mode=${mode})
end
`,
  );
  expect(texts(one.said)).toEqual(["PROGRAM_XXX_STARTED go", "PROGRAM_XXX_STOPPED go"]);
  const start = path.p[0]!;
  const centre = [start[0]! - 0.1, start[1]!, start[2]!];
  for (const p of path.p)
    expect(Math.hypot(p[0]! - centre[0]!, p[1]! - centre[1]!, p[2]! - centre[2]!)).toBeCloseTo(0.1, 8);
  expect(path.p.at(-1)![2]! - start[2]!).toBeCloseTo(0.1 * Math.SQRT1_2, 8);
  const R = (p: number[]) => fromRotvec([p[3]!, p[4]!, p[5]!]);
  const turned = toRotvec(multiply(R(path.p.at(-1)!), transpose(R(start)))); // from +x to +z: about −y
  expect(turned[1]).toBeCloseTo(-turn_rad, 6);
  expect(Math.hypot(turned[0], turned[2])).toBeCloseTo(0, 6);
  // 0.1·π/4 m at 0.1 m/s with ramps of 0.1 s: 0.785 + 0.1 s
  expect(Math.abs(path.p.length - 444)).toBeLessThan(4);
});

it("refuses a circle through the same point twice", async () => {
  const { robot, said, cycles } = await bench();
  robot.controller.runScript("def go():\n  p = get_target_tcp_pose()\n  movec(p, p)\nend\n");
  cycles(3);
  expect(texts(said)[1]).toMatch(/^3:3 movec: two of the three points/);
});

it("moves the tool evenly on a straight line with speedl, and stops it on that line with stopl", async () => {
  const one = await bench();
  const path = record(
    one,
    "def go():\n speedl([-0.06, 0, 0.08, 0, 0, 0.2], 0.5, 1.0)\n stopl(0.5)\n sleep(0.1)\nend\n",
  );
  const start = path.p[0]!;
  for (const p of path.p) {
    expect(Math.abs(p[1]! - start[1]!)).toBeLessThan(1e-9);
    expect((p[0]! - start[0]!) * 0.08 + (p[2]! - start[2]!) * 0.06).toBeCloseTo(0, 9);
  }
  expect(speedOf(path.p, 300)).toBeCloseTo(0.1, 6); // 0.1 m/s after 0.2 s
  const way = Math.hypot(path.p.at(-1)![0]! - start[0]!, path.p.at(-1)![2]! - start[2]!);
  expect(way).toBeCloseTo(0.09 + 0.01, 3); // 0.1·(1 − 0.1) m in the call, 0.1²/(2·0.5) m of stopping
});

it("comes to rest on the last target of servoc, at the speed asked for on the way", async () => {
  const one = await bench();
  const path = record(
    one,
    "def go():\n p = get_target_tcp_pose()\n p[2] = p[2] + 0.1\n n = 0\n while n < 1200:\n  servoc(p, a=1, v=0.1)\n  n = n + 1\n end\nend\n",
  );
  expect(speedOf(path.p, 250)).toBeCloseTo(0.1, 3);
  expect(path.p.at(-1)![2]! - path.p[0]![2]!).toBeCloseTo(0.1, 6);
});

it("names the waypoint it goes to while it moves", async () => {
  const { robot, cycles } = await bench();
  robot.controller.runScript(
    "def go():\n thread look():\n  sleep(0.2)\n  w = get_target_waypoint()\n  write_output_float_register(0, w[2])\n end\n p = get_target_tcp_pose()\n p[2] = p[2] + 0.1\n run look()\n movel(p)\nend\n",
  );
  const goal = robot.controller.targetTool.pose[2]! + 0.1;
  cycles(120);
  expect(robot.controller.registers.outputFloats[0]).toBeCloseTo(goal, 9);
  expect(robot.controller.targetTool.pose[2]).toBeLessThan(goal - 0.01);
});

it("goes on at an even speed with speedj of no acceleration", async () => {
  const { robot, cycles } = await bench();
  robot.controller.runScript(
    "def go():\n speedj([0.2,0,0,0,0,0], 2, 0.2)\n while True:\n  speedj([0.2,0,0,0,0,0], 0, 0.002)\n end\nend\n",
  );
  cycles(300);
  expect(robot.controller.motion.qd_radps[0]).toBeCloseTo(0.2, 9);
});
