import { SaxesParser } from "saxes";
import { badMusicXml } from "./musicxml-error.ts";

/** One element of an XML text. Namespaces, comments and processing instructions are left out. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** In file order. */
  readonly children: readonly XmlElement[];
  /** Its own text, joined and trimmed. */
  readonly text: string;
  /** Where it begins, counted from 1. */
  readonly line: number;
}

interface Growing {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  readonly line: number;
  text: string;
}

/** Deeper than any score; keeps a hostile file from growing without end. */
const DEEPEST = 100;

/**
 * The root element of a well-formed XML text. A document type is allowed and never fetched; entities other than the five
 * of XML itself are refused, so a text cannot grow while it is read.
 *
 * @throws musicxml-invalid with line and column
 */
export function parseXml(text: string): XmlElement {
  const parser = new SaxesParser();
  const open: Growing[] = [];
  let root: XmlElement | undefined;
  parser.on("error", (error) => {
    throw badMusicXml(`the file is not well-formed XML: ${sayXmlError(error.message)}`, error);
  });
  parser.on("opentag", ({ name, attributes }) => {
    if (open.length >= DEEPEST)
      throw badMusicXml(`the file nests elements ${DEEPEST} deep at line ${parser.line}; it is no score.`);
    open.push({ name, attributes, children: [], line: parser.line, text: "" });
  });
  const addText = (piece: string): void => {
    const current = open.at(-1);
    if (current) current.text += piece;
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => {
    const closed = open.pop()!;
    const element: XmlElement = { ...closed, text: closed.text.trim() };
    const parent = open.at(-1);
    if (parent) parent.children.push(element);
    else root = element;
  });
  parser.write(text).close();
  if (root === undefined) throw badMusicXml("the file holds no XML element.");
  return root;
}

/** "12:5: unclosed tag: note" from saxes, as a clause with line and column. */
function sayXmlError(message: string): string {
  const parts = /^(\d+):(\d+): (.*?)\.?$/.exec(message);
  return parts ? `${parts[3]} at line ${parts[1]} column ${parts[2]}.` : `${message}.`;
}

/** The first child of a name. */
export const child = (element: XmlElement, name: string): XmlElement | undefined =>
  element.children.find((one) => one.name === name);

export const childrenOf = (element: XmlElement, name: string): readonly XmlElement[] =>
  element.children.filter((one) => one.name === name);

/** Text of the element at a path of names below; undefined where there is none or it is empty. */
export function textAt(element: XmlElement, ...path: readonly string[]): string | undefined {
  const found = path.reduce<XmlElement | undefined>((at, name) => at && child(at, name), element);
  return found?.text || undefined;
}
