import { describe, expect, it } from "vitest";
import {
  contactStiffnessNpm,
  hairComplianceMpN,
  stringComplianceMpN,
} from "../../src/instrument/contact-stiffness.ts";
import { CELLO_STRINGS } from "../../src/instrument/strings.ts";
import { STRING_NAMES } from "../../src/score/score.ts";

const HAIR_M = 0.6;
const STRING_M = 0.69;

describe("what gives under the bow", () => {
  it("is the string by β(1 − β)L/T: 0.38 to 0.62 mm per newton at a tenth of it", () => {
    // A: 0.1·0.9·0.69/140 = 0.444 mm/N; D: /100 = 0.621; G: /117 = 0.531; C: /162 = 0.383
    const mm = STRING_NAMES.map((name) => 1e3 * stringComplianceMpN(CELLO_STRINGS[name], 0.069, STRING_M));
    [0.383, 0.531, 0.621, 0.444].forEach((expected, i) => expect(mm[i]).toBeCloseTo(expected, 3));
  });

  it("is the hair by its distance from the frog: softest in the middle, and as stiff at the tip as at the frog", () => {
    // ribbon of 65 N: 0.3·0.3/(65·0.6) = 2.308 mm/N, the stick behind it 1/2500 = 0.4 mm/N
    expect(1e3 * hairComplianceMpN(0.3, 0.3, HAIR_M)).toBeCloseTo(2.708, 3);
    // 0.05·0.55/39 = 0.705
    expect(1e3 * hairComplianceMpN(0.05, 0.05, HAIR_M)).toBeCloseTo(1.105, 3);
    for (const x of [0.05, 0.1, 0.2])
      expect(hairComplianceMpN(x, x, HAIR_M)).toBeCloseTo(
        hairComplianceMpN(HAIR_M - x, HAIR_M - x, HAIR_M),
        12,
      );
    for (let x = 0.06; x < 0.3; x += 0.02)
      expect(hairComplianceMpN(x, x, HAIR_M)).toBeGreaterThan(hairComplianceMpN(x - 0.02, x - 0.02, HAIR_M));
  });

  it("gives as far at one place for a newton at another as the other way round", () => {
    for (const [a, b] of [
      [0.1, 0.4],
      [0.25, 0.3],
      [0.02, 0.58],
    ] as const)
      // prettier-ignore
      expect(hairComplianceMpN(a, b, HAIR_M)).toBeCloseTo(hairComplianceMpN(b, a, HAIR_M), 15);
  });

  it("is together between 0.27 and 0.8 N per mm wherever the bow is played, on every string", () => {
    const all = STRING_NAMES.flatMap((name) =>
      [0.06, 0.08, 0.11].flatMap((contactM) =>
        [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.55].map((bowM) =>
          contactStiffnessNpm(CELLO_STRINGS[name], {
            bowM,
            contactM,
            stringLengthM: STRING_M,
            hairLengthM: HAIR_M,
          }),
        ),
      ),
    );
    // softest: the open D 0.11 m from the bridge, 0.925 mm/N, in mid-bow, 2.708 mm/N: 275 N/m
    expect(Math.min(...all)).toBeCloseTo(275.3, 1);
    expect(Math.max(...all)).toBeLessThan(800);
    // ribbon and string alone, at a tenth of the string: the 0.35 to 0.8 N per mm of the facts
    const noStick = (bowM: number): number => {
      const stringMpN = stringComplianceMpN(CELLO_STRINGS.A, 0.069, STRING_M);
      return 1 / (stringMpN + hairComplianceMpN(bowM, bowM, HAIR_M) - 1 / 2500);
    };
    expect(noStick(0.3)).toBeGreaterThan(350);
    expect(noStick(0.05)).toBeLessThan(900);
  });
});
