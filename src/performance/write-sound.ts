import { join } from "node:path";
import type { PerformanceRecord } from "../evaluation/performance-record.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { DEFAULT_SOUND } from "../sound/sound-settings.ts";
import { encodeWav } from "../sound/wav.ts";
import { soundOfPerformance } from "./sound-of-performance.ts";
import { writeResult } from "./write-result.ts";

/** Renders a recorded performance to `performance.wav` in a folder. @throws CellistError `file-unwritable` */
export async function writeSound(
  folder: string,
  record: PerformanceRecord,
  instrument: Instrument,
): Promise<{ readonly path: string; readonly integratedLufs: number }> {
  const sound = soundOfPerformance(record, instrument, DEFAULT_SOUND);
  const path = join(folder, "performance.wav");
  await writeResult(path, encodeWav({ sampleRateHz: DEFAULT_SOUND.sampleRateHz, channels: [sound.samples] }));
  return { path, integratedLufs: sound.integratedLufs };
}
