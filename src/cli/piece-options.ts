import { InvalidArgumentError, Option, type Command } from "commander";
import { CellistError } from "../errors.ts";
import type { Outcome } from "../outcome.ts";
import { planPiece, type PieceRefusal, type PlannedMotion } from "../planning/plan-piece.ts";
import { unplayable } from "../planning/unplayable.ts";
import type { Piece } from "../score/piece.ts";
import type { ReadScoreOptions } from "../score/read-score.ts";
import type { Score } from "../score/score.ts";
import type { HandPlace } from "../bowing/left-hand.ts";
import { arrangedPiece, type ArrangedPiece, type Arrangement } from "../shelf/arranged-piece.ts";
import type { Workcell } from "../shelf/workcell.ts";
import { progressOn } from "./progress.ts";
import { workcellAtHand } from "./workcell-at-hand.ts";

/** Bowings that are over before anybody wonders. @assumed */
const FEW_BOWINGS = 3;

/** Options of every command that plans a piece. */
export interface PieceOptions {
  readonly profile: string;
  readonly calibration?: string;
  readonly cell?: string;
  readonly set: readonly string[];
  readonly tempo: number;
  readonly part?: string;
  readonly voice?: "top" | "bottom";
  readonly transpose: number;
  readonly clef: "bass" | "tenor";
  readonly leftHand: "virtual" | "human";
  readonly openStrings?: true;
  readonly locks?: string;
  readonly express: string;
}

export const addPieceOptions = (command: Command): Command =>
  command
    .argument("<piece>", "a shipped piece (cellist pieces), or a MusicXML or MIDI file")
    .addOption(
      new Option("--tempo <percent>", "share of the written tempo, as in 90%")
        .argParser(percent)
        .default(1, "100%"),
    )
    .option("--part <number|name>", "which part, track or channel to play, where several do")
    .addOption(
      new Option("--voice <voice>", "which voice of a polyphonic part to play").choices(["top", "bottom"]),
    )
    .option("--transpose <semitones>", "move every note up (or down, negative)", semitones, 0)
    .addOption(
      new Option("--clef <clef>", "clef a MIDI file was entered in")
        .choices(["bass", "tenor"])
        .default("bass"),
    )
    .addOption(
      new Option("--left-hand <hand>", "who stops the strings; human: strings by position and shift")
        .choices(["virtual", "human"])
        .default("virtual"),
    )
    .option("--open-strings", "nobody does: every note sounds the open string it is bowed on")
    .option(
      "--locks <file>",
      "bow, string, slur: break, speedMps, forceN, contactM of single notes, by bar.beat",
    )
    .addOption(
      new Option(
        "--express <rules>",
        "rules of expression, as in phrase=1,ritard=1,accent=0.5,variation=0.3,seed=7",
      ).default("", "none"),
    )
    .option("--calibration <name|file>", "arm, bow and cello; default: as the profile says")
    .option(
      "--cell <name|file>",
      "the room around them; default: that of a shipped calibration, for a file the profile's",
    )
    .option("--profile <name|file>", "all the numbers of a scenario", "simulation")
    .option(
      "--set <key=value>",
      "change one number of the profile, as in trajectory.knotS=0.03",
      collect,
      [],
    );

/** A piece with everything it is planned for. */
export interface PieceAtHand extends Workcell {
  readonly piece: Piece;
  /** As it will be played: arranged, at the written tempo and at the one asked for. */
  readonly written: Score;
  readonly score: Score;
  /** Where a human hand stops each note; empty for other hands. */
  readonly hand: readonly HandPlace[];
  /** Share of the written tempo. */
  readonly tempo: number;
}

export async function pieceAtHand(name: string, options: PieceOptions): Promise<PieceAtHand> {
  const workcell = await workcellOf(options);
  const arranged = await arrangedAs(name, options);
  return { ...workcell, ...arranged, tempo: options.tempo };
}

/** The part of the options that says where. */
export const workcellOf = ({ profile, set, calibration = "", cell = "" }: PieceOptions): Promise<Workcell> =>
  workcellAtHand({ profile, set, calibration, cell });

/** The part of the options that says what. */
export const arrangedAs = (name: string, options: PieceOptions): Promise<ArrangedPiece> =>
  arrangedPiece(name, readingOf(options), arrangementOf(options));

/** The part of the options that says how a file is read. */
export const readingOf = ({
  transpose,
  clef,
  part,
  voice,
}: PieceOptions): Omit<ReadScoreOptions, "markings"> => ({
  transpose,
  clef,
  ...(part !== undefined && { part }),
  ...(voice !== undefined && { voice }),
});

/** The part of the options that changes the music. @throws usage for two left hands */
export function arrangementOf(options: PieceOptions): Arrangement {
  if (options.openStrings && options.leftHand === "human")
    throw new CellistError("usage", "--open-strings has no left hand; leave out --left-hand human");
  const leftHand = options.openStrings ? "open" : options.leftHand;
  return { leftHand, locks: options.locks ?? "", express: options.express, tempo: options.tempo };
}

/** Plans a piece, or refuses with the reason and the fastest tempo that can be played. @throws CellistError `unplayable` */
export function planOrRefuse(at: PieceAtHand): PlannedMotion {
  const planned = planWatched(at);
  if (planned.ok) return planned.value;
  throw unplayableHere(planned.why, at);
}

/** Plans a piece, and tells whoever watches when that takes more than a few bowings. */
export function planWatched(at: PieceAtHand): Outcome<PlannedMotion, PieceRefusal> {
  const progress = progressOn(process.stderr);
  const onBowing = (bowing: number): void => {
    if (bowing > FEW_BOWINGS)
      progress.tell(`looking for a bowing that the arm can follow, ${bowing - 1} tried`);
  };
  const planned = planPiece(at.score, at, { onBowing });
  progress.end();
  return planned;
}

/** A refusal as the sentence for people; whoever watches is told when a tempo that helps takes long to find. */
export function unplayableHere(why: PieceRefusal, at: PieceAtHand): CellistError {
  const progress = progressOn(process.stderr);
  const pieces = { score: at.score, written: at.written, tempo: at.tempo };
  const error = unplayable(why, pieces, at, (factor, bowing) => {
    progress.tell(
      `looking for a tempo that the arm can follow: ${Math.round(100 * factor)}%, bowing ${bowing}`,
    );
  });
  progress.end();
  return error;
}

function percent(text: string): number {
  const value = Number(text.replace(/%$/, "")) / (text.endsWith("%") || Number(text) > 4 ? 100 : 1);
  if (!(value >= 0.1 && value <= 4)) throw new InvalidArgumentError("write 10% to 400%, as in 90%");
  return value;
}

function semitones(text: string): number {
  if (!/^[+-]?\d+$/.test(text))
    throw new InvalidArgumentError("write a whole number of semitones, as in -12");
  return Number(text);
}

const collect = (value: string, before: readonly string[]): string[] => [...before, value];
