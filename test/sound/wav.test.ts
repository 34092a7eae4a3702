import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/math/random.ts";
import { decodeWav, encodeWav } from "../../src/sound/wav.ts";

const random = seededRandom(2);
const noise = Float32Array.from({ length: 999 }, () => 2 * random() - 1);

describe("encodeWav", () => {
  it("writes 24-bit little-endian PCM after a 44-byte header", () => {
    const bytes = encodeWav({ sampleRateHz: 48000, channels: [Float32Array.of(0, 0.5, -1)] });
    // 0.5 · 2^23 = 0x400000, −1 · 2^23 = 0x800000; nine bytes and one of padding
    expect([...bytes.subarray(44)]).toEqual([0, 0, 0, 0, 0, 0x40, 0, 0, 0x80, 0]);
    const view = new DataView(bytes.buffer);
    expect(view.getUint32(4, true)).toBe(bytes.length - 8);
    expect([view.getUint16(22, true), view.getUint32(24, true), view.getUint16(34, true)]).toEqual([
      1, 48000, 24,
    ]);
    expect(view.getUint32(40, true)).toBe(9);
  });

  it("holds what is beyond full scale at full scale", () => {
    const [channel] = decodeWav(
      encodeWav({ sampleRateHz: 48000, channels: [Float32Array.of(3, -3)] }),
    ).channels;
    expect([...channel!]).toEqual([Math.fround(8388607 / 8388608), -1]);
  });

  it("comes back through decodeWav within half a step, both channels in place", () => {
    const back = decodeWav(encodeWav({ sampleRateHz: 44100, channels: [noise, noise.map((x) => -x)] }));
    expect(back.sampleRateHz).toBe(44100);
    back.channels[0]!.forEach((x, i) => expect(Math.abs(x - noise[i]!)).toBeLessThan(2 ** -23));
    back.channels[1]!.forEach((x, i) => expect(Math.abs(x + noise[i]!)).toBeLessThan(2 ** -23));
  });
});

describe("decodeWav", () => {
  /** A WAV with an odd chunk of three bytes before its samples. */
  function wav(coding: number, bits: number, samples: Uint8Array): Uint8Array {
    const bytes = new Uint8Array(12 + 24 + 12 + 8 + samples.length);
    const view = new DataView(bytes.buffer);
    const text = (at: number, s: string): void => [...s].forEach((c, i) => (bytes[at + i] = c.charCodeAt(0)));
    text(0, "RIFF");
    text(8, "WAVEfmt ");
    view.setUint32(16, 16, true);
    view.setUint16(20, coding, true);
    view.setUint16(22, 1, true);
    view.setUint32(24, 8000, true);
    view.setUint16(34, bits, true);
    text(36, "LIST");
    view.setUint32(40, 3, true);
    text(48, "data");
    view.setUint32(52, samples.length, true);
    bytes.set(samples, 56);
    return bytes;
  }

  it("reads 16-bit PCM past a chunk of odd length", () => {
    const { channels, sampleRateHz } = decodeWav(wav(1, 16, Uint8Array.of(0, 0x40, 0, 0xc0)));
    expect(sampleRateHz).toBe(8000);
    expect([...channels[0]!]).toEqual([0.5, -0.5]);
  });

  it("reads 32-bit float as it stands", () => {
    const samples = Float32Array.of(1.5, -0.1);
    expect([...decodeWav(wav(3, 32, new Uint8Array(samples.buffer))).channels[0]!]).toEqual([...samples]);
  });

  it("keeps the whole frames of a file that was cut short", () => {
    const whole = encodeWav({ sampleRateHz: 48000, channels: [noise] });
    expect(decodeWav(whole.subarray(0, 44 + 100)).channels[0]!.length).toBe(33);
  });

  it("refuses what is no WAV, has no samples, or codes them otherwise", () => {
    expect(() => decodeWav(new TextEncoder().encode("MThd and so on, not a WAV"))).toThrow(/not a WAV file/);
    expect(() => decodeWav(encodeWav({ sampleRateHz: 1, channels: [noise] }).subarray(0, 36))).toThrow(
      /"data"/,
    );
    expect(() => decodeWav(wav(1, 8, Uint8Array.of(1)))).toThrow(/coding 1 with 8 bits/);
  });
});
