import { type ReadMusicXmlOptions, readMusicXml } from "../../../src/score/musicxml/read-musicxml.ts";
import { parseXml } from "../../../src/score/musicxml/xml-tree.ts";
import { noteName } from "../../../src/score/note-name.ts";
import type { Score } from "../../../src/score/score.ts";

/** A quarter note, or `length` divisions of which two make a quarter. `inside` goes before the closing tag. */
export function note(name: string, length = 2, inside = "", chord = false): string {
  const [, step, sharp, octave] = /^([A-G])(#?)(\d)$/.exec(name)!;
  return (
    `<note>${chord ? "<chord/>" : ""}<pitch><step>${step}</step>${sharp ? "<alter>1</alter>" : ""}` +
    `<octave>${octave}</octave></pitch><duration>${length}</duration><voice>1</voice>${inside}</note>`
  );
}

export const rest = (length = 2, inside = ""): string =>
  `<note><rest/><duration>${length}</duration><voice>1</voice>${inside}</note>`;

export const notations = (inside: string): string => `<notations>${inside}</notations>`;

/** One direction over a measure, of one kind or more. */
export const direction = (...types: readonly string[]): string =>
  `<direction>${types.map((type) => `<direction-type>${type}</direction-type>`).join("")}</direction>`;

/** A dynamic of its own, such as "p". */
export const dynamics = (mark: string): string => direction(`<dynamics><${mark}/></dynamics>`);

/** A beginning or an end of a hairpin: "crescendo", "diminuendo", "stop". */
export const wedge = (type: string): string => direction(`<wedge type="${type}"/>`);

/** Measures 1, 2 … of one cello part in 4/4 with two divisions a quarter. */
export const document = (...measures: readonly string[]): string => parts({ Cello: measures });

/** Several parts by name; the first measure of each gets divisions and meter, of the first part also the tempo. */
export function parts(
  measuresOf: Readonly<Record<string, readonly string[]>>,
  meter = [4, 4],
  tempo = '<sound tempo="120"/>',
): string {
  const names = Object.keys(measuresOf);
  const attributes = `<attributes><divisions>2</divisions><time><beats>${meter[0]}</beats><beat-type>${meter[1]}</beat-type></time></attributes>`;
  const list = names.map(
    (name, i) => `<score-part id="P${i + 1}"><part-name>${name}</part-name></score-part>`,
  );
  const bodies = names.map((name, i) => {
    const measures = measuresOf[name]!.map((text, m) => {
      const body = text.startsWith("<measure") ? text : `<measure number="${m + 1}">${text}</measure>`;
      return m === 0 ? body.replace(/(<measure[^>]*>)/, `$1${attributes}${i === 0 ? tempo : ""}`) : body;
    });
    return `<part id="P${i + 1}">${measures.join("\n")}</part>`;
  });
  return `<?xml version="1.0"?>\n<score-partwise version="4.0"><part-list>${list.join("")}</part-list>\n${bodies.join("\n")}</score-partwise>`;
}

export const read = (xml: string, options: ReadMusicXmlOptions = {}): Score =>
  readMusicXml(parseXml(xml), options);

/** "C3 D3 …", double stops as "D3+A3". */
export const names = ({ notes }: Score): string =>
  notes
    .map(({ midi, lowerMidi }) => (lowerMidi === undefined ? "" : `${noteName(lowerMidi)}+`) + noteName(midi))
    .join(" ");
