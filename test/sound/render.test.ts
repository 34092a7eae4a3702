import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/math/random.ts";
import { renderSound, type SoundInput } from "../../src/sound/render.ts";
import { DEFAULT_SOUND } from "../../src/sound/sound-settings.ts";
import { mixOf, STEM_NAMES } from "../../src/sound/stems.ts";
import { decodeWav, encodeWav } from "../../src/sound/wav.ts";
import { inputOf, STEADY, STRINGS } from "./steady-note.ts";
import { amplitudeAt } from "./tone.ts";

const peakOf = (samples: Float32Array): number => samples.reduce((peak, x) => Math.max(peak, Math.abs(x)), 0);
const dbfs = (samples: Float32Array): number => 20 * Math.log10(peakOf(samples) + 1e-12);
const celloOf = (input: SoundInput): Float32Array => renderSound(input, DEFAULT_SOUND).stems.cello.left;

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
  return { periodS: 0.002, contacts, fingers: [], strings: STRINGS };
}

describe("renderSound", () => {
  it("gives as many samples as the contacts last", () => {
    // 301 rows of 2 ms are 0.602 s, 28896 samples
    expect(celloOf(inputWith(301, () => [0, 0, 0])).length).toBe(28896);
  });

  it("is silent when no hair touches a string, and when hair merely trembles over one", () => {
    expect(peakOf(celloOf(inputWith(300, () => [0, 0.2, 0])))).toBe(0);
    const random = seededRandom(4);
    const trembling = inputWith(300, () => [0.018 * random(), random() - 0.5, 0.08]);
    expect(peakOf(celloOf(trembling))).toBe(0);
  });

  it("is below −90 dBFS while a still bow rests on the strings", () => {
    const resting = inputWith(500, (row) => [Math.min(1, row / 100), 0, 0.08]);
    expect(dbfs(celloOf(resting))).toBeLessThan(-90);
  });

  it("rings on when the bow has left, and falls below −90 dBFS", () => {
    const sound = celloOf(inputOf({ ...STEADY, leaveS: 0.5, lengthS: 12 }));
    expect(peakOf(sound.subarray(0.3 * 48000, 0.5 * 48000))).toBeGreaterThan(0.05);
    expect(dbfs(sound.subarray(1 * 48000, 1.2 * 48000))).toBeGreaterThan(-50);
    expect(dbfs(sound.subarray(11.5 * 48000))).toBeLessThan(-90);
  });

  it("sounds the pitch of the string that is touched, and of the finger on it", () => {
    // G + 4 semitones is B2, 123.47 Hz; the open string would be G2, 98 Hz
    const sound = celloOf(inputOf({ ...STEADY, string: "G", semitones: 4, forceN: 2 }));
    expect(amplitudeAt(sound, 48000, 2 * 123.47, 0.5, 0.6)).toBeGreaterThan(
      30 * amplitudeAt(sound, 48000, 2 * 98, 0.5, 0.6),
    );
  });

  it("sounds two strings at once when both are touched", () => {
    const sound = celloOf(inputOf({ ...STEADY }, { ...STEADY, string: "A" }));
    for (const hz of [146.83, 220]) expect(amplitudeAt(sound, 48000, hz, 0.6, 0.5)).toBeGreaterThan(0.01);
  });

  it("lets the open A ring along with a G string that plays an A, and less with one that plays a G sharp", () => {
    // 14 semitones above G2 is A3, the open A string; after the bow has left, that string is heard
    const ringing = (semitones: number): number =>
      amplitudeAt(
        celloOf(
          inputOf({
            ...STEADY,
            string: "G",
            semitones,
            forceN: 1.4,
            contactM: 0.06,
            leaveS: 0.7,
            lengthS: 1.6,
          }),
        ),
        48000,
        220,
        1,
        0.5,
      );
    expect(ringing(14)).toBeGreaterThan(5 * ringing(13));
  });

  it("plays an up-bow as loud as a down-bow", () => {
    const [down, up] = [0.25, -0.25].map((bowSpeedMps) => celloOf(inputOf({ ...STEADY, bowSpeedMps })));
    for (let i = 0; i < down!.length; i += 997) expect(up![i]).toBeCloseTo(-down![i]!, 6);
  });

  it("is bit-identical when repeated", () => {
    const speeds = Float64Array.from({ length: 6 * 600 }, (_, i) => Math.sin(i / 900));
    const input = { ...inputOf({ ...STEADY, semitones: 3 }), jointSpeeds_radps: speeds };
    const [first, second] = [renderSound(input, DEFAULT_SOUND), renderSound(input, DEFAULT_SOUND)];
    for (const stem of STEM_NAMES) {
      const bytes = ({ stems }: typeof first) => Buffer.from(stems[stem].left.slice().buffer);
      expect(bytes(first).equals(bytes(second)), stem).toBe(true);
      expect(peakOf(first.stems[stem].left), stem).toBeGreaterThan(1e-4);
    }
  });

  it("stays finite and bounded whatever the bow does", () => {
    const random = seededRandom(11);
    for (let trial = 0; trial < 4; trial++) {
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
      const sound = celloOf({ ...wild, fingers });
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
    const sound = celloOf({ ...smooth, contacts });
    const tone = amplitudeAt(sound, 48000, 220.25, 0.5, 0.6);
    expect(20 * Math.log10(amplitudeAt(sound, 48000, 500, 0.5, 0.6) / tone)).toBeLessThan(-40);
  });
});

describe("stems", () => {
  it("add up to the mix bit for bit, also after they have been 24-bit files", () => {
    const speeds = Float64Array.from({ length: 6 * 600 }, (_, i) => 0.5 * Math.sin(i / 500));
    const rendered = renderSound({ ...inputOf(STEADY), jointSpeeds_radps: speeds }, DEFAULT_SOUND);
    const { stems, mix } = mixOf(rendered.stems, 1.7);
    const file = ({ left, right }: { left: Float32Array; right: Float32Array }) =>
      decodeWav(encodeWav({ sampleRateHz: 48000, channels: [left, right] })).channels;
    const whole = file(mix);
    const parts = STEM_NAMES.map((name) => file(stems[name]));
    for (const side of [0, 1]) {
      const sum = whole[side]!.map((_, i) => parts.reduce((s, part) => s + part[side]![i]!, 0));
      expect(Buffer.compare(Buffer.from(sum.buffer), Buffer.from(whole[side]!.slice().buffer))).toBe(0);
    }
  });

  it("keep the arm out of the cello and the room: their sound is the same without it", () => {
    const speeds = new Float64Array(6 * 600).fill(1);
    const [alone, beside] = [undefined, speeds].map((jointSpeeds) => {
      const input = inputOf(STEADY);
      return renderSound(jointSpeeds ? { ...input, jointSpeeds_radps: jointSpeeds } : input, DEFAULT_SOUND)
        .stems;
    });
    expect(beside!.cello.left).toEqual(alone!.cello.left);
    expect(beside!.room.left).toEqual(alone!.room.left);
    expect(peakOf(alone!.robot.left)).toBe(0);
    expect(peakOf(beside!.robot.left)).toBeGreaterThan(0.001);
  });
});
