import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { hairGapM } from "../../src/collision/hair-gap.ts";
import { hairDirection } from "../../src/instrument/bow-hold.ts";
import { parseCalibration } from "../../src/instrument/calibration.ts";
import { instrumentOf } from "../../src/instrument/load.ts";
import { addScaled } from "../../src/math/vec.ts";
import { STRING_NAMES } from "../../src/score/score.ts";

const cell = (name: string) =>
  instrumentOf(parseCalibration(readFileSync(`data/calibration/${name}.yaml`, "utf8"), name));

it("lies half a step to either side on a round bridge: asin(15.7/2/58) = 7.778 degrees, centres a step apart", () => {
  const { strings } = cell("reference");
  const degrees = STRING_NAMES.map((name) => (strings[name].window.centre_rad * 180) / Math.PI);
  [23.33, 7.78, -7.78, -23.33].forEach((wanted, i) => expect(degrees[i]).toBeCloseTo(wanted, 1));
  for (const name of STRING_NAMES)
    expect((strings[name].window.half_rad * 180) / Math.PI).toBeCloseTo(7.778, 2);
});

it("ends where the hair lies on the neighbour too, on both cells", () => {
  for (const name of ["reference", "paper"]) {
    const { strings } = cell(name);
    STRING_NAMES.forEach((string, i) => {
      const line = strings[string];
      const contact = addScaled(line.bridge_B_m, line.axis_B, 0.085);
      for (const [side, other] of [
        [1, i - 1],
        [-1, i + 1],
      ] as const) {
        const neighbour = STRING_NAMES[other];
        if (!neighbour) continue;
        const gapAt = (share: number): number => {
          const inclination_rad = line.window.centre_rad + side * share * line.window.half_rad;
          const u = hairDirection(line, { inclination_rad, skew_rad: 0 });
          return hairGapM(addScaled(contact, u, -0.3), addScaled(contact, u, 0.3), strings[neighbour]);
        };
        expect(Math.abs(gapAt(1)), `${name} ${string} ${neighbour}`).toBeLessThan(2e-5);
        expect(gapAt(0.9)).toBeGreaterThan(0);
        expect(gapAt(1.1)).toBeLessThan(0);
      }
    });
  }
});
