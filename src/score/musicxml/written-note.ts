import { type BowDirection, STRING_NAMES, type StringName } from "../score.ts";
import { badAt, type MeasurePlace } from "./measure-place.ts";
import { child, childrenOf, textAt, type XmlElement } from "./xml-tree.ts";

/** A note as a measure has it; chord notes are notes of their own at the same offset. */
export interface WrittenNote {
  /** From the start of its measure. */
  readonly offsetTicks: number;
  /** 0 for a grace note. */
  readonly ticks: number;
  /** Sounding, transposition of the instrument undone. */
  readonly midi: number;
  readonly voice: string;
  readonly grace: "slashed" | "plain" | undefined;
  readonly tieStarts: boolean;
  readonly tieStops: boolean;
  readonly signs: NoteSigns;
}

/** What is drawn at a note. */
export interface NoteSigns {
  /** Numbers of the slurs that begin and end here. */
  readonly slurStarts: readonly string[];
  readonly slurStops: readonly string[];
  /** Element names: accent, strong-accent, staccato, tenuto … */
  readonly articulations: readonly string[];
  readonly bow: BowDirection | undefined;
  readonly string?: StringName;
  readonly openString: boolean;
  readonly fermata: boolean;
  /** Beams through the stem of a single-note tremolo, those of its note value among them; 0 = no tremolo. */
  readonly tremoloMarks: number;
  /** Names of what is drawn and not played: trill-mark, harmonic … */
  readonly unplayed: readonly string[];
}

const SEMITONE_OF_STEP: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };

/** Articulations that `articulationOf` reads. */
const ARTICULATIONS = new Set([
  "accent",
  "strong-accent",
  "staccato",
  "staccatissimo",
  "tenuto",
  "detached-legato",
  "spiccato",
]);
/** Technical marks for the left hand and the eye. */
const SILENT = new Set(["fingering", "string", "open-string", "up-bow", "down-bow", "thumb-position"]);

/**
 * MIDI number of a `<pitch>`.
 *
 * @throws musicxml-invalid for a pitch that is none, or between semitones
 */
export function midiOfPitch(note: XmlElement, place: MeasurePlace, offsetTicks: number): number {
  const step = textAt(note, "pitch", "step") ?? "";
  const octave = Number(textAt(note, "pitch", "octave") ?? Number.NaN);
  const alter = Number(textAt(note, "pitch", "alter") ?? 0);
  const semitone = SEMITONE_OF_STEP[step];
  if (child(note, "unpitched"))
    throw badAt(place, offsetTicks, "a note without pitch (percussion) stands here; choose another part.");
  if (semitone === undefined || !Number.isInteger(octave))
    throw badAt(place, offsetTicks, `a note has no readable pitch (step "${step}", octave "${octave}").`);
  if (!Number.isInteger(alter))
    throw badAt(
      place,
      offsetTicks,
      `a note is altered by ${alter} semitones; only whole semitones are played.`,
    );
  return (octave + 1) * 12 + semitone + alter;
}

/** Where ties begin and end at a note; those that are only drawn count where none is said to sound. */
export function tiesOf(note: XmlElement): readonly (string | undefined)[] {
  const sounding = childrenOf(note, "tie");
  const drawn = childrenOf(note, "notations").flatMap((one) => childrenOf(one, "tied"));
  return (sounding.length > 0 ? sounding : drawn).map(({ attributes }) => attributes["type"]);
}

/** The signs at a note. */
export function signsOf(note: XmlElement): NoteSigns {
  const notations = childrenOf(note, "notations").flatMap(({ children }) => children);
  const under = (name: string): readonly XmlElement[] =>
    notations.filter((one) => one.name === name).flatMap(({ children }) => children);
  const technical = under("technical");
  const articulations = under("articulations").map(({ name }) => name);
  const ornaments = under("ornaments");
  const tremolo = ornaments.find(
    ({ name, attributes }) => name === "tremolo" && (attributes["type"] ?? "single") === "single",
  );
  const slurs = (type: string): string[] =>
    notations
      .filter(({ name, attributes }) => name === "slur" && attributes["type"] === type)
      .map(({ attributes }) => attributes["number"] ?? "1");
  const bow = technical.find(({ name }) => name === "up-bow" || name === "down-bow")?.name;
  const string = stringOf(technical.find(({ name }) => name === "string")?.text);
  return {
    slurStarts: slurs("start"),
    slurStops: slurs("stop"),
    articulations: articulations.filter((name) => ARTICULATIONS.has(name)),
    bow: bow === undefined ? undefined : bow === "up-bow" ? "up" : "down",
    ...(string !== undefined && { string }),
    openString: technical.some(({ name }) => name === "open-string"),
    fermata: notations.some(({ name }) => name === "fermata"),
    tremoloMarks: tremolo === undefined ? 0 : Number(tremolo.text || "3") + beamsOf(note),
    unplayed: [
      ...articulations.filter((name) => !ARTICULATIONS.has(name)),
      ...technical.map(({ name }) => name).filter((name) => !SILENT.has(name)),
      ...ornaments
        .filter((one) => one !== tremolo && one.name !== "accidental-mark")
        .map(({ name }) => (name === "tremolo" ? "tremolo between two notes" : name)),
      ...notations.map(({ name }) => name).filter((name) => UNPLAYED_NOTATIONS.has(name)),
    ],
  };
}

const BEAMS: Readonly<Record<string, number>> = { eighth: 1, "16th": 2, "32nd": 3 };
const beamsOf = (note: XmlElement): number => BEAMS[textAt(note, "type") ?? ""] ?? 0;

const UNPLAYED_NOTATIONS = new Set(["glissando", "slide", "arpeggiate", "non-arpeggiate"]);

/** MusicXML counts strings from the highest: 1 is A. */
const stringOf = (text: string | undefined): StringName | undefined =>
  text === undefined ? undefined : STRING_NAMES[STRING_NAMES.length - Number(text)];
