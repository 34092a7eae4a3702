import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readPerformance } from "../../src/bag/read-performance.ts";
import { hearTake } from "../../src/evaluation/audio/hear-take.ts";
import type { TakeReport } from "../../src/evaluation/audio/take-report.ts";
import { scoreClock } from "../../src/evaluation/score-clock.ts";
import { seededRandom } from "../../src/math/random.ts";
import { clockInRecording } from "../../src/performance/clock-in-recording.ts";
import { readRecording } from "../../src/performance/read-recording.ts";
import { soundOfPerformance } from "../../src/performance/sound-of-performance.ts";
import { readPiece } from "../../src/score/piece.ts";
import { DEFAULT_SOUND } from "../../src/sound/sound-settings.ts";
import { mixOf } from "../../src/sound/stems.ts";
import { encodeWav } from "../../src/sound/wav.ts";
import { performThroughNodes } from "../performance/perform-through-nodes.ts";
import { instrument, shortMidi } from "../performance/short-piece.ts";
import { verbatimFlac } from "../performance/verbatim-flac.ts";

const folder = mkdtempSync(join(tmpdir(), "cellist-listen-"));
afterAll(() => rmSync(folder, { recursive: true }));

const RATE = 48000;
/** The microphone was switched on so long before the bag: no whole number of anything. */
const EARLY_S = 1.2347;
/** When score second 0 is in the recording. */
let zeroS = NaN;

beforeAll(async () => {
  writeFileSync(join(folder, "short.mid"), shortMidi());
  await performThroughNodes(join(folder, "a.mcap"), { piece: join(folder, "short.mid"), seed: 1 });
  const record = await readPerformance(join(folder, "a.mcap"));
  // another room and a noisy microphone, so that bag and recording are not the same sound
  const room = { reverberationS: 1.1, levelDb: -6, dullHz: 3500, seed: 7 };
  const { mix } = mixOf(soundOfPerformance(record, instrument, { ...DEFAULT_SOUND, room }).stems);
  const random = seededRandom(5);
  const early = Math.round(EARLY_S * RATE);
  const heard = (side: Float32Array): Float32Array =>
    Float32Array.from(
      { length: early + side.length },
      (_, n) => (side[n - early] ?? 0) + 0.002 * (random() - 0.5),
    );
  const channels = [heard(mix.left), heard(mix.right)];
  writeFileSync(join(folder, "take.wav"), encodeWav({ sampleRateHz: RATE, channels }));
  writeFileSync(join(folder, "take.flac"), verbatimFlac(channels));
  zeroS = scoreClock(record).scoreZeroRobotS - record.robotTimeS[0]! + early / RATE;
}, 120_000);

const recorded = (file: string) => readRecording(new Uint8Array(readFileSync(join(folder, file))));
const reported = (...args: string[]): TakeReport => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [resolve("src/cli/cellist.js"), "listen", ...args, "--score", "short.mid", "--json"],
    { cwd: folder, encoding: "utf8" },
  );
  expect(stderr).toBe("");
  expect(status).toBe(0);
  return JSON.parse(stdout) as TakeReport;
};

it("lays a recording over its bag to 5 ms, and hears every note in it", { timeout: 120_000 }, () => {
  const { clock, transcription, notes } = reported("take.wav", "--bag", "a.mcap");
  expect(clock.source).toBe("bag");
  expect(clock.tempo).toBe(1);
  expect(Math.abs(clock.zeroS - zeroS)).toBeLessThan(0.005);
  expect(notes.length).toBe(6);
  expect(transcription.notes.fMeasure).toBe(1);
});

it("hears the same in a FLAC file as in the WAV file, without the bag", { timeout: 120_000 }, async () => {
  const flac = reported("take.flac");
  const wav = hearTake(await recorded("take.wav"), readPiece(shortMidi(), undefined).score);
  expect(flac.clock.source).toBe("ears");
  expect(flac.notes.map((n) => n.fault)).toEqual(wav.notes.map((n) => n.fault));
  flac.notes.forEach((n, i) => {
    // 16 bits instead of 24
    expect(Math.abs(n.onsetS - wav.notes[i]!.onsetS)).toBeLessThan(0.006);
    expect(Math.abs(n.levelLufs - wav.notes[i]!.levelLufs)).toBeLessThan(0.05);
  });
  expect(flac.transcription).toEqual(wav.transcription);
});

it("refuses the bag of another performance, in one sentence", { timeout: 120_000 }, async () => {
  const random = seededRandom(9);
  const noise = Float32Array.from({ length: 4 * RATE }, () => 0.3 * (random() - 0.5));
  const record = await readPerformance(join(folder, "a.mcap"));
  expect(() => clockInRecording({ sampleRateHz: RATE, channels: [noise] }, record, instrument)).toThrow(
    /^the recording does not fit the bag: their loudness agrees by 0\.\d\d at best, 0\.3 is needed; give the bag of the same performance$/,
  );
});
