import { describe, expect, it } from "vitest";
import { CELLO_STRINGS } from "../../src/instrument/strings.ts";
import { seededRandom } from "../../src/math/random.ts";
import { STRING_NAMES, type StringName } from "../../src/score/score.ts";
import { play, STEADY, type Bowing } from "./steady-note.ts";
import { amplitudeAt, centroidHz, centsFrom, rmsOf } from "./tone.ts";

const impedance = (string: StringName): number => CELLO_STRINGS[string].impedanceKgps;

/** Common forces grow with the root of the impedance: `onA` newtons on the A string. */
const pressed = (string: StringName, onA: number): number => onA * Math.sqrt(impedance(string) / 0.46);

const EVERY_STRING = STRING_NAMES.flatMap((string) =>
  [0, 2, 5].map((semitones): Bowing => ({ ...STEADY, string, semitones, forceN: pressed(string, 1.1) })),
);

describe("a steady bow", () => {
  it.each(EVERY_STRING)(
    "makes $string + $semitones slip once per period, for the share beta of it",
    (note) => {
      const { slips, periodS, beta } = play(note);
      const last = slips.filter((slip) => slip.startS > 0.8 && slip.startS < 1.15);
      // 0.35 s hold 0.35/T periods, with one more or less at the ends
      expect(Math.abs(last.length - 0.35 / periodS)).toBeLessThanOrEqual(1.1);
      const share = last.reduce((sum, slip) => sum + slip.lengthS, 0) / last.length / periodS;
      expect(Math.abs(share - beta)).toBeLessThan(0.02);
    },
  );

  it.each(EVERY_STRING)("shakes the bridge of $string + $semitones with Z0·v/(β√3), within 10 %", (note) => {
    const { bridgeN, periodS, beta } = play(note);
    const ideal = (impedance(note.string) * note.bowSpeedMps) / (beta * Math.sqrt(3));
    expect(rmsOf(bridgeN, periodS, 0.4) / ideal).toBeGreaterThan(0.9);
    expect(rmsOf(bridgeN, periodS, 0.4) / ideal).toBeLessThan(1.1);
  });

  it("slips under a slow, heavy bow too: the hair is no pure damper that lets the string creep", () => {
    // 0.1 m/s, β 0.0899, 1 N: a third over half of the largest force of this friction, 2·0.59·0.1/(0.0899·0.82) = 1.6 N
    const { slips, periodS } = play({ ...STEADY, bowSpeedMps: 0.1, forceN: 1, contactM: 0.062 });
    const last = slips.filter((slip) => slip.startS > 0.8 && slip.startS < 1.15);
    expect(Math.abs(last.length - 0.35 / periodS)).toBeLessThanOrEqual(1.1);
  });

  it("is 6 dB louder at twice the speed", () => {
    for (const string of STRING_NAMES) {
      const level = (bowSpeedMps: number): number => {
        const forceN = pressed(string, 1);
        const { bridgeN, periodS } = play({ ...STEADY, string, bowSpeedMps, forceN, contactM: 0.1 });
        return 20 * Math.log10(rmsOf(bridgeN, periodS, 0.4));
      };
      expect(Math.abs(level(0.3) - level(0.15) - 6.02)).toBeLessThan(2);
    }
  });

  it("flattens the note the more it presses, and never sharpens it", () => {
    for (const string of STRING_NAMES) {
      const cents = [0.9, 1.3, 1.7].map((onA) => {
        const { bridgeN, frequencyHz } = play({ ...STEADY, string, forceN: pressed(string, onA) });
        return centsFrom(bridgeN, frequencyHz, 0.45) - 2; // strings are tuned 2 cents sharp for this
      });
      expect(Math.max(...cents)).toBeLessThan(0);
      expect(cents[1]!).toBeLessThan(cents[0]!);
      expect(cents[2]!).toBeLessThan(cents[1]!);
      expect(cents[2]!).toBeGreaterThan(-30);
    }
  });

  it("is brighter the more it presses", () => {
    for (const string of ["G", "D", "A"] as const) {
      const [light, heavy] = [0.8, 1.6].map((onA) => {
        const { bridgeN, frequencyHz } = play({ ...STEADY, string, forceN: pressed(string, onA) });
        return centroidHz(bridgeN, frequencyHz, 0.6);
      });
      expect(heavy! / light!).toBeGreaterThan(1.02);
    }
  });

  it("speaks within 100 ms in nine of ten starts as they are planned", () => {
    const random = seededRandom(7);
    let [settled, starts] = [0, 0];
    for (const string of STRING_NAMES)
      for (let i = 0; i < 8; i++) {
        const semitones = random() < 0.4 ? 0 : 1 + Math.floor(7 * random());
        const level = random(); // p to f
        const note = { string, semitones, bowSpeedMps: 0.144 + 0.19 * level, contactM: 0.1 - 0.02 * level };
        const forceN = Math.min(3, pressed(string, 0.55 + 1.05 * level));
        const { settledS } = play({ ...note, forceN, rampS: 0.08, forceLeadS: 0.05, lengthS: 0.5 });
        starts++;
        if (settledS <= 0.1) settled++;
      }
    expect(settled / starts).toBeGreaterThanOrEqual(0.9);
  });
});

describe("pitch", () => {
  it("is within 2 cents under a moderate bow, open and stopped, on every string", () => {
    for (const string of STRING_NAMES)
      for (const semitones of [0, 3, 5, 7]) {
        const note = { ...STEADY, string, semitones, forceN: pressed(string, 0.8), rampS: 0.25 };
        const { bridgeN, frequencyHz } = play({ ...note, lengthS: 1.6 });
        expect(Math.abs(centsFrom(bridgeN, frequencyHz, 0.6, 0.8)), `${string} + ${semitones}`).toBeLessThan(
          2,
        );
      }
  });

  it("of the string left ringing is exactly as the hand set it: 2 cents over, and 0.45 for each semitone", () => {
    for (const string of STRING_NAMES)
      for (const semitones of [0, 4, 7]) {
        const note = { ...STEADY, string, semitones, forceN: pressed(string, 1), leaveS: 0.6, lengthS: 1.6 };
        const { bridgeN, frequencyHz } = play(note);
        expect(centsFrom(bridgeN, frequencyHz, 0.75)).toBeCloseTo(2 + 0.45 * semitones, 1);
      }
  });
});

describe("a string left by the bow", () => {
  it("rings with a Q between 135 and 1200 and only ever dies away", () => {
    for (const string of STRING_NAMES) {
      const note = { ...STEADY, string, forceN: pressed(string, 1), leaveS: 0.6, lengthS: 2 };
      const { bridgeN, frequencyHz } = play(note);
      const partials = [0.7, 0.95, 1.2, 1.45].map((t) => amplitudeAt(bridgeN, frequencyHz, t, 0.25));
      for (let i = 1; i < 4; i++) expect(partials[i]!).toBeLessThan(partials[i - 1]!);
      const decayPerS = Math.log(partials[0]! / partials[3]!) / 0.75;
      const q = (Math.PI * frequencyHz) / decayPerS;
      expect(q).toBeGreaterThan(135);
      expect(q).toBeLessThan(1200);
    }
  });
});
