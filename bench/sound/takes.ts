import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { readPerformance } from "../../src/bag/read-performance.ts";
import type { ToneReport } from "../../src/evaluation/judge-tone.ts";
import type { PerformanceRecord } from "../../src/evaluation/performance-record.ts";
import { soundInputOf } from "../../src/performance/sound-of-performance.ts";
import type { Score } from "../../src/score/score.ts";
import { loadInstrument } from "../../src/shelf/load-instrument.ts";
import { loadPiece } from "../../src/shelf/load-piece.ts";
import type { SoundInput } from "../../src/sound/render.ts";
import type { BowedTone } from "../../src/sound/string/helmholtz.ts";

/** A piece as the simulated arm played it. */
export interface Take {
  readonly piece: string;
  readonly score: Score;
  readonly record: PerformanceRecord;
  readonly input: SoundInput;
}

/** A start that takes longer than this, or a sustained part with less of it in Helmholtz motion, is no good note [s], [-]. */
const LATEST_S = 0.12;
const LEAST_SHARE = 0.8;

/** Plays a piece in lock-step on the reference cell, or finds that take in the folder. */
export async function takeOf(folder: string, piece: string): Promise<Take> {
  const out = join(folder, piece);
  if (!existsSync(join(out, "report.json")))
    execFileSync("node", ["src/cli/cellist.js", "perform", piece, "--as-fast-as-possible", "--out", out], {
      stdio: ["ignore", "ignore", "inherit"],
    });
  const record = await readPerformance(join(out, "performance.mcap"));
  const { instrument } = await loadInstrument("reference");
  const { score } = await loadPiece(piece);
  return { piece, score, record, input: soundInputOf(record, instrument) };
}

/** Notes that the simulated strings played as asked, both of a double stop: only a bench may know, never the ears. */
export const settledNotes = ({ notes }: ToneReport): readonly boolean[] =>
  notes.map((n) => settled(n) && (n.lower === undefined || settled(n.lower)));

const settled = ({ preHelmholtzS, helmholtzShare }: BowedTone): boolean =>
  preHelmholtzS !== null && preHelmholtzS < LATEST_S && (helmholtzShare ?? 1) > LEAST_SHARE;
