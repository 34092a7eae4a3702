import type { Direction, Jump } from "./directions.ts";
import { badAt, type MeasurePlace } from "./measure-place.ts";
import { child, childrenOf, type XmlElement } from "./xml-tree.ts";

/** What a measure says about the way through the piece. */
export interface RepeatSigns {
  /** A repeat begins here. */
  readonly forward: boolean;
  /** A repeat ends here and is played so many times, where that is said. */
  readonly backward?: { readonly times: number | undefined };
  /** Numbers of the ending (volta) that begins here. */
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
    ...(start && { endingStarts: endingNumbers(start.attributes["number"] ?? "", place) }),
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

function endingNumbers(text: string, place: MeasurePlace): readonly number[] {
  const numbers = text.match(/\d+/g)?.map(Number) ?? [];
  if (numbers.length === 0) throw badAt(place, 0, `an ending has no number ("${text}").`);
  return numbers;
}
