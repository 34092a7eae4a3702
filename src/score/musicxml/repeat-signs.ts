import type { Direction, Jump } from "./directions.ts";
import { badAt, type MeasurePlace } from "./measure-place.ts";
import { child, childrenOf, type XmlElement } from "./xml-tree.ts";

/** What a measure says about the way through the piece. */
export interface RepeatSigns {
  /** A repeat begins here. */
  readonly forward: boolean;
  /** A repeat ends here and is played so many times, where that is said. */
  readonly backward?: { readonly times: number | undefined };
  /** Numbers of the ending (volta) that begins here; empty where it has none. */
  readonly endingStarts?: readonly number[];
  readonly endingStops: boolean;
  readonly jumps: readonly Jump[];
}

/** Repeat and ending signs of a measure's bar lines, and the jumps of its directions. */
export function repeatSigns(
  barlines: readonly XmlElement[],
  directions: readonly Direction[],
  place: MeasurePlace,
): RepeatSigns {
  const repeats = barlines.flatMap((line) => childrenOf(line, "repeat"));
  const backward = repeats.find(({ attributes }) => attributes["direction"] === "backward");
  const endings = barlines.flatMap((line) => childrenOf(line, "ending"));
  const start = endings.find(({ attributes }) => attributes["type"] === "start");
  const jumpSigns = barlines.flatMap((line) =>
    (["segno", "coda"] as const).filter((name) => child(line, name) !== undefined),
  );
  return {
    forward: repeats.some(({ attributes }) => attributes["direction"] === "forward"),
    ...(backward && { backward: { times: timesOf(backward, place) } }),
    ...(start && { endingStarts: endingNumbers(start) }),
    endingStops: endings.some(({ attributes }) => attributes["type"] !== "start"),
    jumps: [...jumpSigns, ...directions.flatMap((one) => (one.kind === "jump" ? [one.to] : []))],
  };
}

function timesOf({ attributes }: XmlElement, place: MeasurePlace): number | undefined {
  if (attributes["times"] === undefined) return undefined;
  const times = Number(attributes["times"]);
  if (!Number.isInteger(times) || times < 1 || times > 100)
    throw badAt(place, 0, `a repeat is to be played "${attributes["times"]}" times; 1 to 100 are possible.`);
  return times;
}

/** "1, 2" or "1-3", in the attribute or as it is drawn. */
function endingNumbers({ attributes, text }: XmlElement): readonly number[] {
  const said = /\d/.test(attributes["number"] ?? "") ? attributes["number"]! : text;
  return [...said.matchAll(/(\d+)(?:\s*[-–]\s*(\d+))?/g)].flatMap(([, from, to = from]) =>
    Array.from({ length: Math.max(1, Number(to) - Number(from) + 1) }, (_, i) => Number(from) + i),
  );
}
