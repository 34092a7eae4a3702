import { expect, it } from "vitest";
import { pulseStrength } from "../../src/bowing/pulse.ts";

const meter = (beatsPerBar: number, beatUnit: number) => ({
  ticksPerQuarter: 480,
  meters: [{ tick: 0, beatsPerBar, beatUnit }],
});
const eighths = (score: ReturnType<typeof meter>, count: number): number[] =>
  Array.from({ length: count }, (_, i) => pulseStrength(score, i * 240));

it("counts four in a bar with a strong third", () => {
  expect(eighths(meter(4, 4), 9)).toEqual([1, 0, 0.25, 0, 0.5, 0, 0.25, 0, 1]);
});

it("counts three in a bar without a half", () => {
  expect(eighths(meter(3, 4), 7)).toEqual([1, 0, 0.25, 0, 0.25, 0, 1]);
});

it("counts six eighths in two threes", () => {
  expect(eighths(meter(6, 8), 7)).toEqual([1, 0, 0, 0.5, 0, 0, 1]);
});

it("starts counting anew at a change of metre", () => {
  const score = {
    ticksPerQuarter: 480,
    meters: [
      { tick: 0, beatsPerBar: 4, beatUnit: 4 },
      { tick: 960, beatsPerBar: 3, beatUnit: 4 },
    ],
  };
  expect(pulseStrength(score, 960)).toBe(1);
  expect(pulseStrength(score, 960 + 1440)).toBe(1);
});

it("counts an upbeat as the end of its bar, at the beginning and where a repeat cuts a bar in two", () => {
  const upbeat = (...meters: [tick: number, beatsPerBar: number][]) => ({
    ticksPerQuarter: 480,
    meters: meters.map(([tick, beatsPerBar]) => ({ tick, beatsPerBar, beatUnit: 8 })),
  });
  const one = upbeat([0, 1], [240, 6]);
  expect([0, 240, 480, 960].map((tick) => pulseStrength(one, tick))).toEqual([0, 1, 0, 0.5]);
  const cut = upbeat([0, 6], [1440, 3], [2160, 3], [2880, 6]);
  expect(cut.meters).toHaveLength(4);
  expect([1440, 2160, 2880].map((tick) => pulseStrength(cut, tick))).toEqual([1, 0.5, 1]);
});

it("hears a change of metre after one bar as no upbeat", () => {
  const meters = [
    { tick: 0, beatsPerBar: 4, beatUnit: 4 },
    { tick: 1920, beatsPerBar: 3, beatUnit: 4 },
    { tick: 3360, beatsPerBar: 4, beatUnit: 4 },
  ];
  expect(pulseStrength({ ticksPerQuarter: 480, meters }, 1920)).toBe(1);
});
