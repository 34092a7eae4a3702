import type { BowLevel } from "../bow-level.ts";
import type { Dynamic, Score, ScoreNote } from "../score.ts";
import { releaseFermatas } from "../hold-fermatas.ts";
import type { TempoChange } from "../tempo.ts";
import { groupings, type Grouping } from "./beams.ts";
import { clefsOf, type Clef } from "./clefs.ts";
import { dynamicAtStart, hairpinsOf, isNewDynamic, type WrittenWedge } from "./written-wedges.ts";
import { keyAlter, spellPitch, type SpeltPitch } from "./spell-pitch.ts";
import { notationsNode } from "./notations-node.ts";
import { metronomeNode, tempoText } from "./metronome-mark.ts";
import { staffMeasures, type StaffMeasure, type StaffPiece } from "./staff-pieces.ts";
import { element, leaf, xmlText, type Maybe, type XmlNode } from "./xml-text.ts";

export interface WriteMusicXmlOptions {
  /** Where the notes come from and what may be done with them. */
  readonly source?: string;
  readonly licence?: string;
  /** Letters of strings over the notes, where the string changes: for people, not for programs. */
  readonly stringLetters?: readonly (BowLevel | undefined)[];
}

const HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE score-partwise PUBLIC "-//Recordare//DTD MusicXML 4.0 Partwise//EN" "http://www.musicxml.org/dtds/partwise.dtd">
`;

/** General MIDI 1 counts programs from 1 here: 43 is "Cello". */
const CELLO_PROGRAM = 43;

/**
 * A score as MusicXML 4.0 with one cello part; reading it gives the same score. Same score, same text.
 */
export function writeMusicXml(held: Score, options: WriteMusicXmlOptions = {}): string {
  const score = { ...held, tempos: releaseFermatas(held.tempos, held.fermatas ?? []) };
  const measures = staffMeasures(score);
  const clefs = clefsOf(measures);
  const wedges = hairpinsOf(score.notes);
  const parts = measures.map((measure, i) =>
    measureNode(score, { measure, index: i, clef: clefs[i]!, clefBefore: clefs[i - 1] }, wedges, options),
  );
  return (
    HEAD +
    xmlText(
      element("score-partwise", { version: "4.0" }, [
        ...heading(score, options),
        element("part", { id: "P1" }, parts),
      ]),
    )
  );
}

function heading({ title, composer }: Score, { source, licence }: WriteMusicXmlOptions): readonly XmlNode[] {
  return [
    element("work", {}, [leaf("work-title", title)]),
    element("identification", {}, [
      composer !== "unknown" && leaf("creator", composer, { type: "composer" }),
      licence !== undefined && leaf("rights", licence),
      element("encoding", {}, [leaf("software", "robot-cellist")]),
      source !== undefined && leaf("source", source),
    ]),
    element("part-list", {}, [
      element("score-part", { id: "P1" }, [
        leaf("part-name", "Cello"),
        element("score-instrument", { id: "P1-I1" }, [leaf("instrument-name", "Cello")]),
        element("midi-instrument", { id: "P1-I1" }, [
          leaf("midi-channel", 1),
          leaf("midi-program", CELLO_PROGRAM),
        ]),
      ]),
    ]),
  ];
}

interface MeasureAt {
  readonly measure: StaffMeasure;
  readonly index: number;
  readonly clef: Clef;
  readonly clefBefore: Clef | undefined;
}

function measureNode(
  score: Score,
  { measure, index, clef, clefBefore }: MeasureAt,
  wedges: readonly WrittenWedge[],
  options: WriteMusicXmlOptions,
): XmlNode {
  const { startTick, endTick, pieces, key } = measure;
  const groups = groupings(measure, score.ticksPerQuarter);
  const shown = new Map<string, number>();
  const content: XmlNode[] = [];
  const attributes = attributesNode(score, measure, index, clef === clefBefore ? undefined : clef);
  if (attributes) content.push(attributes);
  for (const [i, piece] of pieces.entries()) {
    content.push(...directionNodes(score, measure, piece, wedges, options));
    content.push(...noteNodes(score, piece, groups[i]!, key.fifths, shown));
  }
  content.push(
    ...wedges
      .filter(({ tick, type }) => type === "stop" && tick > startTick && tick === endTick)
      .map((wedge) => wedgeNode(wedge)),
  );
  const last = endTick >= score.endTick && endTick >= (score.notes.at(-1)?.endTick ?? 0);
  if (last) content.push(element("barline", { location: "right" }, [leaf("bar-style", "light-heavy")]));
  return element("measure", { number: index + 1, ...(measure.isUpbeat && { implicit: "yes" }) }, content);
}

function attributesNode(
  score: Score,
  measure: StaffMeasure,
  index: number,
  clef: Clef | undefined,
): Maybe<XmlNode> {
  const { newKey, newMeter } = measure;
  const children = [
    index === 0 && leaf("divisions", score.ticksPerQuarter),
    newKey &&
      element("key", {}, [leaf("fifths", newKey.fifths), leaf("mode", newKey.minor ? "minor" : "major")]),
    newMeter &&
      element("time", {}, [leaf("beats", newMeter.beatsPerBar), leaf("beat-type", newMeter.beatUnit)]),
    clef && element("clef", {}, [leaf("sign", clef.sign), leaf("line", clef.line)]),
  ];
  return children.some(Boolean) && element("attributes", {}, children);
}

/** Marks that stand at a piece: tempo and ends of hairpins anywhere in it, the rest where its note begins. */
function directionNodes(
  score: Score,
  measure: StaffMeasure,
  piece: StaffPiece,
  wedges: readonly WrittenWedge[],
  { stringLetters }: WriteMusicXmlOptions,
): readonly XmlNode[] {
  const { startTick } = piece;
  const endTick = startTick + piece.value.ticks;
  const tempos = score.tempos.filter(({ tick }) => startTick <= tick && tick < endTick);
  const inside = wedges.filter(({ tick }) => startTick < tick && tick < endTick);
  const note = piece.isFirst ? piece.note : undefined;
  const letter = note && stringLetters?.[note.index];
  return [
    ...tempos.map((tempo) => tempoNode(score, tempo, startTick)),
    ...wedges
      // one that ends with a measure stands in that
      .filter(({ tick, type }) => type === "stop" && tick === startTick && tick > measure.startTick)
      .map((wedge) => wedgeNode(wedge)),
    ...(note && isNewDynamic(score.notes, note) ? [dynamicNode(dynamicAtStart(note))] : []),
    ...wedges
      .filter(({ tick, type }) => type !== "stop" && tick === startTick)
      .map((wedge) => wedgeNode(wedge)),
    ...inside.map((wedge) => wedgeNode(wedge, wedge.tick - startTick)),
    ...(letter === undefined ? [] : [direction("above", [leaf("words", letter)])]),
  ];
}

/** @param offsetTicks after what follows in the text */
const direction = (
  placement: string,
  types: readonly XmlNode[],
  rest: readonly XmlNode[] = [],
  offsetTicks = 0,
): XmlNode =>
  element("direction", { placement }, [
    element("direction-type", {}, types),
    ...(offsetTicks > 0 ? [leaf("offset", offsetTicks)] : []),
    ...rest,
  ]);

function tempoNode({ meters }: Score, { tick, usPerQuarter }: TempoChange, at: number): XmlNode {
  const mark = metronomeNode(
    usPerQuarter,
    meters.findLast((meter) => meter.tick <= tick),
  );
  return direction("above", [mark], [element("sound", { tempo: tempoText(usPerQuarter) })], tick - at);
}

const wedgeNode = ({ type }: WrittenWedge, offsetTicks = 0): XmlNode =>
  type === "crescendo" || type === "diminuendo" || type === "stop"
    ? direction("below", [element("wedge", { type })], [], offsetTicks)
    : dynamicNode(type, offsetTicks);

const dynamicNode = (dynamic: Dynamic, offsetTicks = 0): XmlNode =>
  direction("below", [element("dynamics", {}, [element(dynamic, {})])], [], offsetTicks);

function noteNodes(
  score: Score,
  piece: StaffPiece,
  group: Grouping,
  keyFifths: number,
  shown: Map<string, number>,
): readonly XmlNode[] {
  const { note } = piece;
  const isHeld = isUnderFermata(score, piece);
  if (!note) return [restNode(piece, group, isHeld)];
  const pitches = note.lowerMidi === undefined ? [note.midi] : [note.lowerMidi, note.midi];
  return pitches.map((midi, i) => {
    const pitch = spellPitch(midi, keyFifths, leadsOf(midi, score.notes[note.index + 1]));
    const accidental = piece.isFirst ? shownAccidental(pitch, keyFifths, shown) : undefined;
    return element("note", {}, [
      i > 0 && element("chord", {}),
      element("pitch", {}, [
        leaf("step", pitch.step),
        pitch.alter !== 0 && leaf("alter", pitch.alter),
        leaf("octave", pitch.octave),
      ]),
      leaf("duration", piece.value.ticks),
      !piece.isFirst && element("tie", { type: "stop" }),
      !piece.isLast && element("tie", { type: "start" }),
      leaf("voice", 1),
      ...valueNodes(piece, accidental),
      ...(i === 0 ? group.beams.map((text, level) => leaf("beam", text, { number: level + 1 })) : []),
      notationsNode(score.notes, piece, note, group, {
        isHeld: isHeld && i === 0,
        isLowest: i === 0,
        isHighest: i === pitches.length - 1,
      }),
    ]);
  });
}

/** A tied note is held on its last note head. */
const isUnderFermata = ({ fermatas = [] }: Score, { startTick, value, isLast, note }: StaffPiece): boolean =>
  note
    ? isLast && fermatas.some(({ fromTick, toTick }) => fromTick <= note.startTick && note.startTick < toTick)
    : fermatas.some(({ fromTick, toTick }) => fromTick <= startTick && startTick + value.ticks <= toTick);

const leadsOf = (midi: number, next: ScoreNote | undefined): "up" | "down" | "alone" =>
  next?.midi === midi + 1 ? "up" : next?.midi === midi - 1 ? "down" : "alone";

const restNode = (piece: StaffPiece, group: Grouping, isHeld: boolean): XmlNode =>
  element("note", {}, [
    element("rest", piece.fullRest ? { measure: "yes" } : {}),
    leaf("duration", piece.value.ticks),
    leaf("voice", 1),
    ...valueNodes(piece, undefined),
    (group.tuplet !== undefined || isHeld) &&
      element("notations", {}, [
        group.tuplet !== undefined && element("tuplet", { type: group.tuplet }),
        isHeld && element("fermata", {}),
      ]),
  ]);

const valueNodes = ({ value }: StaffPiece, accidental: string | undefined): readonly Maybe<XmlNode>[] => [
  leaf("type", value.type),
  ...Array.from({ length: value.dots }, () => element("dot", {})),
  accidental !== undefined && leaf("accidental", accidental),
  value.tuplet &&
    element("time-modification", {}, [
      leaf("actual-notes", value.tuplet.actual),
      leaf("normal-notes", value.tuplet.normal),
    ]),
];

const ACCIDENTALS: Readonly<Record<number, string>> = {
  [-2]: "flat-flat",
  [-1]: "flat",
  0: "natural",
  1: "sharp",
  2: "double-sharp",
};

/** The sign before a note head, where neither key nor an earlier sign of the measure says it. */
function shownAccidental(
  { step, alter, octave }: SpeltPitch,
  fifths: number,
  shown: Map<string, number>,
): string | undefined {
  const line = `${step}${octave}`;
  if ((shown.get(line) ?? keyAlter(step, fifths)) === alter) return undefined;
  shown.set(line, alter);
  return ACCIDENTALS[alter];
}
