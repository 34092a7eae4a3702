/** The start of an element in an XML text. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What is passed over as a whole: how it begins and how it ends. */
const passedOver = [
  ["<!--", "-->"],
  ["<![CDATA[", "]]>"],
  ["<?", "?>"],
  ["<!", ">"],
  ["</", ">"],
] as const;

// XML allows no "<" inside a value, so a search never runs past the next tag.
const startTag = /<([A-Za-z_][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*\/?>/y;
const attribute = /([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
const unescaped = (text: string): string =>
  text.replace(/&(\w+);/g, (whole, name: string) => entities[name] ?? whole);

/**
 * The elements of an XML text in the order in which they begin. Enough to look values up that stand in attributes; what
 * is inside comments and CDATA is not taken for elements. Whether the text is well formed is not checked.
 */
export function* xmlElements(xml: string): Generator<XmlElement> {
  for (let at = xml.indexOf("<"); at >= 0; at = xml.indexOf("<", at)) {
    const over = passedOver.find(([begin]) => xml.startsWith(begin, at));
    if (over !== undefined) {
      const end = xml.indexOf(over[1], at + over[0].length);
      if (end < 0) return;
      at = end + over[1].length;
      continue;
    }
    startTag.lastIndex = at;
    const found = startTag.exec(xml);
    if (found !== null) yield { name: found[1]!, attributes: attributesOf(found[2]!) };
    at += found?.[0].length ?? 1;
  }
}

function attributesOf(text: string): Record<string, string> {
  const entries = [...text.matchAll(attribute)].map(([, key, double, single]) => [
    key!,
    unescaped(double ?? single!),
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}
