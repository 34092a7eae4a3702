import { resolve } from "node:path";
import { readPerformance } from "../bag/read-performance.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { writeReport } from "../performance/write-report.ts";
import { writeSound } from "../performance/write-sound.ts";

/** Renders the sound of a bag and judges it; writes performance.wav, report.html and report.json beside each other. */
export async function writeResults(
  folder: string,
  bag: string,
  { instrument }: { readonly instrument: Instrument },
  { json }: { readonly json: boolean },
): Promise<void> {
  const record = await readPerformance(bag);
  await writeSound(folder, record, instrument);
  printResults(folder, await writeReport(folder, record), { json });
}

/** The report's figures for scripts, or its summary and where everything is for people. */
export function printResults(
  folder: string,
  report: { readonly json: string; readonly summary: readonly string[] },
  { json, say = console.log }: { readonly json: boolean; readonly say?: (line: string) => void },
): void {
  if (json) console.log(report.json);
  else {
    report.summary.forEach((line) => say(line));
    say(
      `Done. Bag, sound and report are in ${resolve(folder)}: performance.mcap, performance.wav, report.html`,
    );
  }
}
