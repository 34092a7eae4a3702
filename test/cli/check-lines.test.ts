import { expect, it } from "vitest";
import { marginLines } from "../../src/cli/check.ts";

it("says when the elbow is straightest, and of the clearance what was measured at knots and what is proven between them", () => {
  const use = { joint: 4, atS: 1, value: 1, limit: 2 };
  const margins = {
    jointPosition: use,
    jointSpeed: use,
    jointAcceleration: use,
    jointJerk: use,
    tcpSpeed: { maxMps: 1, limitMps: 2, atS: 0 },
    singularity: { minSigma: 0.2, limitSigma: 0.03, atS: 5.13, minElbow_rad: 1, elbowAtS: 3.21 },
    clearance: { minM: 0.01193, requiredM: 0.01, pair: ["wrist 3", "waist"] as const, atS: 51.6 },
  };
  const lines = marginLines(margins, { clearanceM: 0.01, stickOverStringM: 0.003 });
  // One radian is 57 degrees.
  expect(lines.at(-2)).toMatch(
    /^elbow from straight +57 deg at 3\.2 s; smallest singular value 0\.200 \(at least 0\.03\) at 5\.1 s$/,
  );
  // The minuet on the published cell: 11.93 mm at a knot, 11.81 mm between two, 10 mm proven; its bow stick is 7 mm over the G string.
  expect(lines.at(-1)).toMatch(
    / 11\.9 mm at the tightest knot, wrist 3 and waist at 51\.6 s; proven between knots, too: 10\.0 or more, of the bow stick over strings 3\.0$/,
  );
});
