import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parseCalibration } from "../../src/instrument/calibration.ts";
import { checkCalibration } from "../../src/instrument/check.ts";
import type { Joints } from "../../src/math/joints.ts";
import { seededRandom } from "../../src/math/random.ts";
import { parseProfile } from "../../src/planning/profile.ts";
import { fastestPace } from "../../src/trajectory/fastest-pace.ts";
import { roundedWay, type RoundedWay } from "../../src/trajectory/rounded-way.ts";
import { timedWay } from "../../src/trajectory/timed-way.ts";

const reference = parseCalibration(readFileSync("data/calibration/reference.yaml", "utf8"), "reference");
const { instrument } = checkCalibration(reference);
const profile = parseProfile(readFileSync("launch/profiles/simulation.yaml", "utf8"), "simulation", []);
const limits = { ...profile.limits, tcpSpeedMps: 1e6 };
const pace = { limits, share: profile.trajectory.freeMotionShare, sampleS: profile.trajectory.sampleS };
const speed = limits.jointSpeed_radps.map((v) => pace.share * v);
const acceleration = limits.jointAcceleration_radps2.map((a) => pace.share * a);
const secondsOf = (way: RoundedWay): number =>
  (timedWay(way, instrument, pace).length / 6 - 1) * pace.sampleS;

const random = seededRandom(5);
const somewhere = (): Joints =>
  instrument.parked_rad.map((v) => v + 3 * (random() - 0.5)) as unknown as Joints;

it("goes straight in the time that speed and acceleration ask for, and little more for the jerk", () => {
  for (let round = 0; round < 10; round++) {
    const [from, to] = [somewhere(), somewhere()];
    const shares = (limit: readonly number[]) =>
      Math.max(...from.map((v, j) => Math.abs(to[j]! - v) / limit[j]!));
    // A joint that leads cruises at its speed limit; a trapezoid takes way ÷ speed + speed ÷ acceleration.
    const bareS = shares(speed) + shares(acceleration) / shares(speed);
    const takesS = secondsOf(roundedWay([from, to], 0));
    expect(takesS).toBeGreaterThanOrEqual(bareS);
    expect(takesS).toBeLessThan(bareS + 0.075);
  }
});

it("goes round corners of up to a right angle within a tenth of the fastest that speed and acceleration allow", () => {
  for (let round = 0; round < 10; round++) {
    const ahead = somewhere().map((v, j) => v - instrument.parked_rad[j]!);
    const onwards = (from: Joints): Joints =>
      from.map((v, j) => v + ahead[j]! * 2 * random()) as unknown as Joints;
    const start = somewhere();
    const bend = onwards(start);
    const way = roundedWay([start, bend, onwards(bend)], 0.45);
    expect(secondsOf(way) / fastestS(way)).toBeLessThan(1.1);
  }
});

/** Time of the fastest pace there is without a limit of jerk. */
function fastestS(way: RoundedWay): number {
  const ceiling = Float64Array.from({ length: way.q_rad.length / 6 }, (_, i) =>
    Math.min(...speed.map((v, j) => (v / Math.abs(way.slope[i * 6 + j]!)) ** 2)),
  );
  const squared = fastestPace({ ...way, joints: 6, acceleration, ceiling });
  return squared
    .slice(1)
    .reduce((sum, s, i) => sum + (2 * way.step) / (Math.sqrt(s) + Math.sqrt(squared[i]!)), 0);
}
