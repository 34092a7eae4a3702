/** A piece of XML text to be, from `element`. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly content: string | readonly XmlNode[];
}

/** Something that may be left out of a list of children. */
export type Maybe<T> = T | undefined | false;

/** An element with children; those that are undefined or false are left out. */
export const element = (
  name: string,
  attributes: XmlNode["attributes"],
  children: readonly Maybe<XmlNode>[] = [],
): XmlNode => ({ name, attributes, content: children.filter((one) => one !== undefined && one !== false) });

/** An element that holds text only. */
export const leaf = (
  name: string,
  text: string | number,
  attributes: XmlNode["attributes"] = {},
): XmlNode => ({ name, attributes, content: String(text) });

/** The text of an element, one line each, indented by one space a level. */
export function xmlText({ name, attributes, content }: XmlNode, indent = ""): string {
  const open = Object.entries(attributes).reduce(
    (sum, [key, value]) => `${sum} ${key}="${escaped(String(value))}"`,
    name,
  );
  if (content.length === 0) return `${indent}<${open}/>\n`;
  if (typeof content === "string") return `${indent}<${open}>${escaped(content)}</${name}>\n`;
  const inner = content.map((one) => xmlText(one, `${indent} `)).join("");
  return `${indent}<${open}>\n${inner}${indent}</${name}>\n`;
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const escaped = (text: string): string => text.replace(/[&<>"]/g, (letter) => ESCAPES[letter]!);
