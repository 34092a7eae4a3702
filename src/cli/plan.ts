import type { Command } from "commander";
import { explainNote } from "../bowing/explain-note.ts";
import type { BowedNote } from "../bowing/bow-plan.ts";
import { noteName } from "../score/note-name.ts";
import { barBeatAtTick, formatBarBeat } from "../score/position.ts";
import {
  addPieceOptions,
  pieceAtHand,
  planOrRefuse,
  type PieceAtHand,
  type PieceOptions,
} from "./piece-options.ts";

const HELP = `
↓ down-bow (frog to tip), ↑ up-bow, ⌒ slurred to the note before. Bow is where the hair touches, frog 0 %, tip 100 %.

Examples:
  cellist plan twinkle
  cellist plan twinkle --explain          why every note is bowed as it is
  cellist plan twinkle --json > plan.json
`;

/** `cellist plan`: how every note is bowed. */
export function addPlanCommand(program: Command): void {
  addPieceOptions(program.command("plan").summary("show how every note is bowed"))
    .option("--explain", "say why")
    .option("--json", "the whole bow plan, for scripts")
    .addHelpText("after", HELP)
    .action(async (name: string, options: PieceOptions & { json?: true; explain?: true }) => {
      const at = await pieceAtHand(name, options);
      const { plan } = planOrRefuse(at);
      if (options.json) console.log(JSON.stringify(plan, undefined, 2));
      else if (options.explain) plan.notes.forEach((note) => console.log(explainNote(note)));
      else {
        console.log("place     note string bow      %   m/s   mm from bridge    N   dynamic");
        plan.notes.forEach((note, i) => console.log(row(note, plan.notes[i - 1], at)));
      }
    });
}

function row(note: BowedNote, before: BowedNote | undefined, { score, instrument }: PieceAtHand): string {
  const written = score.notes[note.noteIndex]!;
  const place = formatBarBeat(barBeatAtTick(score, written.startTick));
  const percent = (m: number): string => `${Math.round((100 * m) / instrument.hair.lengthM)}`.padStart(3);
  const arrow = `${before?.stroke === note.stroke ? "⌒" : " "}${note.direction === "down" ? "↓" : "↑"}`;
  return [
    place.padEnd(9),
    noteName(note.midi).padEnd(4),
    note.string.padEnd(5),
    arrow,
    `${percent(note.bowStartM)}→${percent(note.bowEndM)}`,
    note.bowSpeedMps.toFixed(2),
    (note.contactM * 1e3).toFixed(0).padStart(8),
    note.forceN.toFixed(2).padStart(12),
    note.dynamic.padStart(5),
  ].join(" ");
}
