import { expect, it } from "vitest";
import type { ClearanceCheck } from "../../src/collision/clearance.ts";
import { jointsAt, type Joints } from "../../src/math/joints.ts";
import { seededRandom } from "../../src/math/random.ts";
import { freeClearance } from "../../src/planning/clearance-checks.ts";
import { explainNoWay } from "../../src/planning/no-passage.ts";
import { planFreeMotion } from "../../src/planning/plan-free-motion.ts";
import { loadWorkcell } from "../../src/shelf/workcell.ts";

const place = await loadWorkcell({
  profile: "simulation",
  set: [],
  calibration: "reference",
  cell: "reference",
});
const { parked_rad } = place.instrument;
/** Why the arm cannot be parked from its parked pose with one joint turned. */
const refusalOf = (joint: number, by_rad: number): string => {
  const from = parked_rad.map((q, j) => (j === joint ? q + by_rad : q)) as unknown as Joints;
  const planned = planFreeMotion(from, parked_rad, place);
  return planned.ok ? "a way" : explainNoWay(planned.why);
};

it("says at once that a joint is a turn away and cannot be turned back past what stands there", () => {
  expect(refusalOf(1, 2 * Math.PI)).toMatch(
    /^the shoulder joint stands at 305 deg and is to turn to -55 deg, but at \d+ deg upper arm and stand run into each other wherever the other joints stand: the arm cannot have come here in this room; /,
  );
  expect(refusalOf(2, -2 * Math.PI)).toMatch(
    /^the elbow joint stands at -262 deg and is to turn to 98 deg, but at -\d+ deg forearm and shoulder/,
  );
});

it("says between what the upper arm is shut off from where it is to go, and how little room is there at best", () => {
  const started = planFreeMotion([0, -1.57, 0, -1.57, 0, 0], parked_rad, place);
  expect(started.ok ? "a way" : explainNoWay(started.why)).toMatch(
    /^base and shoulder stand at 0 deg and -90 deg and are to turn to -160 deg and -55 deg, but on every way there no more than about [23]\.\d mm is left between upper arm and scroll \(10\.0 mm is required\), at the widest near -14\d deg and -\d+ deg; move what stands there out of the way, then turn base and shoulder by hand \(Freedrive\)$/,
  );
});

it("comes back from where there is next to nothing to spare, and from where something is too near", async () => {
  const paper = await loadWorkcell({ profile: "robot", set: [], calibration: "paper", cell: "paper" });
  const clear = freeClearance(paper);
  const random = seededRandom(3);
  for (const [leastM, mostM] of [
    [0.0101, 0.0103],
    [0.001, 0.009],
  ] as const) {
    const starts = tight(clear, [leastM, mostM], paper.instrument.parked_rad, random, 4);
    for (const from of starts) {
      const planned = planFreeMotion(from, paper.instrument.parked_rad, paper);
      expect(planned.ok ? "a way" : explainNoWay(planned.why)).toBe("a way");
      if (!planned.ok) continue;
      const neededM = Math.min(clear.requiredM, clear.clearanceAt(from).minM - 0.0003);
      for (const part of planned.value)
        for (let k = 0; k < part.length; k += 30)
          expect(clear.clearanceAt(jointsAt(part, k / 6)).minM).toBeGreaterThanOrEqual(neededM);
      const last = planned.value.at(-1)!;
      expect(jointsAt(planned.value[0]!, 0)).toEqual(from);
      const end = jointsAt(last, last.length / 6 - 1);
      end.forEach((q, j) => expect(q).toBeCloseTo(paper.instrument.parked_rad[j]!, 12));
    }
  }
});

/** Postures in which something is as near as that: on straight motions from the parked pose, the first. */
function tight(
  { clearanceAt }: ClearanceCheck,
  [leastM, mostM]: readonly [number, number],
  parked: Joints,
  random: () => number,
  count: number,
): Joints[] {
  const found: Joints[] = [];
  while (found.length < count) {
    const by = parked.map(() => 6 * (random() - 0.5));
    for (let share = 0, nearM = Infinity; share < 1 && nearM > mostM; share += 0.0005) {
      const q = parked.map((v, j) => v + share * by[j]!) as unknown as Joints;
      nearM = clearanceAt(q).minM;
      if (nearM >= leastM && nearM <= mostM) found.push(q);
    }
  }
  return found;
}
