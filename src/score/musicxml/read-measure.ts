import { directionsOf, dynamicsDrawnAt, type Direction } from "./directions.ts";
import { badAt, type MeasurePlace, type Meter } from "./measure-place.ts";
import { repeatSigns, type RepeatSigns } from "./repeat-signs.ts";
import { midiOfPitch, signsOf, tiesOf, type WrittenNote } from "./written-note.ts";
import { child, childrenOf, textAt, type XmlElement } from "./xml-tree.ts";

/** A key as it is written. */
export interface WrittenKey {
  readonly fifths: number;
  readonly minor: boolean;
}

/** What a part's measures hand on from one to the next. */
export interface PartState {
  readonly part: string;
  readonly ticksPerQuarter: number;
  readonly divisions: number;
  readonly meter: Meter;
  readonly key: WrittenKey | undefined;
  /** From the written to the sounding pitch. */
  readonly transposeSemitones: number;
  /** How many measures before are played again instead of empty ones (the sign ٪ over bars); 0 = none. */
  readonly repeatedMeasures: number;
}

/** One measure of one part. */
export interface PartMeasure {
  readonly label: string;
  readonly meter: Meter;
  readonly key: WrittenKey | undefined;
  readonly transposeSemitones: number;
  /** How far its voices reach. */
  readonly ticks: number;
  /** Said to be no full measure: a pickup, the rest of a split measure. */
  readonly implicit: boolean;
  readonly notes: readonly WrittenNote[];
  /** Fermatas over rests. */
  readonly heldRests: readonly { readonly offsetTicks: number; readonly ticks: number }[];
  readonly directions: readonly { readonly offsetTicks: number; readonly says: Direction }[];
  readonly signs: RepeatSigns;
  readonly cueNotes: number;
  /** It stands for the one so many measures before. */
  readonly repeatedMeasures: number;
}

/**
 * Reads one measure of one part.
 *
 * @returns the measure, and the state for the next
 * @throws musicxml-invalid with part, measure and beat
 */
export function readMeasure(measure: XmlElement, before: PartState): [PartMeasure, PartState] {
  const label = measure.attributes["number"] ?? "?";
  let state = before;
  const notes: WrittenNote[] = [];
  const heldRests: { offsetTicks: number; ticks: number }[] = [];
  const directions: { offsetTicks: number; says: Direction }[] = [];
  let [cursor, reach, lastStart, cueNotes] = [0, 0, 0, 0];
  const place = (): MeasurePlace => ({ ...state, measure: label });
  for (const one of measure.children) {
    if (one.name === "attributes") state = attributes(one, state, { ...place() }, cursor);
    else if (one.name === "backup" || one.name === "forward") {
      cursor += (one.name === "backup" ? -1 : 1) * durationOf(one, state, place(), cursor);
      if (cursor < 0) throw badAt(place(), 0, "a <backup> goes back before the start of the measure.");
    } else if (one.name === "direction" || one.name === "sound") {
      const offset = (Number(textAt(one, "offset") ?? 0) * state.ticksPerQuarter) / state.divisions;
      for (const says of directionsOf(one))
        directions.push({ offsetTicks: Math.max(0, Math.round(cursor + offset)), says });
    } else if (one.name === "note") {
      const isChord = child(one, "chord") !== undefined;
      const isGrace = child(one, "grace") !== undefined;
      const start = isChord ? lastStart : cursor;
      const ticks = isGrace ? 0 : durationOf(one, state, place(), start);
      if (child(one, "cue")) cueNotes += 1;
      else if (child(one, "rest")) {
        if (signsOf(one).fermata && ticks > 0) heldRests.push({ offsetTicks: start, ticks });
      } else notes.push(writtenNote(one, start, ticks, state, place()));
      dynamicsDrawnAt(one).forEach((says) => directions.push({ offsetTicks: start, says }));
      lastStart = start;
      if (!isChord) cursor += ticks;
      reach = Math.max(reach, start + ticks);
    } else if (one.name === "barline" && child(one, "fermata"))
      directions.push({
        offsetTicks: cursor,
        says: { kind: "unplayed", what: "a fermata over a bar line" },
      });
    reach = Math.max(reach, cursor);
  }
  const read: PartMeasure = {
    label,
    meter: state.meter,
    key: state.key,
    transposeSemitones: state.transposeSemitones,
    ticks: reach,
    implicit: measure.attributes["implicit"] === "yes",
    notes,
    heldRests,
    directions,
    signs: repeatSigns(
      childrenOf(measure, "barline"),
      directions.map(({ says }) => says),
      place(),
    ),
    cueNotes,
    repeatedMeasures: notes.length === 0 ? state.repeatedMeasures : 0,
  };
  return [read, state];
}

function writtenNote(
  note: XmlElement,
  offsetTicks: number,
  ticks: number,
  state: PartState,
  place: MeasurePlace,
): WrittenNote {
  const grace = child(note, "grace");
  const ties = tiesOf(note);
  return {
    offsetTicks,
    ticks,
    midi: midiOfPitch(note, place, offsetTicks) + state.transposeSemitones,
    voice: textAt(note, "voice") ?? "1",
    grace: grace && (grace.attributes["slash"] === "yes" ? "slashed" : "plain"),
    tieStarts: ties.includes("start"),
    tieStops: ties.includes("stop"),
    signs: signsOf(note),
  };
}

/** Length of a note, backup or forward [ticks, whole]. */
function durationOf(one: XmlElement, state: PartState, place: MeasurePlace, cursor: number): number {
  const duration = Number(textAt(one, "duration") ?? Number.NaN);
  if (!(duration >= 0 && Number.isFinite(duration)))
    throw badAt(
      place,
      cursor,
      `a <${one.name}> has no readable duration ("${textAt(one, "duration") ?? ""}").`,
    );
  const ticks = Math.round((duration * state.ticksPerQuarter) / state.divisions);
  if (one.name === "note" && ticks === 0) throw badAt(place, cursor, "a note has no length.");
  return ticks;
}

function attributes(one: XmlElement, before: PartState, place: MeasurePlace, cursor: number): PartState {
  const divisions = Number(textAt(one, "divisions") ?? before.divisions);
  if (!(divisions > 0)) throw badAt(place, cursor, `the divisions are ${divisions}; they must be above 0.`);
  const [time, key, transpose] = [child(one, "time"), child(one, "key"), child(one, "transpose")];
  return {
    ...before,
    divisions,
    meter: time ? meterOf(time, place, cursor) : before.meter,
    key: key ? keyOf(key, place, cursor) : before.key,
    transposeSemitones: transpose
      ? Number(textAt(transpose, "chromatic") ?? 0) + 12 * Number(textAt(transpose, "octave-change") ?? 0)
      : before.transposeSemitones,
    repeatedMeasures: repeatedMeasures(one) ?? before.repeatedMeasures,
  };
}

/** How many measures a sign of repetition takes from here on; undefined where nothing is said. */
function repeatedMeasures(attributes: XmlElement): number | undefined {
  const sign = childrenOf(attributes, "measure-style").flatMap((style) =>
    childrenOf(style, "measure-repeat"),
  )[0];
  if (sign === undefined) return undefined;
  return sign.attributes["type"] === "stop" ? 0 : Math.max(1, Math.round(Number(sign.text || 1)) || 1);
}

function meterOf(time: XmlElement, place: MeasurePlace, cursor: number): Meter {
  const [beats, unit] = [textAt(time, "beats") ?? "", Number(textAt(time, "beat-type") ?? Number.NaN)];
  const beatsPerBar = beats.split("+").reduce((sum, part) => sum + Number(part), 0); // 3+2 over 8
  if (childrenOf(time, "beats").length !== 1)
    throw badAt(
      place,
      cursor,
      "the time signature is none of one fraction; senza misura and mixed ones are not read.",
    );
  if (!Number.isInteger(beatsPerBar) || beatsPerBar < 1 || ![1, 2, 4, 8, 16, 32, 64].includes(unit))
    throw badAt(place, cursor, `the time signature is ${beats}/${unit}, which is no meter.`);
  return { beatsPerBar, beatUnit: unit };
}

function keyOf(key: XmlElement, place: MeasurePlace, cursor: number): WrittenKey | undefined {
  const text = textAt(key, "fifths");
  if (text === undefined) return undefined; // a key of single accidentals: pitches say it all
  const fifths = Number(text);
  if (!Number.isInteger(fifths) || Math.abs(fifths) > 7)
    throw badAt(place, cursor, `the key has ${text} fifths; -7 to 7 are keys.`);
  return { fifths, minor: textAt(key, "mode") === "minor" };
}
