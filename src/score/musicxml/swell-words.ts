/** A crescendo or diminuendo that is asked for in words. */
export interface SwellWords {
  readonly grows: boolean;
  /** Whether the words ask for something else as well. */
  readonly saysMore: boolean;
}

const ADVERBS = "(?:(?:poco a poco|un poco|poco|molto|sempre|pi[uù])\\s+)*";
const SWELL = new RegExp(`^${ADVERBS}(cresc|decresc|dim)\\p{L}*\\.?(.*)$`, "isu");
const REST = /^[\s.,-]*(?:(?:poco a poco|un poco|poco|molto|sempre)[\s.,-]*)*$/i;

/** cresc., dim. poco a poco, molto decrescendo …; undefined for other words. */
export function swellInWords(text: string): SwellWords | undefined {
  const [, way, rest = ""] = SWELL.exec(text) ?? [];
  return way === undefined ? undefined : { grows: /^cresc/i.test(way), saysMore: !REST.test(rest) };
}
