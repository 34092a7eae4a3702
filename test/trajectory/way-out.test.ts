import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parseCell } from "../../src/collision/cell.ts";
import { makeScene } from "../../src/collision/collision-scene.ts";
import { makePairScan } from "../../src/collision/pair-scan.ts";
import { bowOnString } from "../../src/instrument/bow-on-string.ts";
import { parseCalibration } from "../../src/instrument/calibration.ts";
import { checkCalibration } from "../../src/instrument/check.ts";
import type { Joints } from "../../src/math/joints.ts";
import { seededRandom } from "../../src/math/random.ts";
import { clearanceFor, freeClearance } from "../../src/planning/clearance-checks.ts";
import { planFreeMotion } from "../../src/planning/plan-free-motion.ts";
import { parseProfile } from "../../src/planning/profile.ts";
import { STRING_NAMES } from "../../src/score/score.ts";
import { firstBranch } from "../../src/trajectory/first-branch.ts";

const profile = parseProfile(readFileSync("launch/profiles/simulation.yaml", "utf8"), "simulation", []);
const row = (q: Float64Array, i: number): Joints =>
  Array.from(q.subarray(i * 6, i * 6 + 6)) as unknown as Joints;

/** The arm in one of the shipped cells. */
function placeOf(name: "reference" | "paper") {
  const calibration = parseCalibration(readFileSync(`data/calibration/${name}.yaml`, "utf8"), name);
  const cell = parseCell(readFileSync(`data/cells/${name}.yaml`, "utf8"), name);
  return { instrument: checkCalibration(calibration).instrument, cell, profile };
}

/** Distances of everything that can meet, hair and strings by the side of the string on which the hair is [m]. */
function distancesIn(context: ReturnType<typeof placeOf>) {
  const scene = makeScene(context.instrument, context.cell, undefined, true);
  const { pairDistanceM } = makePairScan(scene);
  const { hairGapAt } = clearanceFor(context);
  const gapM = (q: Joints, string: string): number =>
    hairGapAt(q, new Set(STRING_NAMES.filter((name) => name !== string)))!.gapM;
  return (q: Joints): number[] => [
    ...scene.pairs.map((_, n) => pairDistanceM(q, n)),
    ...STRING_NAMES.map((string) => gapM(q, string)),
  ];
}

/** An arm that somebody has pushed a little. */
const pushed = (q: Joints, random: () => number): Joints =>
  q.map((v) => v + 0.1 * (random() - 0.5)) as unknown as Joints;

it("takes a bow off where it lies without coming nearer to anything else that is near, the other strings included", () => {
  for (const name of ["reference", "paper"] as const) {
    const context = placeOf(name);
    const { instrument } = context;
    const clear = freeClearance(context);
    const distances = distancesIn(context);
    const random = seededRandom(1);
    let ways = 0;
    for (let round = 0; round < 30; round++) {
      const lying = {
        bowM: 0.05 + 0.52 * random(),
        contactM: 0.04 + 0.12 * random(),
        heightM: -0.004 + 0.02 * random(),
      };
      const lean_rad = 0.6 * (random() - 0.5);
      const string = instrument.strings[STRING_NAMES[round % 4]!];
      const played = firstBranch(instrument, bowOnString(instrument.hair, string, { ...lying, lean_rad }));
      const from = pushed(played ?? instrument.parked_rad, random);
      if (clear.clearanceAt(from).minM >= clear.requiredM) continue;
      const planned = planFreeMotion(from, instrument.parked_rad, context);
      if (!planned.ok) continue;
      ways++;
      const [out] = planned.value;
      const needed = distances(from).map((d) => Math.min(d, clear.requiredM) - 0.0005);
      const missing = Array.from({ length: out!.length / 24 }, (_, i) =>
        Math.max(...distances(row(out!, 4 * i)).map((d, n) => needed[n]! - d)),
      );
      expect(Math.max(...missing), `${name} ${round}`).toBeLessThan(0);
    }
    expect(ways, name).toBeGreaterThan(7);
  }
});
