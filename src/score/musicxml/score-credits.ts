import { child, childrenOf, textAt, type XmlElement } from "./xml-tree.ts";

/** What a score says about itself. */
export interface ScoreCredits {
  readonly title?: string;
  readonly composer?: string;
  readonly source?: string;
  readonly licence?: string;
}

/** Title, composer, source and rights of a MusicXML document, each where it is given. */
export function scoreCredits(root: XmlElement): ScoreCredits {
  const identification = child(root, "identification");
  const title = textAt(root, "work", "work-title") ?? textAt(root, "movement-title");
  const creators = identification ? childrenOf(identification, "creator") : [];
  const composer = creators.find(({ attributes }) => attributes["type"] === "composer")?.text;
  const source = textAt(root, "identification", "source");
  const licence = textAt(root, "identification", "rights");
  return {
    ...(title && { title: oneLine(title) }),
    ...(composer && { composer: oneLine(composer) }),
    ...(source && { source: oneLine(source) }),
    ...(licence && { licence: oneLine(licence) }),
  };
}

const oneLine = (text: string): string => text.replace(/\s+/g, " ");
