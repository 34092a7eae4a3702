import { expect, it } from "vitest";
import type { BowPlan } from "../../src/bowing/bow-plan.ts";
import type { ClearanceCheck } from "../../src/collision/clearance.ts";
import { penFor } from "../../src/pictures/drawing.ts";
import { preflightPicture } from "../../src/pictures/preflight-picture.ts";
import { unbowedPlace, unfollowedPlace } from "../../src/pictures/refused-place.ts";
import type { JointMotion } from "../../src/trajectory/motion-asked.ts";
import { UR5E_LIMITS } from "../../src/trajectory/motion-limits.ts";
import { scoreOf } from "../bowing/fixture/scores.ts";

/** One A, two seconds long, from score second 0; the arm is under way from 1 s before to 1 s after. */
const score = scoreOf([{ quarters: 2, midi: 57 }]);
const plan = {
  notes: [
    {
      noteIndex: 0,
      midi: 57,
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
const motion: JointMotion = {
  title: "one note",
  timeS: Float64Array.from([0, 1, 2, 3, 4]),
  q_rad: filled(Math.PI / 2),
  qd_radps: filled(Math.PI / 4),
  qdd_radps2: filled(28),
  scoreStartS: 1,
};
const clearance = { clearanceAt: () => ({ minM: 0.02 }) } as unknown as ClearanceCheck;
const surroundings = { score, limits: UR5E_LIMITS, clearance };

it("draws every figure at its height, over the score's own seconds", () => {
  const svg = preflightPicture({ ...surroundings, heading: "one note can be played", plan, motion });
  // Seconds −1 to 3 over pixels 60 to 1060: second 0 at 310, 2 at 810. One line of heading: panels from 51 on, 205 apart.
  // Pitches 55 to 62 over 150 px from 201 up: 56.55 to 57.45 from 167.8 to 148.5.
  expect(svg).toContain('<rect class="A" x="310" y="148.5" width="500" height="19.3"/>');
  // Hair 13 and 52 cm of 65: 30 and 120 px over 406.
  expect(svg).toContain('<line class="A wide" x1="310" y1="376" x2="810" y2="286"/>');
  // 1 N half-way between 0.1 and 10.
  expect(svg).toContain('<line class="A wide" x1="310" y1="536" x2="810" y2="536"/>');
  // 28 of 40 rad/s² is 70 of 105 %: 100 px over 816; π/4 of π is 25 %: 35.7 px.
  expect(svg).toContain('<polyline class="red thin" points="60,716 310,716 560,716 810,716 1060,716"/>');
  expect(svg).toMatch(/<polyline class="blue thin" points="60,780\.3 /);
  // 20 mm of 80: 37.5 px over 1021; elbow 90 degrees drawn as 45 of 80.
  expect(svg).toContain('<polyline class="ink" points="60,983.5 310,983.5');
  expect(svg).toMatch(/<polyline class="faint" points="60,936\.6 /);
  expect(svg).not.toMatch(/NaN|undefined/);
});

it("marks what is refused on every panel, and says by how much on the one that it is about", () => {
  const why = {
    kind: "joint-limit",
    quantity: "acceleration",
    joint: 3,
    atS: 1,
    note: 0,
    needs: 46,
    limit: 40,
  } as const;
  const refused = unfollowedPlace(score, plan, why);
  const svg = preflightPicture({ ...surroundings, heading: "no", plan, motion, refused });
  // The whole note, seconds 0 to 2 (not farther than 1 s after the moment).
  expect(svg.match(/<rect class="red pale" x="310" y="[-\d.]+" width="500"/g)).toHaveLength(5);
  expect(svg).toContain(">A3, bar 1 beat 1</text>");
  expect(svg).toContain(">wrist 1: acceleration 115 % of its limit</text>");
});

it("draws the notes alone where no bow can play them", () => {
  const why = { kind: "below-open-c", noteIndex: 0, startS: 0, midi: 34, lowestMidi: 36 } as const;
  const low = scoreOf([{ quarters: 2, midi: 34 }]);
  const svg = preflightPicture({
    ...surroundings,
    score: low,
    heading: "no",
    refused: unbowedPlace(low, why),
  });
  expect(svg).toContain(">A#1, bar 1 beat 1: 2 semitone(s) below the open C</text>");
  expect(svg.match(/class="frame"/g)).toHaveLength(1);
});

it("writes over the place rather than out of the frame where neither side has room for the words", () => {
  const pen = penFor({ title: "", left: 60, top: 0, width: 1000, height: 100, x: [0, 10], y: [0, 1] });
  const at = (x1: number, letters: number): number =>
    Number(/ x="([-\d.]+)"/.exec(pen.beside(x1, x1 + 1, "w".repeat(letters)))![1]);
  expect(at(2, 20)).toBe(365); // right of second 3, pixel 360
  expect(at(7, 20)).toBe(755); // its end left of second 7, pixel 760
  expect(at(4, 100)).toBe(325); // 730 px fit from 325 to 1055
  expect(at(5, 100)).toBe(795); // and from 65 to 795
});

it("keeps the worst of moments that are too near each other to be seen apart", () => {
  // 5000 knots are drawn as 1000 points: one that alone asks for 80 % is still seen: the 500th, 500 of 999.8 px on, 114.3 px over 816.
  const many = 5000;
  const timeS = Float64Array.from({ length: many }, (_, k) => k * 0.0008);
  const rows = new Float64Array(many * 6);
  const qdd_radps2 = rows.slice();
  qdd_radps2[2502 * 6] = 32;
  const dense = { ...motion, timeS, q_rad: rows, qd_radps: rows, qdd_radps2 };
  const svg = preflightPicture({ ...surroundings, heading: "yes", plan, motion: dense });
  expect(
    /<polyline class="red thin" points="([^"]*)"/
      .exec(svg)![1]!
      .split(" ")
      .filter((p) => !p.endsWith(",816")),
  ).toEqual(["560.1,701.7"]);
});
