import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/math/random.ts";
import { renderSound, type SoundInput } from "../../src/sound/render.ts";
import { DEFAULT_SOUND } from "../../src/sound/sound-settings.ts";
import { inputOf, LENGTH_M, STEADY, STRINGS } from "./steady-note.ts";
import { amplitudeAt } from "./tone.ts";

const peakOf = (samples: Float32Array): number => samples.reduce((peak, x) => Math.max(peak, Math.abs(x)), 0);

function inputWith(
  rows: number,
  cell: (row: number, string: number) => [number, number, number],
): SoundInput {
  const contacts = {
    forceN: new Float64Array(4 * rows),
    bowSpeedMps: new Float64Array(4 * rows),
    contactM: new Float64Array(4 * rows),
  };
  for (let row = 0; row < rows; row++)
    for (let string = 0; string < 4; string++) {
      const [force, speed, contact] = cell(row, string);
      contacts.forceN[4 * row + string] = force;
      contacts.bowSpeedMps[4 * row + string] = speed;
      contacts.contactM[4 * row + string] = contact;
    }
  return { periodS: 0.002, contacts, fingers: [], strings: STRINGS, lengthM: LENGTH_M };
}

describe("renderSound", () => {
  it("gives as many samples as the contacts last", () => {
    // 301 rows of 2 ms are 0.602 s, 28896 samples
    const sound = renderSound(
      inputWith(301, () => [0, 0, 0]),
      DEFAULT_SOUND,
    );
    expect(sound.length).toBe(28896);
  });

  it("is silent when no hair touches a string, and when hair merely trembles over one", () => {
    const parked = inputWith(500, () => [0, 0.2, 0]);
    expect(peakOf(renderSound(parked, DEFAULT_SOUND))).toBe(0);
    const random = seededRandom(4);
    const trembling = inputWith(500, () => [0.018 * random(), random() - 0.5, 0.08]);
    expect(peakOf(renderSound(trembling, DEFAULT_SOUND))).toBe(0);
  });

  it("is below −90 dBFS while a still bow rests on the strings", () => {
    const resting = inputWith(1000, (row) => [Math.min(1, row / 100), 0, 0.08]);
    expect(20 * Math.log10(peakOf(renderSound(resting, DEFAULT_SOUND)) + 1e-12)).toBeLessThan(-90);
  });

  it("falls to exact silence some seconds after the bow has left", () => {
    const sound = renderSound(inputOf({ ...STEADY, leaveS: 0.7, lengthS: 10 }), DEFAULT_SOUND);
    expect(peakOf(sound.subarray(0.5 * 48000, 0.7 * 48000))).toBeGreaterThan(0.05);
    expect(peakOf(sound.subarray(9.5 * 48000))).toBeLessThan(1e-9);
  });

  it("sounds the pitch of the string that is touched, and of the finger on it", () => {
    // C + 4 semitones is E2, 82.41 Hz; the open string would be C2, 65.41 Hz
    const sound = renderSound(inputOf({ ...STEADY, string: "C", semitones: 4, forceN: 2 }), DEFAULT_SOUND);
    expect(amplitudeAt(sound, 2 * 82.41, 0.5, 0.6)).toBeGreaterThan(
      30 * amplitudeAt(sound, 2 * 65.41, 0.5, 0.6),
    );
  });

  it("sounds two strings at once when both are touched", () => {
    const [d, a] = [{ ...STEADY }, { ...STEADY, string: "A" as const }];
    const both = renderSound(inputOf(d, a), DEFAULT_SOUND);
    const [onlyD, onlyA] = [renderSound(inputOf(d), DEFAULT_SOUND), renderSound(inputOf(a), DEFAULT_SOUND)];
    for (let i = 0; i < both.length; i += 997) expect(both[i]).toBeCloseTo(onlyD[i]! + onlyA[i]!, 6);
  });

  it("plays an up-bow as loud as a down-bow", () => {
    const [down, up] = [0.25, -0.25].map((bowSpeedMps) =>
      renderSound(inputOf({ ...STEADY, bowSpeedMps }), DEFAULT_SOUND),
    );
    for (let i = 0; i < down!.length; i += 997) expect(up![i]).toBeCloseTo(-down![i]!, 6);
  });

  it("is bit-identical when repeated", () => {
    const input = inputOf({ ...STEADY, semitones: 3 });
    const [first, second] = [renderSound(input, DEFAULT_SOUND), renderSound(input, DEFAULT_SOUND)];
    expect(Buffer.compare(Buffer.from(first.buffer), Buffer.from(second.buffer))).toBe(0);
    expect(peakOf(first)).toBeGreaterThan(0.05);
  });

  it("stays finite and bounded whatever the bow does", () => {
    const random = seededRandom(11);
    for (let trial = 0; trial < 6; trial++) {
      const wild = inputWith(250, () => [
        random() < 0.3 ? 0 : 30 * random() ** 3,
        random() < 0.2 ? 0 : 6 * random() - 3,
        random() < 0.1 ? 0 : 0.4 * random(),
      ]);
      const fingers = Array.from({ length: 20 }, () => {
        const startS = 0.5 * random();
        return {
          string: Math.floor(4 * random()),
          startS,
          endS: startS + 0.2 * random(),
          midi: 36 + 50 * random(),
        };
      });
      const sound = renderSound({ ...wild, fingers }, DEFAULT_SOUND);
      expect(sound.every(Number.isFinite)).toBe(true);
      expect(peakOf(sound)).toBeLessThan(100);
    }
  });

  it("does not let the 500 Hz steps of the control clock be heard", () => {
    // a contact that jitters by 1 % at every step must not add a tone at 500 Hz to A (220 Hz)
    const random = seededRandom(3);
    const smooth = inputOf({ ...STEADY, string: "A" });
    const jitter = (values: Float64Array): Float64Array =>
      values.map((x) => x * (1 + 0.02 * (random() - 0.5)));
    const { forceN, bowSpeedMps, contactM } = smooth.contacts;
    const contacts = { forceN: jitter(forceN), bowSpeedMps: jitter(bowSpeedMps), contactM };
    const sound = renderSound({ ...smooth, contacts }, DEFAULT_SOUND);
    const tone = amplitudeAt(sound, 220.25, 0.5, 0.6);
    expect(20 * Math.log10(amplitudeAt(sound, 500, 0.5, 0.6) / tone)).toBeLessThan(-40);
  });
});
