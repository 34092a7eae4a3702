import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { evaluatePerformance } from "../src/evaluation/evaluate-performance.ts";
import type { PerformanceReport } from "../src/evaluation/performance-report.ts";
import { explainPieceRefusal, planPiece } from "../src/planning/plan-piece.ts";
import { loadCell, loadInstrument } from "../src/shelf/load-instrument.ts";
import { loadPiece } from "../src/shelf/load-piece.ts";
import { loadProfile } from "../src/shelf/load-profile.ts";
import { askLines, shortOf, type PieceResult } from "./figures/asks.ts";
import { plannedFigures, playedFigures } from "./figures/piece-figures.ts";
import { sayPlanned, sayPlayed, sayReport } from "./figures/say-figures.ts";
import { plannedRecord } from "../src/replay/planned-record.ts";

/**
 * Every shipped piece, and the published robot's MIDI files where they are at hand, on both cells at the written tempo: planning
 * time in the piece's own seconds, and every figure that issue 4 asks for; with --perform also simulated in lock-step and judged as
 * played.
 *
 *     npx tsx bench/pieces.ts [--perform] [--cell reference|paper] [--only part-of-a-name]
 *
 * Exit code 1 where a figure falls short. Refused pieces are listed with their reason and are not counted.
 */
const argument = (name: string): string | undefined => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
};
const cells = argument("--cell") ? [argument("--cell")!] : ["reference", "paper"];
const only = argument("--only") ?? "";
const perform = process.argv.includes("--perform");

const midiIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith(".mid"))
        .map((file) => join(folder, file))
    : [];
const pieces = [...midiIn("data/pieces"), ...midiIn("../shared/real-robot/midi")].filter((p) =>
  p.includes(only),
);

const results: PieceResult[] = [];
for (const cell of cells)
  for (const piece of pieces) {
    const result = await figuresOf(cell, piece);
    if (result) results.push(result);
  }
console.log(`\nWhat issue 4 asks, over ${results.length} pieces${perform ? ", as played" : ", as planned"}:`);
askLines(results).forEach((line) => console.log(line));
process.exitCode = results.some((result) => shortOf(result).length > 0) ? 1 : 0;

async function figuresOf(cell: string, path: string): Promise<PieceResult | undefined> {
  const profile = await loadProfile("simulation", []);
  const { instrument } = await loadInstrument(cell);
  const { score } = await loadPiece(path, { transpose: 0, clef: "bass" });
  const context = { instrument, cell: await loadCell(cell), profile };
  const before = process.cpuUsage();
  const planned = planPiece(score, context);
  const plannedS = process.cpuUsage(before).user / 1e6;
  const piece = basename(path, ".mid");
  if (!planned.ok) {
    console.log(`${cell.padEnd(9)} ${piece.padEnd(22)} refused: ${explainPieceRefusal(planned.why, score)}`);
    return undefined;
  }
  const record = plannedRecord(planned.value, instrument);
  const asPlanned = {
    ...plannedFigures(planned.value, record, context),
    ...playedFigures(evaluatePerformance(record), planned.value, score, context),
  };
  const lengthS = planned.value.plan.notes.at(-1)!.endS;
  console.log(
    `${cell.padEnd(9)} ${piece.padEnd(22)} ${lengthS.toFixed(0)} s, planned in 1/${(lengthS / plannedS).toFixed(0)}; ${sayPlanned(asPlanned)}`,
  );
  console.log(`          planned: ${sayPlayed(asPlanned)}`);
  const report = perform ? performed(cell, path) : undefined;
  const played = report && playedFigures(report, planned.value, score, context);
  if (report && played) console.log(`          played:  ${sayPlayed(played)}; ${sayReport(report)}`);
  return { cell, piece, planned: asPlanned, played };
}

function performed(cell: string, path: string): PerformanceReport {
  const out = mkdtempSync(join(tmpdir(), "pieces-"));
  try {
    const args = ["src/cli/cellist.js", "perform", path, "--calibration", cell, "--as-fast-as-possible"];
    execFileSync("node", [...args, "--out", join(out, "take")], { stdio: ["ignore", "ignore", "inherit"] });
    return JSON.parse(readFileSync(join(out, "take", "report.json"), "utf8")) as PerformanceReport;
  } finally {
    rmSync(out, { recursive: true });
  }
}
