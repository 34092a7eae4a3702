import { CellistError } from "../../errors.ts";
import { badMusicXml } from "./musicxml-error.ts";
import { readMeasure, type PartMeasure, type PartState } from "./read-measure.ts";
import { child, childrenOf, textAt, type XmlElement } from "./xml-tree.ts";

/** One part of a score, its measures in written order. */
export interface WrittenPart {
  readonly id: string;
  readonly name: string;
  readonly measures: readonly PartMeasure[];
}

/** All parts of a score on one grid of ticks. */
export interface WrittenScore {
  readonly ticksPerQuarter: number;
  readonly parts: readonly WrittenPart[];
}

/** Divides by every length down to a 1/64 note and by triplets; the engraved MIDI files have it, too. */
const USUAL_TICKS_PER_QUARTER = 480;
const MOST_TICKS_PER_QUARTER = 2_000_000;

/**
 * The parts of a `score-partwise` or `score-timewise` document.
 *
 * @throws musicxml-invalid for another document, and with part, measure and beat for what cannot be read in it
 */
export function readParts(root: XmlElement): WrittenScore {
  if (root.name !== "score-partwise" && root.name !== "score-timewise")
    throw badMusicXml(
      `the file is XML but no MusicXML score: its root is <${root.name}>, not <score-partwise>.`,
    );
  const partwise = root.name === "score-partwise" ? childrenOf(root, "part") : partsOfTimewise(root);
  if (partwise.length === 0) throw badMusicXml("the file holds no part.");
  const ticksPerQuarter = commonTicks(partwise);
  const names = new Map(
    childrenOf(child(root, "part-list") ?? root, "score-part").map((part) => [
      part.attributes["id"] ?? "",
      textAt(part, "part-name"),
    ]),
  );
  const parts = partwise.map((part, i): WrittenPart => {
    const id = part.attributes["id"] ?? `P${i + 1}`;
    const name = names.get(id) ?? id;
    return { id, name, measures: measuresOf(part, { part: name, ticksPerQuarter }) };
  });
  const [first] = parts;
  const uneven = parts.find(({ measures }) => measures.length !== first!.measures.length);
  if (uneven)
    throw badMusicXml(
      `part "${uneven.name}" has ${uneven.measures.length} measures and part "${first!.name}" ${first!.measures.length}; the file is damaged.`,
    );
  return { ticksPerQuarter, parts };
}

function measuresOf(
  part: XmlElement,
  { part: name, ticksPerQuarter }: Pick<PartState, "part" | "ticksPerQuarter">,
) {
  let state: PartState = {
    part: name,
    ticksPerQuarter,
    divisions: 1,
    meter: { beatsPerBar: 4, beatUnit: 4 },
    key: undefined,
    transposeSemitones: 0,
    repeatedMeasures: 0,
  };
  const measures: PartMeasure[] = [];
  for (const element of childrenOf(part, "measure")) {
    const [measure, next] = readMeasure(element, state);
    state = next;
    measures.push(withRepeatedNotes(measure, measures));
  }
  return measures;
}

/** The notes of the measure that a sign of repetition stands for. */
function withRepeatedNotes(measure: PartMeasure, before: readonly PartMeasure[]): PartMeasure {
  const repeated = measure.repeatedMeasures > 0 ? before.at(-measure.repeatedMeasures) : undefined;
  if (repeated === undefined) return measure;
  const { notes, ticks, heldRests } = repeated;
  return { ...measure, notes, ticks, heldRests };
}

/** Least common multiple of 480 and all divisions, so that every length is whole. */
function commonTicks(parts: readonly XmlElement[]): number {
  const divisions = new Set(
    parts.flatMap((part) =>
      childrenOf(part, "measure").flatMap((measure) =>
        childrenOf(measure, "attributes").map((one) => Number(textAt(one, "divisions") ?? 1)),
      ),
    ),
  );
  let ticks = USUAL_TICKS_PER_QUARTER;
  for (const one of divisions)
    if (Number.isInteger(one) && one > 0) ticks *= one / greatestDivisor(ticks, one);
  if (ticks > MOST_TICKS_PER_QUARTER)
    throw new CellistError(
      "score-invalid",
      `the divisions of the parts have no common grid below ${MOST_TICKS_PER_QUARTER} ticks a quarter note.`,
    );
  return ticks;
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));

/** The same document by parts. */
function partsOfTimewise(root: XmlElement): readonly XmlElement[] {
  const measures = childrenOf(root, "measure");
  const ids = [
    ...new Set(
      measures.flatMap((one) => childrenOf(one, "part").map(({ attributes }) => attributes["id"] ?? "")),
    ),
  ];
  return ids.map((id) => ({
    name: "part",
    attributes: { id },
    text: "",
    line: root.line,
    children: measures.map((measure) => ({
      ...measure,
      children:
        childrenOf(measure, "part").find(({ attributes }) => (attributes["id"] ?? "") === id)?.children ?? [],
    })),
  }));
}
