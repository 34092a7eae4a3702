import { STRING_NAMES, type ScoreNote } from "../score.ts";
import type { Grouping } from "./beams.ts";
import type { StaffPiece } from "./staff-pieces.ts";
import { element, leaf, type Maybe, type XmlNode } from "./xml-text.ts";

/** Ties, slurs, tuplet brackets and signs of one note; of a chord, all but ties and the string at its lowest note. */
export function notationsNode(
  notes: readonly ScoreNote[],
  { isFirst, isLast }: StaffPiece,
  note: ScoreNote,
  group: Grouping,
  { isHeld, isLowest, isHighest }: Readonly<Record<"isHeld" | "isLowest" | "isHighest", boolean>>,
): Maybe<XmlNode> {
  const after = notes[note.index + 1];
  const [slurStops, slurStarts] = [
    isLast && note.slurredFromPrevious && !after?.slurredFromPrevious,
    isFirst && !note.slurredFromPrevious && after?.slurredFromPrevious === true,
  ];
  const technical = isFirst ? technicalNodes(note, isLowest, isHighest) : [];
  const articulation = isFirst && isLowest ? ARTICULATION_SIGNS[note.articulation] : undefined;
  const children = [
    !isFirst && element("tied", { type: "stop" }),
    !isLast && element("tied", { type: "start" }),
    slurStops && isLowest && element("slur", { type: "stop", number: 1 }),
    slurStarts && isLowest && element("slur", { type: "start", number: 1 }),
    group.tuplet !== undefined && isLowest && element("tuplet", { type: group.tuplet }),
    isFirst &&
      isLowest &&
      note.articulation === "tremolo" &&
      element("ornaments", {}, [leaf("tremolo", 3, { type: "single" })]),
    technical.length > 0 && element("technical", {}, technical),
    articulation !== undefined && element("articulations", {}, [element(articulation, {})]),
    isHeld && element("fermata", {}),
  ];
  return children.some(Boolean) && element("notations", {}, children);
}

/** The bow once, the string at the note that it is written for. */
const technicalNodes = (
  { bow, string }: ScoreNote,
  isLowest: boolean,
  isHighest: boolean,
): readonly XmlNode[] => [
  ...(bow && isLowest ? [element(`${bow}-bow`, {})] : []),
  ...(string && isHighest ? [leaf("string", STRING_NAMES.length - STRING_NAMES.indexOf(string))] : []),
];

const ARTICULATION_SIGNS: Readonly<Partial<Record<ScoreNote["articulation"], string>>> = {
  tenuto: "tenuto",
  staccato: "staccato",
  accent: "accent",
  martele: "strong-accent",
  portato: "detached-legato",
};
