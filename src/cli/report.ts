import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { Command } from "commander";
import { readPerformance } from "../bag/read-performance.ts";
import { CellistError } from "../errors.ts";
import { loadInstrument } from "../shelf/load-instrument.ts";
import { writeResults } from "./write-results.ts";

const HELP = `
Judges a bag again, for instance after a better evaluation came out, or after a performance that was broken off.

Example:
  cellist report out/twinkle-2026-11-23-101500/performance.mcap
`;

/** `cellist report`: sound and report of a recorded performance. */
export function addReportCommand(program: Command): void {
  program
    .command("report")
    .summary("render and judge a recorded performance")
    .argument("<bag>", "a performance.mcap")
    .option("--out <folder>", "where the results go; default: beside the bag")
    .option("--calibration <name|file>", "instrument it was played on; default: as the bag says")
    .option("--json", "the report's figures on standard output, for scripts")
    .addHelpText("after", HELP)
    .action(async (bag: string, options: { out?: string; calibration?: string; json?: true }) => {
      const record = await readPerformance(bag);
      const { instrument } = await loadInstrument(options.calibration ?? calibrationOf(record.settings, bag));
      const folder = options.out ?? dirname(bag);
      await mkdir(folder, { recursive: true });
      await writeResults(folder, bag, { instrument }, { json: options.json === true });
    });
}

function calibrationOf(settings: Readonly<Record<string, unknown>>, bag: string): string {
  const { name } = (settings["calibration"] ?? {}) as { name?: unknown };
  if (typeof name === "string") return name;
  throw new CellistError(
    "bag-unreadable",
    `${bag} does not say which calibration it was played with; give --calibration`,
  );
}
