import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { readRecording } from "../../src/performance/read-recording.ts";
import { encodeWav } from "../../src/sound/wav.ts";

/** 800 samples at 16 kHz: 440 Hz of 8000/32768 left, 220 Hz of 4000/32768 right. Made by libsndfile. */
const flac = new Uint8Array(readFileSync(new URL("fixture/two-sines.flac", import.meta.url)));

it("reads FLAC to the bit", async () => {
  const { sampleRateHz, channels } = await readRecording(flac);
  expect([sampleRateHz, channels.length, channels[0]!.length]).toEqual([16000, 2, 800]);
  for (const [c, amplitude, hz] of [
    [0, 8000, 440],
    [1, 4000, 220],
  ] as const)
    // prettier-ignore
    for (let n = 0; n < 800; n++) {
      const written = Math.round(amplitude * Math.sin((2 * Math.PI * hz * n) / 16000));
      expect(Math.abs(channels[c]![n]! * 32768 - written)).toBeLessThan(0.6);
    }
});

it("reads WAV by the same door", async () => {
  const channels = [new Float32Array([0.5, -0.25])];
  expect((await readRecording(encodeWav({ sampleRateHz: 8000, channels }))).channels[0]).toEqual(channels[0]);
});

it.each([
  ["a broken FLAC", flac.slice(0, 90), "flac-invalid"],
  ["an empty WAV", encodeWav({ sampleRateHz: 8000, channels: [new Float32Array()] }), "wav-invalid"],
  ["something else", new TextEncoder().encode("hello, this is text"), "wav-invalid"],
])("refuses %s in one sentence", async (_what, bytes, code) => {
  await expect(readRecording(bytes)).rejects.toMatchObject({
    code,
    message: expect.not.stringContaining("\n") as string,
  });
});
