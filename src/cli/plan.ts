import type { Command } from "commander";
import { levelOf, type BowedNote, type BowPlan } from "../bowing/bow-plan.ts";
import { compromises } from "../bowing/compromises.ts";
import { explainNote } from "../bowing/explain-note.ts";
import type { HandPlace } from "../bowing/left-hand.ts";
import { sayLoudness } from "../score/dynamics.ts";
import { noteName } from "../score/note-name.ts";
import { barBeatAtTick, formatBarBeat, sayPlace } from "../score/position.ts";
import {
  addPieceOptions,
  pieceAtHand,
  planOrRefuse,
  type PieceAtHand,
  type PieceOptions,
} from "./piece-options.ts";
import { alternativeLines, alternativesOf } from "./plan-alternatives.ts";
import { countingNumber } from "./whole-number.ts";
import { writeOutput } from "../shelf/write-output.ts";

const HELP = `
↓ down-bow (frog to tip), ↑ up-bow, ⌒ slurred to the note before. Bow is where the hair touches, frog 0 %, tip 100 %.

Examples:
  cellist plan twinkle
  cellist plan twinkle --explain          why every note is bowed as it is
  cellist plan twinkle --alternatives 5   other bowings of single strokes, and what they cost
  cellist plan twinkle --out plan.json    the whole bow plan, for scripts (--json: on standard output)
`;

interface PlanOptions extends PieceOptions {
  readonly json?: true;
  readonly explain?: true;
  readonly out?: string;
  readonly alternatives?: number;
}

/** `cellist plan`: how every note is bowed. */
export function addPlanCommand(program: Command): void {
  addPieceOptions(program.command("plan").summary("show how every note is bowed"))
    .option("--explain", "say why")
    .option("--alternatives <n>", "the n cheapest other ways to bow single strokes", countingNumber)
    .option("--json", "the whole bow plan, for scripts; with --alternatives those, too")
    .option("--out <file>", "the same, into a file")
    .addHelpText("after", HELP)
    .action(async (name: string, options: PlanOptions) => {
      const at = await pieceAtHand(name, options);
      const { plan } = planOrRefuse(at);
      const others =
        options.alternatives === undefined ? undefined : alternativesOf(at, plan, options.alternatives);
      const json = JSON.stringify({ ...plan, ...(others && { alternatives: others }) }, undefined, 2);
      if (options.out) {
        await writeOutput(options.out, `${json}\n`);
        console.log(`written to ${options.out}`);
      } else if (options.json) console.log(json);
      else {
        if (options.explain)
          plan.notes.forEach((note) => say(explainNote(note, sayPlace(at.score, startTick(note, at)))));
        if (others) alternativeLines(at, others).forEach(say);
        if (!options.explain && !others) tableLines(at, plan).forEach(say);
      }
    });
}

function tableLines(at: PieceAtHand, plan: BowPlan): readonly string[] {
  return [
    "place     note    string bow      %   m/s   mm from bridge    N   dynamic",
    ...plan.notes.map((note, i) => row(note, plan.notes[i - 1], at)),
    ...[...at.score.ignored, ...compromises(at.score, plan, at.profile.bowing)].map(
      (text) => `note: ${text}`,
    ),
  ];
}

const say = (text: string): void => console.log(text);

const startTick = ({ noteIndex }: BowedNote, { score }: PieceAtHand): number =>
  score.notes[noteIndex]!.startTick;

function row(
  note: BowedNote,
  before: BowedNote | undefined,
  { score, instrument, hand }: PieceAtHand,
): string {
  const written = score.notes[note.noteIndex]!;
  const place = formatBarBeat(barBeatAtTick(score, written.startTick));
  const percent = (m: number): string => `${Math.round((100 * m) / instrument.hair.lengthM)}`.padStart(3);
  const arrow = `${before?.stroke === note.stroke ? "⌒" : " "}${note.direction === "down" ? "↓" : "↑"}`;
  return [
    place.padEnd(9),
    `${note.lower ? `${noteName(note.lower.midi)}+` : ""}${noteName(note.midi)}`.padEnd(7),
    levelOf(note).padEnd(5),
    arrow,
    `${percent(note.bowStartM)}→${percent(note.bowEndM)}`,
    note.bowSpeedMps.toFixed(2),
    (note.contactM * 1e3).toFixed(0).padStart(8),
    `${note.lower ? `${note.lower.forceN.toFixed(2)}+` : ""}${note.forceN.toFixed(2)}`.padStart(12),
    sayLoudness(written).padStart(5),
    fingering(hand[note.noteIndex]),
  ]
    .join(" ")
    .trimEnd();
}

/** As a cellist says what `HandPlace` counts. */
const FINGERS = ["open", "1", "2", "3", "4", "4 extended", "4 extended from the thumb"];

/** Fingers in the order of the notes, of a double stop the lower one first; and where the first finger lies, for a human hand. */
function fingering(place: HandPlace | undefined): string {
  if (place === undefined) return "";
  const fingers = [place.lowerFinger, place.finger].flatMap((finger) => finger ?? []);
  if (fingers.every((finger) => finger === 0)) return "open";
  const said = fingers.map((finger) => FINGERS[finger]!).join(" and ");
  const stopped = fingers[0] === 0 ? said.replace("and ", "and finger ") : `finger ${said}`;
  return `${stopped}, hand ${place.position} semitones from the nut`;
}
