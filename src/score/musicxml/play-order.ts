import { badMusicXml } from "./musicxml-error.ts";
import type { Jump } from "./directions.ts";
import type { RepeatSigns } from "./repeat-signs.ts";

/** A measure as the way through the piece sees it. */
export interface OrderedMeasure {
  readonly label: string;
  readonly signs: RepeatSigns;
}

/** An ending (volta) over measures `first` to `last`. */
interface Ending {
  readonly first: number;
  readonly last: number;
  readonly numbers: readonly number[];
  /** The last of its group: what is played after a jump back. */
  readonly isFinal: boolean;
}

/** More measures than any piece has when played out. */
const MOST_MEASURES = 20_000;

/**
 * Indices of the measures in the order they are played: repeats, endings, D.C. and D.S. with Fine and Coda.
 *
 * After a jump back repeats are not taken again and of several endings the last is played, as is custom.
 *
 * @throws musicxml-invalid where a jump has nowhere to go
 */
export function playOrder(measures: readonly OrderedMeasure[]): readonly number[] {
  const endings = findEndings(measures);
  const leaveAt = lastBeforeCoda(measures);
  const order: number[] = [];
  let [at, repeatFrom, pass, jumped] = [0, 0, 1, false];
  while (at < measures.length) {
    const { signs, label } = measures[at]!;
    if (signs.forward && repeatFrom !== at) [repeatFrom, pass] = [at, 1];
    const ending = endings.find(({ first }) => first === at);
    if (ending && !(jumped ? ending.isFinal : ending.numbers.includes(pass))) {
      at = ending.last + 1;
      continue;
    }
    order.push(at);
    if (order.length > MOST_MEASURES)
      throw badMusicXml(
        `with its repeats the piece is longer than ${MOST_MEASURES} measures (measure ${label}).`,
      );
    if (jumped && signs.jumps.includes("fine")) break;
    if (jumped && leaveAt(at)) {
      at = signAfter(measures, at, "coda", label);
      continue;
    }
    const inside = endings.find(({ first, last }) => first <= at && at <= last);
    if (signs.backward && !jumped && pass < timesPlayed(signs.backward.times, inside, endings)) {
      pass += 1;
      at = repeatFrom;
      continue;
    }
    if (signs.backward ?? inside?.last === at) [repeatFrom, pass] = [at + 1, 1];
    const back = jumped ? undefined : signs.jumps.find((jump) => jump === "da-capo" || jump === "dal-segno");
    if (back) {
      jumped = true;
      at = back === "da-capo" ? 0 : segnoBefore(measures, at, label);
      continue;
    }
    at += 1;
  }
  return order;
}

function timesPlayed(
  times: number | undefined,
  inside: Ending | undefined,
  endings: readonly Ending[],
): number {
  if (times !== undefined) return times;
  if (inside === undefined) return 2;
  const group = endingGroup(endings, inside);
  return Math.max(2, ...group.flatMap(({ numbers }) => numbers));
}

/** Endings that follow each other without a measure between. */
function endingGroup(endings: readonly Ending[], one: Ending): readonly Ending[] {
  let [from, to] = [endings.indexOf(one), endings.indexOf(one)];
  while (from > 0 && endings[from - 1]!.last + 1 === endings[from]!.first) from -= 1;
  while (to + 1 < endings.length && endings[to]!.last + 1 === endings[to + 1]!.first) to += 1;
  return endings.slice(from, to + 1);
}

/** Endings as they are drawn; one without a number is the next of its group. */
function findEndings(measures: readonly OrderedMeasure[]): readonly Ending[] {
  const found: Omit<Ending, "isFinal">[] = [];
  for (const [first, { signs }] of measures.entries()) {
    if (signs.endingStarts === undefined) continue;
    const before = found.at(-1);
    const next = before?.last === first - 1 ? Math.max(...before.numbers) + 1 : 1;
    const numbers = signs.endingStarts.length > 0 ? signs.endingStarts : [next];
    found.push({ first, last: lastOfEnding(measures, first), numbers });
  }
  return found.map((ending, i) => ({ ...ending, isFinal: found[i + 1]?.first !== ending.last + 1 }));
}

/** Where an ending ends; some programs do not say: then at its repeat sign, before the next ending, or after a measure. */
function lastOfEnding(measures: readonly OrderedMeasure[], first: number): number {
  const index = (test: (signs: RepeatSigns) => boolean, from = first): number => {
    const at = measures.findIndex(({ signs }, i) => i >= from && test(signs));
    return at < 0 ? Infinity : at;
  };
  const next = index(({ endingStarts }) => endingStarts !== undefined, first + 1);
  const [stop, back] = [
    index(({ endingStops }) => endingStops),
    index(({ backward }) => backward !== undefined),
  ];
  if (stop < next) return stop;
  return back < next ? back : Math.min(first, next);
}

/** Where a way back leaves for the coda: at "To Coda", or at the first of two coda signs where nothing says so. */
function lastBeforeCoda(measures: readonly OrderedMeasure[]): (index: number) => boolean {
  const at = (sign: Jump): readonly number[] =>
    measures.flatMap(({ signs }, i) => (signs.jumps.includes(sign) ? [i] : []));
  const [said, codas] = [at("to-coda"), at("coda")];
  const leaving = said.length === 0 && codas.length === 2 ? codas.slice(0, 1) : said;
  return (index) => leaving.includes(index);
}

function segnoBefore(measures: readonly OrderedMeasure[], at: number, label: string): number {
  const segno = measures.findIndex(({ signs }, i) => i <= at && signs.jumps.includes("segno"));
  if (segno < 0) throw badMusicXml(`measure ${label} says D.S., but no segno stands before it.`);
  return segno;
}

function signAfter(measures: readonly OrderedMeasure[], at: number, sign: Jump, label: string): number {
  const found = measures.findIndex(({ signs }, i) => i > at && signs.jumps.includes(sign));
  if (found < 0) throw badMusicXml(`measure ${label} says "To Coda", but no coda follows.`);
  return found;
}
