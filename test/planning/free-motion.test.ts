import { expect, it } from "vitest";
import type { Joints } from "../../src/math/joints.ts";
import { explainNoWay, planFreeMotion } from "../../src/planning/plan-free-motion.ts";
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

it("says how narrow the place is where no way was found through", () => {
  expect(refusalOf(0, 1.2)).toMatch(
    /^the base joint stands at -92 deg and is to turn to -160 deg, but at -14\d deg no more than 10\.\d mm is left between upper arm and scroll .*\(10\.0 mm is required, and some room to steer\); turn the joint past that by hand \(Freedrive\)$/,
  );
});
