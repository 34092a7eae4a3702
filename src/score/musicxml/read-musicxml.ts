import { CellistError } from "../../errors.ts";
import { provenanceOf } from "../../provenance.ts";
import { doubleStops, pitchesOf, sayUnisons, type StruckNote } from "../double-stops.ts";
import { loudnessOf, velocityAtLevel, VELOCITY_OF_DYNAMIC } from "../dynamics.ts";
import { holdFermatas, type Hold } from "../hold-fermatas.ts";
import { markNotes, type NoteMarks } from "../mark-notes.ts";
import { oneVoice } from "../one-voice.ts";
import { choosePart, otherParts, type NamedPart } from "../parts.ts";
import type { BarGrid } from "../position.ts";
import { checkRange } from "../range.ts";
import type { ReadScoreOptions } from "../read-score.ts";
import type { Score, ScoreNote } from "../score.ts";
import { transposedKey, wholeSemitones } from "../transpose.ts";
import { articulationOf } from "./articulation-of.ts";
import { directionMarks } from "./direction-marks.ts";
import { cutHeldNotes } from "./held-notes.ts";
import { layOutNotes, type LaidNote } from "./lay-out-notes.ts";
import { playedMeasures, type PlayedPart } from "./played-measures.ts";
import { readParts, type WrittenPart } from "./read-parts.ts";
import { realiseGraceNotes, realiseMeasuredTremolo } from "./realise-notes.ts";
import { slursOf } from "./slurs-of.ts";
import { stringsInForce } from "./strings-in-force.ts";
import { unplayedOf } from "./unplayed.ts";
import type { XmlElement } from "./xml-tree.ts";
import { scoreCredits } from "./score-credits.ts";

/** How to read a MusicXML file; its pitches need no clef and its marks stand in it. */
export type ReadMusicXmlOptions = Omit<ReadScoreOptions, "markings">;

type Struck = StruckNote<LaidNote>;

/**
 * One cello part out of a MusicXML document, repeats unfolded, ties joined, with every mark the bow can follow.
 *
 * What is in the file but not played, or not as it stands there, is said in `ignored`.
 *
 * @throws musicxml-invalid with part, measure and beat for what cannot be read
 * @throws score-invalid for an open choice of part, polyphony, or a note the cello does not have
 * @throws usage for a tenor clef (MusicXML holds pitches) and a transposition that is not whole semitones
 */
export function readMusicXml(root: XmlElement, options: ReadMusicXmlOptions = {}): Score {
  if (options.clef === "tenor")
    throw new CellistError(
      "usage",
      "a MusicXML file holds pitches, whatever its clef: leave out the tenor clef.",
    );
  const semitones = wholeSemitones(options.transpose ?? 0);
  const written = readParts(root);
  const parts = written.parts.map(named);
  const chosen = choosePart(
    parts.filter(({ noteCount }) => noteCount > 0),
    options.part,
  );
  const part = chosen.part;
  const played = playedMeasures(written, part);
  const grid: BarGrid = { ticksPerQuarter: written.ticksPerQuarter, meters: played.meters };
  const { notes, looseTies, remarks } = notesOf(played, grid, options, semitones);
  if (!options.anyPitch) checkRange(pitchesOf(notes), grid, semitones);
  const directions = directionMarks(played.measures, notes, grid.ticksPerQuarter);
  const onStrings = stringsInForce(part.measures, played.measures, notes);
  const slurs = slursOf(notes);
  const signs = signMarks(notes, slurs.slurs, directions.accents, onStrings.strings);
  const marked = markNotes(notes.map(plainNote), { slurs: slurs.slurs, ...directions.marks, ...signs });
  const fermatas = holdsOf(played, notes);
  const credits = scoreCredits(root);
  return {
    title: options.title ?? credits.title ?? "untitled",
    composer: credits.composer ?? "unknown",
    ticksPerQuarter: written.ticksPerQuarter,
    tempos: holdFermatas(played.tempos, fermatas),
    ...(fermatas.length > 0 && { fermatas }),
    meters: played.meters,
    keys: played.keys.map((key, i) => transposedKey(key, semitones + transpositionAt(played, i))),
    notes: marked.map((note) => ({ ...note, velocity: velocityAtLevel(loudnessOf(note)) })),
    endTick: played.endTick,
    ignored: [
      ...played.remarks,
      ...otherParts(parts, chosen),
      ...remarks,
      ...slurs.remarks,
      ...directions.remarks,
      ...onStrings.remarks,
      ...(looseTies > 0 ? [`ties to no note: ${looseTies} ignored`] : []),
      ...unplayedOf(played.measures, notes, bowMarksInside(notes, slurs.slurs)),
    ],
    provenance: provenanceOf("musicxml score", root, options),
  };
}

const named = (part: WrittenPart, index: number): NamedPart & { readonly part: WrittenPart } => ({
  number: index + 1,
  name: part.name,
  place: part.id,
  noteCount: part.measures.reduce((sum, { notes }) => sum + notes.length, 0),
  part,
});

function notesOf(played: PlayedPart, grid: BarGrid, options: ReadMusicXmlOptions, semitones: number) {
  const laid = layOutNotes(played.measures);
  const sounding = laid.notes.map((note) => ({ ...note, midi: note.midi + semitones }));
  const [grace, main] = [sounding.filter((note) => note.grace), sounding.filter((note) => !note.grace)];
  if (main.length === 0) throw new CellistError("score-invalid", "the part holds no notes.");
  const held =
    options.voice === undefined ? cutHeldNotes(main, grid.ticksPerQuarter) : { notes: main, remarks: [] };
  const struck = options.voice === undefined ? doubleStops(held.notes, grid, together) : main;
  const voice = oneVoice<Struck>(struck, grid, options.voice);
  const decorating = grace.filter(
    (one) =>
      voice.notes.some((note) => note.startTick === one.startTick && note.voice === one.voice) ||
      !main.some((note) => note.startTick === one.startTick),
  );
  const withGrace = [...decorating, ...voice.notes].toSorted((a, b) => a.startTick - b.startTick);
  const graceful = realiseGraceNotes(withGrace, grid.ticksPerQuarter);
  const { notes, remarks } = realiseMeasuredTremolo(graceful.notes, grid.ticksPerQuarter);
  return {
    notes: notes as readonly Struck[],
    looseTies: laid.looseTies,
    remarks: [
      ...held.remarks,
      ...sayUnisons(held.notes, struck),
      ...voice.ignored,
      ...graceful.remarks,
      ...remarks,
    ],
  };
}

/** Signs of a double stop are drawn at either of its notes. */
function together(upper: LaidNote, lower: LaidNote): LaidNote {
  const [a, b] = [upper.signs, lower.signs];
  const all = (x: readonly string[], y: readonly string[]): string[] => [...new Set([...x, ...y])];
  const bow = a.bow ?? b.bow;
  return {
    ...upper,
    ...(lower.isHeldOn && { isHeldOn: true }),
    signs: {
      ...a,
      slurStarts: all(a.slurStarts, b.slurStarts),
      slurStops: all(a.slurStops, b.slurStops),
      articulations: all(a.articulations, b.articulations),
      bow,
      fermata: a.fermata || b.fermata,
      tremoloMarks: Math.max(a.tremoloMarks, b.tremoloMarks),
      unplayed: [...a.unplayed, ...b.unplayed],
    },
  };
}

const plainNote = ({ startTick, endTick, midi, lowerMidi }: Struck, index: number): ScoreNote => ({
  index,
  startTick,
  endTick,
  midi,
  ...(lowerMidi !== undefined && { lowerMidi }),
  velocity: VELOCITY_OF_DYNAMIC.mf,
  dynamic: "mf",
  articulation: "detache",
  slurredFromPrevious: false,
});

function signMarks(
  notes: readonly Struck[],
  slurs: NoteMarks["slurs"],
  accents: ReadonlySet<number>,
  inForce: NoteMarks["strings"],
): Pick<NoteMarks, "articulations" | "strings" | "bows"> {
  const at = notes.map(({ signs }, index) => ({ index, first: index, last: index, signs }));
  const inside = insideOf(slurs);
  return {
    articulations: at.flatMap((one) => {
      const value = articulationOf(one.signs) ?? (accents.has(one.index) ? "accent" : undefined);
      return value ? [{ ...one, value }] : [];
    }),
    // a sign at a note says more than words before it
    strings: [
      ...inForce,
      ...at.flatMap((one) => {
        const value = one.signs.string;
        return value ? [{ ...one, value }] : [];
      }),
    ],
    // inside a slur the bow cannot turn; the mark of its first note decides
    bows: at.flatMap((one) =>
      one.signs.bow && !inside(one.index) ? [{ index: one.index, value: one.signs.bow }] : [],
    ),
  };
}

const insideOf =
  (slurs: NoteMarks["slurs"]) =>
  (index: number): boolean =>
    slurs.some(({ first, last }) => first < index && index <= last);

/** Notes under a slur with a bow mark other than the slur's own. */
const bowMarksInside = (notes: readonly Struck[], slurs: NoteMarks["slurs"]): readonly Struck[] =>
  slurs.flatMap(({ first, last }) =>
    notes.slice(first + 1, last + 1).filter(({ signs: { bow } }) => bow && bow !== notes[first]!.signs.bow),
  );

function holdsOf({ measures }: PlayedPart, notes: readonly Struck[]): readonly Hold[] {
  const held = notes.filter(({ signs }) => signs.fermata);
  const rests = measures.flatMap(({ startTick, measure }) =>
    measure.heldRests.map(({ offsetTicks, ticks }) => ({
      fromTick: startTick + offsetTicks,
      toTick: startTick + offsetTicks + ticks,
    })),
  );
  return [...held.map(({ startTick, endTick }) => ({ fromTick: startTick, toTick: endTick })), ...rests].sort(
    (a, b) => a.fromTick - b.fromTick,
  );
}

/** Semitones by which the instrument sounds away from its key signature, where key change `i` stands. */
function transpositionAt({ keys, measures }: PlayedPart, i: number): number {
  return measures.find(({ startTick }) => startTick === keys[i]!.tick)!.measure.transposeSemitones;
}
