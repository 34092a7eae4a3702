import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { readPerformance } from "../bag/read-performance.ts";
import { CellistError } from "../errors.ts";
import { evaluatePerformance } from "../evaluation/evaluate-performance.ts";
import { reportHtml } from "../evaluation/report-html.ts";
import { reportJson } from "../evaluation/report-json.ts";
import { summaryLines } from "../evaluation/summary-lines.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { soundOfPerformance } from "../performance/sound-of-performance.ts";
import { DEFAULT_SOUND } from "../sound/sound-settings.ts";
import { encodeWav } from "../sound/wav.ts";

/** Renders the sound of a bag and judges it; writes performance.wav, report.html and report.json beside each other. */
export async function writeResults(
  folder: string,
  bag: string,
  { instrument }: { readonly instrument: Instrument },
  { json }: { readonly json: boolean },
): Promise<void> {
  const record = await readPerformance(bag);
  const sound = soundOfPerformance(record, instrument, DEFAULT_SOUND);
  const wav = encodeWav({ sampleRateHz: DEFAULT_SOUND.sampleRateHz, channels: [sound.samples] });
  await write(join(folder, "performance.wav"), wav);
  const report = evaluatePerformance(record);
  await write(join(folder, "report.json"), reportJson(report));
  await write(join(folder, "report.html"), reportHtml(report, record));
  if (json) console.log(reportJson(report));
  else {
    summaryLines(report).forEach((line) => console.log(line));
    console.log(
      `Done. Bag, sound and report are in ${resolve(folder)}: performance.mcap, performance.wav, report.html`,
    );
  }
}

async function write(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(path, content);
  } catch (cause) {
    throw new CellistError("file-unwritable", `cannot write ${path}: ${(cause as Error).message}`, {}, cause);
  }
}
