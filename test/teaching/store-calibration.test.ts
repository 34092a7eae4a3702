import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parseCalibration, type ExtraPoint } from "../../src/instrument/calibration.ts";
import { dhOf } from "../../src/instrument/load.ts";
import { makeCalibration } from "../../src/teaching/make-calibration.ts";
import { residualLines } from "../../src/teaching/store-calibration.ts";

const reference = parseCalibration(readFileSync("data/calibration/reference.yaml", "utf8"), "reference");
const title = { name: "taught", origin: "a test", revision: 1, takenAt: new Date(0) };

it("says what of a taught cello is assumed, until a ruler has told it", () => {
  const made = makeCalibration(reference, dhOf(reference), { ...reference, extra: [] }, title);
  const assumed = (extra: readonly ExtraPoint[]): string[] =>
    residualLines({ ...made, calibration: { ...made.calibration, extra: [...extra] } }, undefined).filter(
      (line) => line.includes("assumed"),
    );
  const point: ExtraPoint = { string: "A", ...reference.taught.A.frog };
  const how = "; to measure it, teach with --extra 1 and type the millimetres from bridge to hair and";
  for (const extra of [[], [point]])
    expect(assumed(extra)).toEqual([
      expect.stringContaining(
        "(assumed, as no ruler told it: how far from the bridge the bow lay (85 mm), and where along the hair the frog is " +
          `(as in the calibration it started from)${how}`,
      ),
    ]);
  expect(assumed([{ ...point, from_bridge_m: 0.13 }])).toEqual([
    expect.stringContaining("no ruler told it: where along the hair the frog is (as in"),
  ]);
  expect(assumed([{ ...point, from_bridge_m: 0.13, hair_m: 0.3 }])).toEqual([]);
});
