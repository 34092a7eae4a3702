import type { Command } from "commander";
import { barBeatAtTick } from "../score/position.ts";
import { secondsAtTick } from "../score/tempo.ts";
import { loadPiece, shippedPieces } from "../shelf/load-piece.ts";

/** `cellist pieces`: what comes with the program. */
export function addPiecesCommand(program: Command): void {
  program
    .command("pieces")
    .summary("list the shipped pieces")
    .option("--json", "for scripts")
    .action(async ({ json }: { json?: true }) => {
      const rows = await Promise.all(shippedPieces().map(describe));
      if (json) console.log(JSON.stringify(rows, undefined, 2));
      else for (const row of rows) console.log(line(row));
    });
}

async function describe(name: string) {
  const { score, source, licence } = await loadPiece(name);
  const last = score.notes.at(-1)!;
  return {
    name,
    title: score.title,
    composer: score.composer,
    notes: score.notes.length,
    bars: barBeatAtTick(score, last.startTick).bar,
    seconds: Math.round(secondsAtTick(score.tempos, score.ticksPerQuarter, score.endTick)),
    quarterBpm: Math.round(6e7 / score.tempos[0]!.usPerQuarter),
    source,
    licence,
  };
}

const line = (row: Awaited<ReturnType<typeof describe>>): string =>
  `${row.name.padEnd(24)} ${`${row.seconds} s`.padStart(5)}  ${`${row.bars} bars`.padStart(8)}  ♩=${row.quarterBpm
    .toString()
    .padEnd(4)} ${row.title}${row.composer ? ` · ${row.composer}` : ""}`;
