import { expect, it } from "vitest";
import { seededRandom } from "../../src/math/random.ts";
import { midiOfNoteName, noteName } from "../../src/score/note-name.ts";
import {
  barBeatAtTick,
  barTicks,
  type BarGrid,
  formatBarBeat,
  parseBarBeat,
  sayPlace,
  tickAtBarBeat,
} from "../../src/score/position.ts";

const FOUR_FOUR: BarGrid = { ticksPerQuarter: 480, meters: [{ tick: 0, beatsPerBar: 4, beatUnit: 4 }] };

it("finds bar and beat in plain 4/4", () => {
  // a bar is 4 × 480 = 1920 ticks; 4560 = 2 bars (3840) + 720 = one and a half beats
  expect(sayPlace(FOUR_FOUR, 0)).toBe("bar 1 beat 1");
  expect(sayPlace(FOUR_FOUR, 4560)).toBe("bar 3 beat 2+1/2");
  expect(formatBarBeat(barBeatAtTick(FOUR_FOUR, 4560))).toBe("3.2+1/2");
  // 479 of 480 ticks is no simple fraction
  expect(sayPlace(FOUR_FOUR, 479)).toBe("bar 1 beat 1+1.00");
});

it("counts eighths in 6/8 and quarters in 6/4", () => {
  const sixEight = { ...FOUR_FOUR, meters: [{ tick: 0, beatsPerBar: 6, beatUnit: 8 }] };
  const sixFour = { ...FOUR_FOUR, meters: [{ tick: 0, beatsPerBar: 6, beatUnit: 4 }] };
  // 6/8: beat 240, bar 1440: 2160 = bar 2 + 720 = beat 4; 6/4: beat 480, bar 2880
  expect(sayPlace(sixEight, 2160)).toBe("bar 2 beat 4");
  expect(sayPlace(sixFour, 2160)).toBe("bar 1 beat 5+1/2");
});

it("begins a new bar at a change of meter, also where the bar before is not full", () => {
  const grid: BarGrid = {
    ticksPerQuarter: 480,
    meters: [
      { tick: 0, beatsPerBar: 1, beatUnit: 4 }, // pickup written as a 1/4 bar: bar 1
      { tick: 480, beatsPerBar: 4, beatUnit: 4 }, // bars 2 and, cut after two beats, 3
      { tick: 480 + 1920 + 960, beatsPerBar: 3, beatUnit: 8 },
    ],
  };
  expect(sayPlace(grid, 480)).toBe("bar 2 beat 1");
  expect(sayPlace(grid, 480 + 1920)).toBe("bar 3 beat 1");
  expect(sayPlace(grid, 480 + 1920 + 960)).toBe("bar 4 beat 1");
  expect(sayPlace(grid, 480 + 1920 + 960 + 720 + 240)).toBe("bar 5 beat 2");
  expect(tickAtBarBeat(grid, { bar: 3, beat: 2, fraction: 0.5 })).toBe(480 + 1920 + 720);
  expect(tickAtBarBeat(grid, { bar: 3, beat: 3, fraction: 0 })).toBeUndefined();
  expect(tickAtBarBeat(grid, { bar: 5, beat: 4, fraction: 0 })).toBeUndefined();
});

it("returns to the same tick from every place, for any meters", () => {
  const random = seededRandom(11);
  for (let round = 0; round < 500; round++) {
    const meters = [{ tick: 0, beatsPerBar: 4, beatUnit: 4 }];
    const ticksPerQuarter = [24, 96, 100, 480, 960][Math.floor(random() * 5)]!;
    while (random() < 0.7) {
      const [beatsPerBar, beatUnit] = [1 + Math.floor(random() * 9), 2 ** Math.floor(random() * 5)];
      const tick = meters.at(-1)!.tick + 1 + Math.floor(random() * 5000);
      meters.push({ tick, beatsPerBar, beatUnit });
    }
    const grid = { ticksPerQuarter, meters };
    const tick = Math.floor(random() * 20_000);
    const place = barBeatAtTick(grid, tick);
    expect(place.fraction).toBeGreaterThanOrEqual(0);
    expect(place.fraction).toBeLessThan(1);
    expect(tickAtBarBeat(grid, place), `round ${round}`).toBeCloseTo(tick, 4);
  }
});

it("reads places as they are written, and nothing else", () => {
  expect(parseBarBeat("3.2")).toEqual({ bar: 3, beat: 2, fraction: 0 });
  expect(parseBarBeat("12.10")).toEqual({ bar: 12, beat: 10, fraction: 0 });
  expect(parseBarBeat("3.2+1/3")).toEqual({ bar: 3, beat: 2, fraction: 1 / 3 });
  for (const text of ["3", "3.0", "0.1", "3.2.5", "3.2+1", "3.2+2/2", "3.2 ", "a.b", "-1.2", ""])
    expect(parseBarBeat(text), text).toBeUndefined();
});

it("knows the length of a bar", () => {
  expect(barTicks(480, { tick: 0, beatsPerBar: 6, beatUnit: 8 })).toBe(1440);
});

it("names the open strings and the black keys", () => {
  // C2 is MIDI 36: (2 + 1) × 12 + 0
  expect([36, 43, 50, 57].map(noteName)).toEqual(["C2", "G2", "D3", "A3"]);
  expect([54, 60, 70, 81].map(noteName)).toEqual(["F#3", "C4", "A#4", "A5"]);
  expect(["Bb2", "F#3", "Cb4", "B#3"].map(midiOfNoteName)).toEqual([46, 54, 59, 60]);
  for (const text of ["H3", "f#3", "F##3", "F", "3", ""]) expect(midiOfNoteName(text), text).toBeUndefined();
});

it("finds every MIDI number again by its name", () => {
  for (let midi = 0; midi < 128; midi++) expect(midiOfNoteName(noteName(midi))).toBe(midi);
});
