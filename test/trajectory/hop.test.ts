import { expect, it } from "vitest";
import {
  carriedOver,
  hopShape,
  meetsString,
  pressedShare,
  raised,
  type HopEnd,
} from "../../src/trajectory/hop.ts";

/** 1 N on a string half a millimetre per newton deep, 3 mm of hair pressed in, 2.1 mm to the neighbour. */
const END: HopEnd = { forceN: 1, pressedM: 0.003, gapM: 0.0021, sinkMpN: 0.0006, onPair: false };

/** Two millimetres over its neighbour on either string, and touching it half-way between the windows, as on a straight bridge. */
const OVER = (turned: number, _carried: number, heightM: number): number =>
  0.0021 * (1 - 4 * Math.min(turned, 1 - turned)) + heightM;

it("turns on its string before it leaves, the more the lighter it is pressed", () => {
  const heavy = hopShape(2, { from: END, to: END, heightM: 0.006 }, OVER);
  const light = hopShape(
    2,
    { from: { ...END, forceN: 0.3, pressedM: 0.0009 }, to: END, heightM: 0.006 },
    OVER,
  );
  expect(heavy.leaves).toBeGreaterThan(0);
  expect(light.leaves).toBeGreaterThan(heavy.leaves);
  expect(heavy.landed).toBeCloseTo(1 - heavy.leaves, 12); // both ends alike
});

it("neither turns on two strings before it leaves them, nor after it has landed on them", () => {
  const shape = hopShape(2, { from: { ...END, onPair: true }, to: END, heightM: 0.006 }, OVER);
  expect(shape.leaves).toBe(0);
  expect(shape.landed).toBeLessThan(1);
  expect(hopShape(2, { from: END, to: { ...END, onPair: true }, heightM: 0.006 }, OVER).landed).toBe(1);
});

it("leaves at once where it is pressed so hard that any turn would touch the neighbour", () => {
  // 3.5 N bring the hair 2.1 mm nearer: nothing is left of the gap.
  expect(hopShape(2, { from: { ...END, forceN: 3.5 }, to: END, heightM: 0.006 }, OVER).leaves).toBeLessThan(
    1e-9,
  );
});

it("lets go quicker, rather than brush a string that it passes", () => {
  const half = (part: { forceN: number; pressedM: number }) => {
    const shape = hopShape(2, { from: { ...END, ...part }, to: END, heightM: 0.006 }, OVER);
    return { shape, letGo: shape.free - shape.leaves };
  };
  const light = half({ forceN: 0.3, pressedM: 0.0009 });
  const heavy = half({ forceN: 2.5, pressedM: 0.0075 });
  expect(heavy.shape.leaves).toBe(0);
  expect(heavy.letGo).toBeLessThan(light.letGo - 0.05);
  for (const [{ shape }, pressedM, forceN] of [
    [light, 0.0009, 0.3],
    [heavy, 0.0075, 2.5],
  ] as const)
    for (let turned = 0; turned <= 0.5; turned += 0.01) {
      const aboveM = raised(shape, turned) * shape.heightM - pressedShare(shape, turned) * pressedM;
      const leftN = (forceN * Math.max(0, -aboveM)) / pressedM;
      const overNeighbourM = OVER(turned, 0, Math.max(0, aboveM)) - END.sinkMpN * leftN;
      expect(overNeighbourM, `${forceN} N, turned ${turned.toFixed(2)}`).toBeGreaterThan(0.19 * END.gapM);
    }
});

it("is pressed at both ends, up in the middle, and meets the new string where lift and pressing balance", () => {
  const shape = hopShape(3, { from: END, to: END, heightM: 0.008 }, OVER);
  for (const end of [0, 1]) expect([raised(shape, end), pressedShare(shape, end)]).toEqual([0, 1]);
  expect([raised(shape, 0.5), pressedShare(shape, 0.5)]).toEqual([1, 0]);
  const met = meetsString(shape, 0.003);
  expect(met).toBeGreaterThan(shape.presses);
  expect(raised(shape, met) * 0.008).toBeCloseTo(pressedShare(shape, met) * 0.003, 6);
});

it("has carried its contact point over by the time it meets the new string: the hair is not dragged along it", () => {
  const shape = hopShape(3, { from: END, to: END, heightM: 0.008 }, OVER);
  expect(carriedOver(shape, shape.leaves)).toBe(0);
  for (const pressedM of [0.001, 0.003, 0.008])
    expect(1 - carriedOver(shape, meetsString(shape, pressedM))).toBeLessThan(1e-6);
});
