import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parseCalibration, type Calibration } from "../../src/instrument/calibration.ts";
import { checkCalibration } from "../../src/instrument/check.ts";
import { fitCello } from "../../src/instrument/fit-cello.ts";

const read = (name: string): Calibration =>
  parseCalibration(readFileSync(`data/calibration/${name}.yaml`, "utf8"), name);
/** What comes of other poses, as after teaching. */
const taughtAs = (calibration: Calibration, changed: Partial<Calibration>) => {
  const bare = { ...calibration, ...changed };
  return checkCalibration({ ...bare, ...fitCello(bare) });
};

it("refuses strings that were taught in the opposite order: the body would be thought where the air is", () => {
  for (const name of ["reference", "paper"]) {
    const { C, G, D, A } = read(name).taught;
    expect(() => taughtAs(read(name), {})).not.toThrow();
    expect(() => taughtAs(read(name), { taught: { C: A, G: D, D: G, A: C } })).toThrow(
      /stand on its scroll .*; the strings are named in the opposite order/,
    );
  }
});

it("refuses a ruler's measure with a digit lost: the bow would play behind the bridge", () => {
  const calibration = read("reference");
  // The bow 130 mm from the bridge: 55 mm farther up the D string than at its tip.
  const { p, q } = calibration.taught.D.tip;
  const { axis_B } = checkCalibration(calibration).instrument.strings.D;
  const farUp = [...[0, 1, 2].map((i) => p[i]! + 0.055 * axis_B[i]!), ...p.slice(3)];
  const measured = (from_bridge_m: number) => ({
    extra: [{ string: "D" as const, p: farUp, q, from_bridge_m }],
  });
  expect(() => taughtAs(calibration, measured(0.13))).not.toThrow();
  expect(() => taughtAs(calibration, measured(0.013))).toThrow(
    /\d+ mm behind the bridge; look at the ruler measures/,
  );
  expect(() => taughtAs(calibration, measured(0.4))).toThrow(/\d+ mm from the bridge \(10 mm to 250 mm\)/);
});

it("says which corner hair and strings miss: there the bow was perhaps off its string", () => {
  const reference = read("reference");
  expect(checkCalibration(reference).report.warnings).toEqual([]);
  // The A string 2 mm lower at the bridge: its hair lies in the air at both ends.
  const { bridge_B_m, nut_B_m } = reference.strings.A;
  const { outward_B } = checkCalibration(reference).instrument.strings.A;
  const lower = (p: readonly number[]) => p.map((v, i) => v - 0.002 * outward_B[i]!);
  const strings = { ...reference.strings, A: { bridge_B_m: lower(bridge_B_m), nut_B_m: lower(nut_B_m) } };
  expect(checkCalibration({ ...reference, strings }).report.warnings).toContainEqual(
    expect.stringMatching(
      /miss what was taught at the frog of the A string by 2\.0 mm, the tip of the A string by 2\.0 mm/,
    ),
  );
});
