import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { PerformanceReport } from "../src/evaluation/performance-report.ts";
import { explainPieceRefusal, planPiece } from "../src/planning/plan-piece.ts";
import type { LimitUse } from "../src/trajectory/joint-trajectory.ts";
import { loadCell, loadInstrument } from "../src/shelf/load-instrument.ts";
import { loadPiece } from "../src/shelf/load-piece.ts";
import { loadProfile } from "../src/shelf/load-profile.ts";

/**
 * Every shipped piece, and the published robot's MIDI files where they are at hand, on both cells at the written tempo:
 * planning time in the piece's own seconds, margins; with --perform also simulated in lock-step and judged.
 *
 *     npx tsx bench/pieces.ts [--perform] [--cell reference|paper] [--only part-of-a-name]
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

for (const cell of cells) for (const piece of pieces) await report(cell, piece);

async function report(cell: string, path: string): Promise<void> {
  const profile = await loadProfile("simulation", []);
  const { instrument } = await loadInstrument(cell);
  const { score } = await loadPiece(path, { transpose: 0, clef: "bass" });
  const context = { instrument, cell: await loadCell(cell), profile };
  const before = process.cpuUsage();
  const planned = planPiece(score, context);
  const plannedS = process.cpuUsage(before).user / 1e6;
  const name = `${cell.padEnd(9)} ${basename(path, ".mid").padEnd(22)}`;
  if (!planned.ok) {
    console.log(`${name} refused: ${explainPieceRefusal(planned.why, score)}`);
    return;
  }
  const { plan, trajectory } = planned.value;
  const { margins: m } = trajectory;
  const lengthS = plan.notes.at(-1)!.endS;
  const use = ({ value, limit }: LimitUse): string => `${Math.round((100 * value) / limit)}%`;
  console.log(
    `${name} ${lengthS.toFixed(0)} s, planned in 1/${(lengthS / plannedS).toFixed(0)}; joints ${use(m.jointSpeed)} ` +
      `${use(m.jointAcceleration)} ${use(m.jointJerk)}; elbow ${((m.singularity.minElbow_rad * 180) / Math.PI).toFixed(0)} deg; ` +
      `clear ${(1e3 * m.clearance.minM).toFixed(1)} mm (${m.clearance.pair.join("/")})`,
  );
  if (perform) judge(cell, path);
}

function judge(cell: string, path: string): void {
  const out = mkdtempSync(join(tmpdir(), "pieces-"));
  const started = Date.now();
  const args = ["src/cli/cellist.js", "perform", path, "--calibration", cell, "--as-fast-as-possible"];
  execFileSync("node", [...args, "--out", join(out, "take")], { stdio: ["ignore", "ignore", "inherit"] });
  const wallS = (Date.now() - started) / 1e3;
  const r = JSON.parse(readFileSync(join(out, "take", "report.json"), "utf8")) as PerformanceReport;
  rmSync(out, { recursive: true });
  const ms = (seconds: number | null): string => (seconds === null ? "-" : (1e3 * seconds).toFixed(1));
  console.log(
    `          ${r.completeness.played}/${r.completeness.planned} notes, ${r.reversals.length} reversals, ` +
      `${r.wrongStrings.events.length} wrong strings; onsets ${ms(r.onsets.medianAbsS)}/${ms(r.onsets.p95AbsS)} ms, drift ` +
      `${ms(r.onsets.driftS)} ms; straight ${ms(r.straightness?.maxM ?? null)} mm; dead ${(100 * r.deadTime.share).toFixed(1)} %; ` +
      `whole command ${wallS.toFixed(0)} s wall`,
  );
}
