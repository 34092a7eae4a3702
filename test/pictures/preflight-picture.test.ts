import { expect, it } from "vitest";
import type { BowPlan } from "../../src/bowing/bow-plan.ts";
import type { ClearanceCheck } from "../../src/collision/clearance.ts";
import { preflightPicture } from "../../src/pictures/preflight-picture.ts";
import type { JointTrajectory } from "../../src/trajectory/joint-trajectory.ts";
import { UR5E_LIMITS } from "../../src/trajectory/motion-limits.ts";

/** One A, two seconds long, from score second 0; the arm is under way from 1 s before to 1 s after. */
const plan = {
  notes: [
    {
      string: "A",
      startS: 0,
      endS: 2,
      bowStartM: 0.13,
      bowEndM: 0.52,
      minForceN: 0.1,
      forceN: 1,
      maxForceN: 10,
    },
  ],
} as unknown as BowPlan;
const knots = 5;
const filled = (value: number): Float64Array => new Float64Array(knots * 6).fill(value);
const trajectory = {
  title: "one note",
  timeS: Float64Array.from([0, 1, 2, 3, 4]),
  q_rad: filled(Math.PI / 2),
  qd_radps: filled(Math.PI / 4),
  qdd_radps2: filled(28),
  scoreStartS: 1,
} as unknown as JointTrajectory;
const clearance = { clearanceAt: () => ({ minM: 0.02 }) } as unknown as ClearanceCheck;

it("draws every figure at its height, over the score's own seconds", () => {
  const svg = preflightPicture({ plan, trajectory, limits: UR5E_LIMITS, clearance });
  // Seconds −1 to 3 over pixels 60 to 1060: second 0 at 310, 2 at 810. Hair 13 and 52 cm of 65: 30 and 120 px over 190.
  expect(svg).toContain('<line class="A wide" x1="310" y1="160" x2="810" y2="70"/>');
  // 1 N half-way between 0.1 and 10; the limits at the edges.
  expect(svg).toContain('<line class="A wide" x1="310" y1="320" x2="810" y2="320"/>');
  // 28 of 40 rad/s² is 70 %: 105 px over 600; π/4 of π is 25 %: 37.5 px.
  expect(svg).toContain('<polyline class="red thin" points="60,495 310,495 560,495 810,495 1060,495"/>');
  expect(svg).toMatch(/<polyline class="blue thin" points="60,562\.5 /);
  // 20 mm of 80: 37.5 px over 805; elbow 90 degrees drawn as 45 of 80.
  expect(svg).toContain('<polyline class="ink" points="60,767.5 310,767.5');
  expect(svg).toMatch(/<polyline class="faint" points="60,720\.6 /);
  expect(svg).not.toMatch(/NaN|undefined/);
});
