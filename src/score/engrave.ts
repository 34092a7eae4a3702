import { parse } from "yaml";
import * as z from "zod";
import { CellistError } from "../errors.ts";
import { applyMarkings } from "./apply-markings.ts";
import { loudnessOf, velocityAtLevel, VELOCITY_OF_DYNAMIC } from "./dynamics.ts";
import { parseMarkings } from "./markings.ts";
import { writeMusicXml } from "./musicxml/write-musicxml.ts";
import { midiOfNoteName } from "./note-name.ts";
import { readPiece } from "./piece.ts";
import { barTicks } from "./position.ts";
import type { KeyChange, MeterChange, ScoreNote } from "./score.ts";
import { writeScoreAsMidi } from "./write-midi.ts";

/** Divides by every length down to a 1/64 note and by triplets. */
const TICKS_PER_QUARTER = 480;

const SourceFile = z.strictObject({
  /** Quarter notes a minute. */
  tempo: z.coerce.number().positive(),
  meter: z.string().regex(/^[1-9]\d*\/(1|2|4|8|16)$/),
  key: z.string().regex(/^[A-G][#b]? (major|minor)$/),
  music: z.string().min(1),
});

/**
 * The bytes of a MIDI file from a readable source and its markings. Same texts, same bytes.
 *
 *     tempo: 100            # quarters a minute
 *     meter: 4/4
 *     key: D major
 *     music: |
 *       D3/4 D3 A3 A3 | B3 B3 A3/2 | r/4 D3/2.
 *
 * A note is its name and its length: `A3/2.` a dotted half, `A3/2+8` a half tied to an eighth; a length holds until
 * another is written; `D3+A3/4` is a double stop, lower note first; `r` is a rest. Bars stand between `|` and must be full. Velocities come from the dynamics of the
 * markings, mf before the first.
 *
 * @throws score-invalid naming the bar, markings-invalid
 */
export function engrave(sourceText: string, marksText: string): Uint8Array {
  const source = readSource(sourceText);
  const markings = parseMarkings(marksText);
  const [beatsPerBar, beatUnit] = source.meter.split("/").map(Number) as [number, number];
  const meters: MeterChange[] = [{ tick: 0, beatsPerBar, beatUnit }];
  const grid = { ticksPerQuarter: TICKS_PER_QUARTER, meters };
  const { notes, endTick } = readMusic(source.music, barTicks(TICKS_PER_QUARTER, meters[0]!));
  const marked = applyMarkings(notes, markings, grid);
  return writeScoreAsMidi({
    title: markings.title ?? "untitled",
    ticksPerQuarter: TICKS_PER_QUARTER,
    tempos: [{ tick: 0, usPerQuarter: 60e6 / source.tempo }],
    meters,
    keys: [keyOf(source.key)],
    notes: marked.map((note) => ({ ...note, velocity: velocityAtLevel(loudnessOf(note)) })),
    endTick,
  });
}

/**
 * The same piece as MusicXML text, for the file beside the MIDI file. Same texts, same text.
 *
 * @throws as `engrave`
 */
export function engraveMusicXml(sourceText: string, marksText: string): string {
  const { score, source, licence } = readPiece(engrave(sourceText, marksText), marksText);
  return writeMusicXml(score, { source, licence });
}

function readSource(text: string): z.infer<typeof SourceFile> {
  const read = SourceFile.safeParse(parse(text, { schema: "failsafe" }));
  if (read.success) return read.data;
  throw new CellistError("score-invalid", `the source to engrave: ${z.prettifyError(read.error)}`);
}

function readMusic(music: string, fullBarTicks: number): { notes: ScoreNote[]; endTick: number } {
  const notes: ScoreNote[] = [];
  let lengthTicks = TICKS_PER_QUARTER;
  let tick = 0;
  for (const [index, bar] of barsOf(music).entries()) {
    const barStart = tick;
    for (const token of bar.split(/\s+/)) {
      const { midi, lowerMidi, ticks } = readToken(token, index + 1);
      lengthTicks = ticks ?? lengthTicks;
      if (midi !== "rest") {
        const note = plainNote(notes.length, tick, tick + lengthTicks, midi);
        notes.push(lowerMidi === undefined ? note : { ...note, lowerMidi });
      }
      tick += lengthTicks;
    }
    if (tick - barStart !== fullBarTicks)
      throw inBar(index + 1, `holds ${tick - barStart} ticks where ${fullBarTicks} make a full bar`);
  }
  return { notes, endTick: tick };
}

/** Bars between `|`; a closing `|` adds no empty bar. */
const barsOf = (music: string): string[] =>
  music
    .trim()
    .replace(/\|$/, "")
    .split("|")
    .map((bar) => bar.trim());

interface Token {
  readonly midi: number | "rest";
  readonly lowerMidi?: number;
  readonly ticks: number | undefined;
}

function readToken(token: string, bar: number): Token {
  const [name = "", length, ...rest] = token.split("/");
  const ticks = length === undefined ? undefined : lengthOf(length, token, bar);
  if (name === "r" && rest.length === 0) return { midi: "rest", ticks };
  const pitches = name.split("+").map(midiOfNoteName);
  const [low, high] = pitches.length === 1 ? [undefined, pitches[0]] : pitches;
  if (pitches.length > 2 || pitches.includes(undefined) || high === undefined || rest.length > 0)
    throw inBar(bar, `holds "${token}", which is no note`);
  if (low === undefined) return { midi: high, ticks };
  if (low >= high) throw inBar(bar, `holds "${token}"; the lower note of a double stop stands first`);
  return { midi: high, lowerMidi: low, ticks };
}

/** "2.+8": lengths tied together, each with its dots. */
function lengthOf(text: string, token: string, bar: number): number {
  return text.split("+").reduce((sum, part) => {
    const parts = /^(1|2|4|8|16|32)(\.{0,2})$/.exec(part);
    if (parts === null) throw inBar(bar, `holds "${token}", whose length is none of 1 2 4 8 16 32`);
    return sum + ((4 * TICKS_PER_QUARTER) / Number(parts[1])) * (2 - 0.5 ** parts[2]!.length);
  }, 0);
}

const plainNote = (index: number, startTick: number, endTick: number, midi: number): ScoreNote => ({
  index,
  startTick,
  endTick,
  midi,
  velocity: VELOCITY_OF_DYNAMIC.mf,
  dynamic: "mf",
  articulation: "detache",
  slurredFromPrevious: false,
});

/** Sharps of the major keys by their tonic; a minor key has three fewer. */
const FIFTHS_OF_LETTER: Readonly<Record<string, number>> = { F: -1, C: 0, G: 1, D: 2, A: 3, E: 4, B: 5 };

function keyOf(text: string): KeyChange {
  const [tonic, mode] = text.split(" ") as [string, string];
  const accidental = tonic.endsWith("#") ? 7 : tonic.endsWith("b") ? -7 : 0;
  const minor = mode === "minor";
  return { tick: 0, fifths: FIFTHS_OF_LETTER[tonic[0]!]! + accidental - (minor ? 3 : 0), minor };
}

const inBar = (bar: number, sentence: string): CellistError =>
  new CellistError("score-invalid", `the source to engrave: bar ${bar} ${sentence}.`);
