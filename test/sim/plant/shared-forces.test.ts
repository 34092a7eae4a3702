import { expect, it } from "vitest";
import {
  contactStiffnessNpm,
  hairComplianceMpN,
  stringComplianceMpN,
} from "../../../src/instrument/contact-stiffness.ts";
import type { BowedString } from "../../../src/instrument/strings.ts";
import { CELLO_STRINGS } from "../../../src/instrument/strings.ts";
import { seededRandom } from "../../../src/math/random.ts";
import { sharedForcesN, type PressedString } from "../../../src/instrument/hair/shared-forces.ts";
import { celloInFront } from "./cello-in-front.ts";

const HAIR_LENGTH_M = 0.62;
const LINES = celloInFront().strings;
const NAMES = ["C", "G", "D", "A"] as const;

interface Press {
  readonly physics: BowedString;
  readonly depthM: number;
  readonly bowM: number;
  readonly alongM?: number;
}

const pressed = ({ physics, depthM, bowM, alongM = 0.069 }: Press): PressedString => ({
  string: { ...LINES.D, physics },
  depthM,
  bowM,
  alongM,
});

/** Hair flat on D of a 58 mm bridge circle, strings 15.7 mm apart, mid-bow: the strings the straight hair has passed. */
function pressedOnD(forceN: number): { readonly name: string; readonly pressed: PressedString }[] {
  const depthM = forceN / stiffnessOf(CELLO_STRINGS.D, 0.31);
  const step_rad = 2 * Math.asin(0.0157 / (2 * 0.058));
  return NAMES.map((name, i) => {
    const angle = (i - 2) * step_rad;
    const passedM = depthM - 0.058 * (1 - Math.cos(angle));
    const at = { depthM: passedM, bowM: 0.31 + 0.058 * Math.sin(angle) };
    return { name, pressed: pressed({ physics: CELLO_STRINGS[name], ...at }) };
  }).filter((s) => s.pressed.depthM > 0);
}

function forcesOnD(forceN: number): Record<string, number> {
  const strings = pressedOnD(forceN);
  const forces = sharedForcesN(
    strings.map((s) => s.pressed),
    HAIR_LENGTH_M,
  );
  return Object.fromEntries(strings.map(({ name }, i) => [name, forces[i]!]));
}

const stiffnessOf = (physics: BowedString, bowM: number, contactM = 0.069): number =>
  contactStiffnessNpm(physics, { bowM, contactM, stringLengthM: 0.69, hairLengthM: HAIR_LENGTH_M });

it("bears on one string alone with the stiffness the planner counts on, times its depth", () => {
  const random = seededRandom(3);
  for (let round = 0; round < 200; round++) {
    const physics = CELLO_STRINGS[NAMES[Math.floor(4 * random())]!];
    const [depthM, bowM, alongM] = [0.01 * random(), 0.62 * random(), 0.02 + 0.15 * random()];
    const [forceN] = sharedForcesN([pressed({ physics, depthM, bowM, alongM })], HAIR_LENGTH_M);
    expect(forceN).toBeCloseTo(stiffnessOf(physics, bowM, alongM) * depthM, 12);
  }
});

it("keeps the neighbours of D clear at 1.25 N mid-bow, though the straight hair is 2 mm past them", () => {
  // 1.25 N / 293.64 N/m = 4.257 mm past D. Step 2·asin(15.7/116) = 15.557°: the neighbours lie
  // 58 mm·(1 − cos) = 2.125 mm lower, so the straight hair is 2.132 mm past them; but the hair, bent by
  // 1.25 N·(0.2944·0.31/(65·0.62) + 1/2500) = 3.33 mm there, is 1.2 mm clear of them.
  expect(pressedOnD(1.25).map((s) => s.name)).toEqual(["G", "D", "A"]);
  expect(pressedOnD(1.25)[0]!.pressed.depthM).toBeCloseTo(2.132e-3, 6);
  const forces = forcesOnD(1.25);
  expect(forces).toEqual({ G: 0, A: 0, D: forces.D });
  expect(forces.D).toBeCloseTo(1.25, 12);
});

it("lets the bent hair down on D's neighbours only above 2.87 N", () => {
  // Neighbours bear when F/293.64 − 2.125 mm > F·2.665 mm/N, that is F > 2.125/(3.4055 − 2.6646) = 2.868 N.
  const [below, above] = [forcesOnD(2.85), forcesOnD(2.89)];
  expect(below).toEqual({ C: 0, G: 0, A: 0, D: below.D });
  expect(below.D).toBeCloseTo(2.85, 12);
  expect(above.G).toBeGreaterThan(0);
  expect(above.A).toBeGreaterThan(0);
  expect(above.C).toBe(0);
  expect(above.D).toBeLessThan(2.89);
});

it("bears alike on two like strings at the double-stop angle", () => {
  const at = { physics: CELLO_STRINGS.D, depthM: 0.003 };
  const [left, right] = sharedForcesN(
    [pressed({ ...at, bowM: 0.302 }), pressed({ ...at, bowM: 0.318 })],
    HAIR_LENGTH_M,
  );
  // Per newton on each: string 0.6210 mm; hair by its own string 0.302·0.318/40.3 m + 0.4 mm = 2.7830 mm, by the
  // other 0.302·0.302/40.3 m + 0.4 mm = 2.6631 mm. 3 mm / 6.0671 mm/N = 0.4945 N.
  expect(left).toBeCloseTo(0.4945, 4);
  expect(right).toBeCloseTo(left!, 12);
});

it("never pulls, never sinks through, and bears only where hair and string meet", () => {
  const random = seededRandom(17);
  const bearing = [0, 0, 0, 0, 0];
  for (let round = 0; round < 2_000; round++) {
    const n = 1 + Math.floor(4 * random());
    const frogM = 0.005 + 0.55 * random();
    const [commonM, spreadM] = [0.02 * random(), 0.004 * random()];
    const strings = Array.from({ length: n }, (_, i) =>
      pressed({
        physics: CELLO_STRINGS[NAMES[i]!],
        depthM: commonM + spreadM * random(),
        bowM: frogM + 0.0157 * i,
        alongM: 0.02 + 0.15 * random(),
      }),
    );
    const forces = sharedForcesN(strings, HAIR_LENGTH_M);
    strings.forEach(({ string, depthM, bowM, alongM }, i) => {
      const bentM = strings.reduce(
        (sum, s, j) => sum + forces[j]! * hairComplianceMpN(bowM, s.bowM, HAIR_LENGTH_M),
        0,
      );
      const sunkM = forces[i]! * stringComplianceMpN(string.physics, alongM, string.lengthM);
      const gapM = bentM + sunkM - depthM;
      expect(forces[i]).toBeGreaterThanOrEqual(0);
      expect(gapM).toBeGreaterThan(-1e-9);
      expect(Math.abs(forces[i]! * gapM)).toBeLessThan(1e-9);
    });
    bearing[forces.filter((f) => f > 0).length]!++;
  }
  expect(bearing[0]).toBe(0); // whoever is pressed deepest bears
  for (const times of bearing.slice(1)) expect(times).toBeGreaterThan(10); // every number of strings was tried
});

it("changes its forces without a jump as the bow rolls from D to G", () => {
  // From flat on D to flat on G in 2000 steps: the largest change in one step is far below the force itself.
  let before: Float64Array | undefined;
  for (let k = 0; k <= 2_000; k++) {
    const lean = k / 2_000; // 0 on D, 1 on G
    const forces = sharedForcesN(
      [
        pressed({ physics: CELLO_STRINGS.G, depthM: 0.004 - 0.004 * (1 - lean), bowM: 0.3257 }),
        pressed({ physics: CELLO_STRINGS.D, depthM: 0.004 - 0.004 * lean, bowM: 0.31 }),
      ].filter((s) => s.depthM > 0),
      HAIR_LENGTH_M,
    );
    const both = forces.length === 2 ? forces : k === 0 ? new Float64Array([0, forces[0]!]) : undefined;
    if (both && before) both.forEach((f, i) => expect(Math.abs(f - before![i]!)).toBeLessThan(0.005));
    before = both;
  }
});
