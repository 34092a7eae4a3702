import { expect, it } from "vitest";
import type { BowedNote, BowPlan } from "../../src/bowing/bow-plan.ts";
import { clearForceN } from "../../src/instrument/neighbour-gap.ts";
import type { StringName } from "../../src/score/score.ts";
import { loadInstrument } from "../../src/shelf/load-instrument.ts";
import { catchingForce } from "../../src/trajectory/catching-force.ts";
import { defaultTrajectorySettings } from "../../src/trajectory/trajectory-settings.ts";

const { instrument } = await loadInstrument("reference");
const { catching } = defaultTrajectorySettings;

type Planned = readonly [string: StringName, stroke: number, more?: Partial<BowedNote>];

function timesAt(notes: readonly Planned[], noteS: number, scoreS: number): number {
  const planned = notes.map(([string, stroke, more]) => {
    return { string, stroke, forceN: 0.8, maxForceN: 3, bowStartM: 0.3, contactM: 0.09, ...more };
  });
  const timed = planned.map((note, i) => ({ ...note, startS: i * noteS, endS: (i + 1) * noteS }));
  const plan = { notes: timed, lifts: [] } as unknown as BowPlan;
  return catchingForce(plan, instrument, { catching })(scoreS);
}

it("presses harder where a bow in full swing comes to another string, until that string is caught", () => {
  const slurred: Planned[] = [["G", 0], ["D", 0]]; // prettier-ignore
  expect(timesAt(slurred, 1, 0.5)).toBe(1);
  expect(timesAt(slurred, 1, 1)).toBeCloseTo(catching.force, 12);
  expect(timesAt(slurred, 1, 1 + catching.holdS)).toBeCloseTo(catching.force, 12);
  expect(timesAt(slurred, 1, 1 + catching.holdS + catching.releaseS)).toBe(1);
});

it("presses as planned where the bow turns round, and where only the left hand moves", () => {
  const turned: Planned[] = [["G", 0], ["D", 1]]; // prettier-ignore
  const fingered: Planned[] = [["D", 0], ["D", 0]]; // prettier-ignore
  for (const s of [0.97, 1, 1.03, 1.1]) {
    expect(timesAt(turned, 1, s)).toBe(1);
    expect(timesAt(fingered, 1, s)).toBe(1);
  }
});

it("never presses to where the string beside would sound, nor out of Schelleng's limit", () => {
  const clearN = clearForceN(instrument, "D", { bowM: 0.3, contactM: 0.09 }, catching.keptClear);
  const heavy: Planned[] = [["G", 0], ["D", 0, { forceN: 0.9 * clearN, maxForceN: 99 }]]; // prettier-ignore
  expect(timesAt(heavy, 1, 1)).toBeCloseTo(1 / 0.9, 12);
  const soft: Planned[] = [["G", 0], ["D", 0, { maxForceN: 1.2 }]]; // prettier-ignore
  expect(timesAt(soft, 1, 1)).toBeCloseTo((catching.maxForceShare * 1.2) / 0.8, 12);
});

it("comes nearer to the string beside than a note may be held, and not all the way", () => {
  const heldN = clearForceN(instrument, "D", { bowM: 0.3, contactM: 0.09 });
  const held: Planned[] = [["G", 0], ["D", 0, { forceN: heldN, maxForceN: 99 }]]; // prettier-ignore
  expect(timesAt(held, 1, 1)).toBeGreaterThan(1.1);
  expect(timesAt(held, 1, 1)).toBeLessThan(1.25); // the whole gap: 1 / 0.8
});

it("has let go before three quarters of a short note are over", () => {
  const slurred: Planned[] = [["G", 0], ["D", 0]]; // prettier-ignore
  expect(timesAt(slurred, 0.12, 0.12 + 0.71 * 0.12)).toBe(1);
});
