import { expect, it } from "vitest";
import { makeScene } from "../../src/collision/collision-scene.ts";
import { makePairScan, NOBODY } from "../../src/collision/pair-scan.ts";
import type { Joints } from "../../src/math/joints.ts";
import { seededRandom } from "../../src/math/random.ts";
import { bowing, CELL, INSTRUMENT } from "./reference-place.ts";

const near = (q: Joints, size: number, random: () => number): Joints =>
  q.map((v) => v + size * (2 * random() - 1)) as unknown as Joints;

it("finds the tightest pair wherever the arm goes from where it was looked at before, by small steps and by leaps", () => {
  // Asked without a distance, a scan looks at every pair; asked with one, at those that may be within it.
  const { scan } = makePairScan(makeScene(INSTRUMENT, CELL), 0.005);
  const random = seededRandom(31);
  let q: Joints = bowing("D", 0.2, 0.08);
  let found = 0;
  for (let step = 0; step < 3000; step++) {
    q = step % 50 === 0 ? near(bowing("D", 0.2, 0.08), 0.5, random) : near(q, 0.02, random);
    const reach = step % 3 === 0 ? undefined : q.map(() => 0.1 * random());
    const farM = 0.1 * random();
    const whole = scan(q, reach);
    const told = scan(q, reach, farM);
    if (whole.lowerBoundM < farM) expect(told).toEqual(whole);
    else expect(told).toMatchObject({ lowerBoundM: farM, hereM: farM, pair: NOBODY, pairNumber: -1 });
    if (whole.lowerBoundM < farM) found++;
  }
  expect(found).toBeGreaterThan(300);
  expect(found).toBeLessThan(2700);
});
