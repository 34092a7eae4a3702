import { rm } from "node:fs/promises";
import { basename } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Command } from "commander";
import { openPerformanceLog } from "../../bag/performance-log.ts";
import { CellistError } from "../../errors.ts";
import { importCelloLog } from "../../replay/cello-log/import-cello-log.ts";
import { readCelloLog } from "../../replay/cello-log/read-cello-log.ts";
import { loadInstrument } from "../../shelf/load-instrument.ts";
import { loadPiece } from "../../shelf/load-piece.ts";
import { readInput } from "../../shelf/read-input.ts";

const HELP = `
Logs of the robot cellist of arXiv 2601.03562 (CSV, also .gz): 125 Hz with forces, 125 Hz with speeds, or one row an event.
Its labels are repaired: the first one is dropped, and with --piece notes that the logger ran together are cut apart.

Example:
  cellist bag import allegro-125hz.csv.gz allegro.mcap --piece allegro.mid
  cellist replay allegro.mcap --as kinematic --out out/allegro
`;

/** `cellist bag import`: logs of others as bags. */
export function addImportBagCommand(group: Command): void {
  group
    .command("import")
    .summary("make a bag of a log of the public robot cellist")
    .argument("<log>", "CSV, or CSV in gzip")
    .argument("<bag>", "MCAP file to write")
    .option("--piece <name|file>", "the music that was played")
    .option("--calibration <name|file>", "of the arm that played", "paper")
    .addHelpText("after", HELP)
    .action(async (path: string, bag: string, options: { piece?: string; calibration: string }) => {
      const log = readCelloLog(await textOf(path), path);
      await loadInstrument(options.calibration); // refused now rather than at the replay
      const piece = options.piece === undefined ? undefined : await loadPiece(options.piece);
      const facts = { source: basename(path), calibration: options.calibration };
      const to = await openPerformanceLog(bag);
      try {
        const { notes, crossings, repairs } = importCelloLog(log, to, facts, piece?.score);
        await to.close();
        for (const repair of repairs) console.log(`repaired: ${repair}`);
        console.log(
          `${bag}: ${log.rows.length} states, ${notes.length} notes, ${crossings.length} crossings`,
        );
      } catch (error) {
        await to.close().catch(() => undefined); // the first error counts
        await rm(bag, { force: true });
        throw error;
      }
    });
}

async function textOf(path: string): Promise<string> {
  const bytes = await readInput(path, "log");
  if (!path.endsWith(".gz")) return new TextDecoder().decode(bytes);
  try {
    return gunzipSync(bytes).toString("utf8");
  } catch (cause) {
    const why = (cause as Error).message;
    throw new CellistError("file-unreadable", `cannot unpack the log ${path}: ${why}`, { path }, cause);
  }
}
