import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { judgeTone } from "../evaluation/judge-tone.ts";
import type { PerformanceRecord } from "../evaluation/performance-record.ts";
import { soundPage } from "../evaluation/sound-page.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { loudnessGain } from "../sound/normalise-loudness.ts";
import { soundWithHair } from "../sound/sound-settings.ts";
import { mixOf, STEM_NAMES, type Stems, type StereoSound } from "../sound/stems.ts";
import { encodeWav } from "../sound/wav.ts";
import { soundOfPerformance } from "./sound-of-performance.ts";
import { writeResult } from "./write-result.ts";

/**
 * Renders a recorded performance to `performance.wav` in a folder: two microphones, 24 bit, at the listening level; and
 * `sound.html`, what the strings did.
 *
 * @param options `hairWidthM`: of the bow, as the record's own settings say if absent; `stems`: also writes `stems/cello.wav`, `room.wav` and `robot.wav`, whose sum is that file bit for bit
 * @throws CellistError `file-unwritable`
 */
export async function writeSound(
  folder: string,
  record: PerformanceRecord,
  instrument: Instrument,
  options: { readonly stems?: boolean; readonly hairWidthM?: number } = {},
): Promise<{ readonly path: string; readonly integratedLufs: number }> {
  const rendered = soundOfPerformance(
    record,
    instrument,
    soundWithHair(options.hairWidthM ?? hairWidthOf(record)),
  );
  const { sampleRateHz } = rendered.stems;
  const raw = mixOf(rendered.stems).mix;
  const level = loudnessGain([raw.left, raw.right], sampleRateHz);
  const { stems, mix } = mixOf(rendered.stems, 10 ** (level.gainDb / 20));
  const path = join(folder, "performance.wav");
  await writeResult(path, wavOf(mix, sampleRateHz));
  const tone = judgeTone(record, rendered);
  const heard = { samples: mix.left, sampleRateHz, tone, integratedLufs: level.integratedLufs };
  await writeResult(join(folder, "sound.html"), soundPage(record, heard));
  if (options.stems) await writeStems(join(folder, "stems"), stems);
  return { path, integratedLufs: level.integratedLufs };
}

/** The hair that a performance was recorded with; a point in bags from before there was a choice [m]. */
function hairWidthOf({ settings }: PerformanceRecord): number {
  const profile = settings["profile"] as { simulation?: { hairWidthM?: number } } | undefined;
  return profile?.simulation?.hairWidthM ?? 0;
}

async function writeStems(folder: string, stems: Stems): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of STEM_NAMES)
    await writeResult(join(folder, `${name}.wav`), wavOf(stems[name], stems.sampleRateHz));
}

const wavOf = ({ left, right }: StereoSound, sampleRateHz: number): Uint8Array =>
  encodeWav({ sampleRateHz, channels: [left, right] });
