import { expect, it } from "vitest";
import { readSmooth } from "../../src/sound/string/smooth-curve.ts";
import { contactOfString } from "../../src/sound/string/string-contact.ts";

/** Rows of four equal strings, to read the third. */
const rows = (values: number[]): Float64Array => Float64Array.from(values.flatMap((x) => [9, 9, x, 9]));

it("feels no force up to the touch force and all of it from twice that on", () => {
  const force = rows([0.01, 0.02, 0.03, 0.04, 1]);
  const contacts = { forceN: force, bowSpeedMps: force, contactM: force };
  const { forceN } = contactOfString(contacts, 2, { periodS: 0.002, touchForceN: 0.02 });
  // half-way, at 0.03 N, the step is 1/2
  expect([...forceN]).toEqual([0, 0, 0.015, 0.04, 1]);
});

it("bridges speed and place over a gap in the contact", () => {
  const contacts = {
    forceN: rows([0, 1, 0, 0, 1, 0]),
    bowSpeedMps: rows([0, 0.3, 0, 0, -0.3, 0]),
    contactM: rows([0, 0.06, 0, 0, 0.09, 0]),
  };
  const { bowSpeedMps, contactM } = contactOfString(contacts, 2, { periodS: 0.002, touchForceN: 0.02 });
  // thirds of the way: 0.06 + 0.01 each, 0.3 − 0.2 each; ends hold
  [0.06, 0.06, 0.07, 0.08, 0.09, 0.09].forEach((x, i) => expect(contactM[i]).toBeCloseTo(x, 12));
  [0.3, 0.3, 0.1, -0.1, -0.3, -0.3].forEach((x, i) => expect(bowSpeedMps[i]).toBeCloseTo(x, 12));
});

it("reads a straight line back exactly and a lone value as 1/6, 4/6, 1/6", () => {
  const line = Float64Array.from({ length: 10 }, (_, i) => 2 * i + 1);
  for (const x of [1, 3.25, 6.9]) expect(readSmooth(line, x)).toBeCloseTo(2 * x + 1, 12);
  const lone = Float64Array.of(0, 0, 0, 6, 0, 0, 0);
  expect([1, 2, 3, 4, 5].map((x) => readSmooth(lone, x))).toEqual([0, 1, 4, 1, 0]);
});

it("holds the end values outside", () => {
  const values = Float64Array.of(3, 4, 5);
  expect(readSmooth(values, -7)).toBeCloseTo(3, 12);
  expect(readSmooth(values, 99)).toBeCloseTo(5, 12);
  expect(readSmooth(new Float64Array(0), 1)).toBe(0);
});
