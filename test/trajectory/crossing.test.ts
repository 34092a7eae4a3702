import { expect, it } from "vitest";
import { planBowing } from "../../src/bowing/plan-bowing.ts";
import { loadWorkcell } from "../../src/shelf/workcell.ts";
import { planCrossings, wishedS } from "../../src/trajectory/crossing.ts";
import { rollWays } from "../../src/trajectory/roll-ways.ts";
import { AS_WISHED } from "../../src/trajectory/roll-timing.ts";
import { scoreOf } from "../bowing/fixture/scores.ts";

const { instrument, profile } = await loadWorkcell({
  ...{ profile: "simulation", set: [], cell: "", calibration: "reference" },
});
const settings = profile.trajectory;

/** G to D and back, each so many times as long as it is wished for. */
function rollsOf(noteS: number, stretches: readonly [number, number]) {
  const score = scoreOf([
    { midi: 43, quarters: 2 },
    { midi: 50, quarters: noteS },
    { midi: 43, quarters: 2 },
  ]);
  const plan = planBowing(score, instrument, profile.bowing);
  if (!plan.ok) throw new Error("cannot be bowed");
  const timings = new Map(stretches.map((stretch, i) => [i + 1, { ...AS_WISHED, stretch }]));
  const ways = rollWays(plan.value, instrument, settings);
  const [to, from] = planCrossings(plan.value, ways, settings, timings);
  const note = plan.value.notes[1]!;
  const lengthS = note.endS - note.startS;
  return {
    lengthsS: [to!.endS - to!.startS, from!.endS - from!.startS] as const,
    shares: [(to!.endS - note.startS) / lengthS, (note.endS - from!.startS) / lengthS] as const,
  };
}

it("gives both rolls of a note what they want where there is room", () => {
  const { lengthsS } = rollsOf(1, [1.5, 2]);
  const wantedS = wishedS({ fromLevel: 1, toLevel: 2 }, settings);
  expect(lengthsS[0]).toBeCloseTo(1.5 * wantedS, 9);
  expect(lengthsS[1]).toBeCloseTo(2 * wantedS, 9);
});

it("lets two rolls that want all of a note share it by what they want, 45 to 55 at the most", () => {
  const alike = rollsOf(0.25, [4, 4]).shares;
  expect(alike[0]).toBeCloseTo(0.5, 1);
  expect(alike[0] + alike[1]).toBeLessThan(1 + 1e-9);
  expect(rollsOf(0.25, [9, 3]).shares[0]).toBeCloseTo(0.55, 2);
  expect(rollsOf(0.25, [3, 9]).shares[0]).toBeCloseTo(0.45, 2);
});

it("lets a roll have what the other one leaves of a note, three quarters at the most", () => {
  const [to, from] = rollsOf(0.5, [1, 9]).shares;
  expect(to).toBeCloseTo(0.22, 1);
  expect(from).toBeGreaterThan(0.6);
  expect(to + from).toBeLessThan(1 + 1e-9);
  expect(rollsOf(0.5, [9, 1]).shares[0]).toBeGreaterThan(0.7);
});
