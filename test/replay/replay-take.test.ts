import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { headerAt, logTimeNs } from "../../src/bag/log-time.ts";
import { openPerformanceLog } from "../../src/bag/performance-log.ts";
import { ROS_JOINT_NAMES } from "../../src/math/joints.ts";
import { evenMotion } from "../../src/replay/even-motion.ts";
import { motionDifference } from "../../src/replay/motion-difference.ts";
import { recordOfMotion } from "../../src/replay/replay-record.ts";
import { replayTake } from "../../src/replay/replay-take.ts";
import { readTake } from "../../src/replay/take.ts";
import { loadWorkcell } from "../../src/shelf/workcell.ts";

const folder = mkdtempSync(join(tmpdir(), "cellist-replay-"));
afterAll(() => rmSync(folder, { recursive: true }));

const workcell = await loadWorkcell({ profile: "simulation", set: [], calibration: "", cell: "" });
const parked = workcell.instrument.parked_rad;
/** The base turns to and fro by 0.05 rad in 1.2 s, from rest to rest. */
const swing = (t: number): number => 0.05 * Math.sin((Math.PI * t) / 1.2) ** 2;

/** A bag as another arm's logger leaves it: 125 Hz, with a hole of 48 ms. */
async function madeBag(name: string, periodS = 0.008): Promise<string> {
  const path = join(folder, name);
  const log = await openPerformanceLog(path);
  for (let k = 0; k * periodS <= 1.2; k++) {
    if (k > 60 && k < 66) continue;
    const timeNs = logTimeNs(0n, k * periodS, 0);
    const position = [parked[0] + swing(k * periodS), ...parked.slice(1)];
    log.append("/joint_states", timeNs, {
      header: headerAt(timeNs),
      name: ROS_JOINT_NAMES,
      position,
      velocity: [],
      effort: [],
    });
  }
  await log.close();
  return path;
}

it("finds the motion between recorded states again, over a hole, to 0.1 mrad", async () => {
  const motion = evenMotion(await readTake(await madeBag("even.mcap")), 0.002);
  for (let row = 0; row < motion.q_rad.length / 6; row++) {
    expect(Math.abs(motion.q_rad[6 * row]! - parked[0] - swing(0.002 * row))).toBeLessThan(1e-4);
    expect(motion.q_rad[6 * row + 3]).toBeCloseTo(parked[3], 12);
  }
});

it("finds by how much one motion is later than another, and what differs besides", async () => {
  const one = evenMotion(await readTake(join(folder, "even.mcap")), 0.002);
  const later = { ...one, q_rad: new Float64Array(one.q_rad.length + 6 * 20) };
  later.q_rad.set(one.q_rad, 6 * 20);
  for (let row = 0; row < 20; row++) later.q_rad.set(one.q_rad.subarray(0, 6), 6 * row);
  const { lagS, jointMax_rad, toolMaxM } = motionDifference(one, later, workcell.instrument);
  expect(lagS).toBeCloseTo(0.04, 9);
  expect(jointMax_rad).toBeLessThan(1e-12);
  expect(toolMaxM).toBeLessThan(1e-12);
});

it("sends recorded joints to the simulated controller, which follows them within a millimetre, some time later", async () => {
  const to = join(folder, "command");
  const take = await readTake(join(folder, "even.mcap"));
  const report = await replayTake(take, workcell, { kind: "command", folder: to, seed: 1, sound: false });
  expect(report.motion!.lagS).toBeGreaterThan(0);
  expect(report.motion!.lagS).toBeLessThan(0.3);
  expect(report.motion!.toolMaxM).toBeLessThan(1e-3);
  expect(report.motion!.jointMax_rad).toBeGreaterThan(0); // it was played, not copied
  const again = await readTake(join(to, "replay.mcap"));
  expect(again.timeS.length).toBeGreaterThan(600);
  expect(JSON.parse(readFileSync(join(to, "replay.json"), "utf8"))).toMatchObject({ kind: "command" });
});

it("tells of a note what its steady middle was, and what a clear tone would have wanted; nothing of one that was not bowed", () => {
  // 1 s at rest, then 1 s of the open D string, up: 0.2 m/s at 80 mm from the bridge with 1 N.
  const on = (d: number): readonly [number, number, number, number] => [0, 0, d, 0];
  const contacts = Array.from({ length: 1000 }, (_, row) => ({
    forceN: on(row < 500 ? 0 : 1),
    bowSpeedMps: on(row < 500 ? 0 : -0.2),
    contactM: on(row < 500 ? NaN : 0.08),
    bowPositionM: on(0.3),
  }));
  const motion = { periodS: 0.002, q_rad: new Float64Array(6000), qd_radps: new Float64Array(6000) };
  const note = (noteIndex: number, startS: number) =>
    ({ noteIndex, midi: 50, string: "D", startS, endS: startS + 1 }) as const;
  const { plan } = recordOfMotion(motion, contacts, [note(0, 0), note(1, 1)], workcell.instrument);
  expect(plan.notes[0]).toMatchObject({ contactM: NaN, maxForceN: NaN });
  expect(plan.notes[1]).toMatchObject({ direction: "up", bowSpeedMps: 0.2, contactM: 0.08, forceN: 1 });
  // Schelleng: 2·Z·v / (β·drop), on the open string.
  const { physics, lengthM } = workcell.instrument.strings.D;
  const beta = 0.08 / lengthM;
  expect(plan.notes[1]!.maxForceN).toBeCloseTo(
    (2 * physics.impedanceKgps * 0.2) / (beta * physics.frictionDrop),
    9,
  );
  expect(plan.notes[1]!.minForceN).toBeLessThan(1);
});

it("refuses in one sentence, and leaves nothing behind", async () => {
  const take = await readTake(await madeBag("sparse.mcap", 0.1));
  const to = join(folder, "refused");
  const options = { folder: to, seed: 1, sound: false } as const;
  await expect(replayTake(take, workcell, { kind: "kinematic", ...options })).rejects.toThrow(
    /has a state every 0\.10 s; a replay needs one every 0\.05 s at least$/,
  );
  await expect(replayTake(take, workcell, { kind: "plan", ...options })).rejects.toThrow(
    "has no /score to plan again",
  );
  expect(existsSync(to)).toBe(false);
});
