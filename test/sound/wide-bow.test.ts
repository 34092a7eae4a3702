import { describe, expect, it } from "vitest";
import { Cello } from "../../src/sound/cello.ts";
import { driveOfString } from "../../src/sound/render.ts";
import { DEFAULT_SOUND, type SoundSettings } from "../../src/sound/sound-settings.ts";
import { HOP_SAMPLES, openString } from "../../src/sound/string/string-drive.ts";
import { wideBow } from "../../src/sound/string/wide-bow.ts";
import { inputOf, play, RATE, STEADY, STRINGS, type Bowing } from "./steady-note.ts";
import { centsFrom } from "./tone.ts";

const POINT: SoundSettings = { ...DEFAULT_SOUND, ear: {} };
/** A bow's ribbon of hair, laid flat. */
const WIDE: SoundSettings = { ...POINT, hair: { ...POINT.hair, widthM: 0.01 } };
const NOTE: Bowing = { ...STEADY, forceN: 1, bowSpeedMps: 0.2, contactM: 0.09, rampS: 0.2, lengthS: 1 };
const centsOf = (note: Bowing, settings: SoundSettings): number => {
  const { bridgeN, frequencyHz } = play(note, settings);
  return centsFrom(bridgeN, RATE, frequencyHz, 0.5, 0.35);
};

/** Share of a sounding note's time in which the hair slips in any of its lines [-]. */
function slippingShare(note: Bowing, settings: SoundSettings): number {
  const drive = driveOfString(inputOf(note), 2, Math.round(note.lengthS * 2000) + 1, settings);
  const cello = new Cello([STRINGS[2]!], settings);
  let [slips, all] = [0, 0];
  for (let hop = 0; hop < drive.forceN.length - 1; hop++) {
    const { slipMps } = cello.play([drive], hop);
    if ((hop * HOP_SAMPLES) / RATE < 0.5) continue;
    all += HOP_SAMPLES;
    for (const slip of slipMps[0]!) if (slip !== 0) slips++;
  }
  return slips / all;
}

describe("hair of a finite width", () => {
  it("has as many lines as waves have two samples from one to the next", () => {
    // D3: 96000 / 146.8 / 2 = 327 samples one way over 0.69 m, so 10 mm are 4.7: three lines; A3: 3.2, two
    const linesOn = (name: string, widthM: number) => {
      const string = STRINGS.find((s) => s.name === name)!;
      const settings = { ...POINT, hair: { ...POINT.hair, widthM, lines: 5 } };
      return wideBow(string.impedanceKgps, openString(string, settings), settings)?.lines ?? 1;
    };
    expect([linesOn("D", 0.01), linesOn("A", 0.01), linesOn("C", 0.01)]).toEqual([3, 2, 5]);
    expect([linesOn("D", 0), linesOn("A", 0.005)]).toEqual([1, 1]); // a point
  });

  it("plays in Helmholtz motion and in tune, as a point does", () => {
    for (const [string, forceN] of [
      ["D", 1],
      ["C", 2.7],
    ] as const) {
      // prettier-ignore
      const { tone } = play({ ...NOTE, string, forceN }, WIDE);
      expect(tone.helmholtzShare, string).toBeGreaterThan(0.95);
      expect(Math.abs(centsOf({ ...NOTE, string, forceN }, WIDE)), string).toBeLessThan(8);
    }
  });

  it("slips here while it sticks there: more than the slips of the note", () => {
    // β = 0.09 / 0.69 = 0.13 of the time is the note's own slip
    const [point, wide] = [slippingShare(NOTE, POINT), slippingShare(NOTE, WIDE)];
    expect(point).toBeLessThan(0.2);
    expect(wide).toBeGreaterThan(1.3 * point);
  });

  it("goes less flat under a heavy bow", () => {
    const heavy: Bowing = { ...NOTE, string: "G", forceN: 2.7 };
    const [point, wide] = [centsOf(heavy, POINT), centsOf(heavy, WIDE)];
    expect(point).toBeLessThan(-15);
    expect(wide).toBeGreaterThan(point / 2);
  });

  it("rings as long and as high as ever once it has left the string", () => {
    const left: Bowing = { ...NOTE, lengthS: 1.5, leaveS: 0.7 };
    const ringing = (
      settings: SoundSettings,
    ): { readonly cents: number; readonly dbAt: (fromS: number) => number } => {
      const { bridgeN, frequencyHz } = play(left, settings);
      const powerFrom = (fromS: number): number =>
        bridgeN.subarray(fromS * RATE, (fromS + 0.2) * RATE).reduce((sum, x) => sum + x * x, 0);
      // below the bowed note, early and late
      const dbAt = (fromS: number): number => 10 * Math.log10(powerFrom(fromS) / powerFrom(0.4));
      return { cents: centsFrom(bridgeN, RATE, frequencyHz, 0.8, 0.35), dbAt };
    };
    const [point, wide] = [ringing(POINT), ringing(WIDE)];
    expect(Math.abs(wide.cents - point.cents)).toBeLessThan(2);
    for (const fromS of [0.72, 1, 1.3])
      expect(Math.abs(wide.dbAt(fromS) - point.dbAt(fromS)), `${fromS} s`).toBeLessThan(0.3);
  });
});
