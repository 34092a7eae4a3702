import { levelOf } from "../bowing/bow-plan.ts";
import type { Objection } from "../bowing/objection.ts";
import type { BowLevel } from "../score/bow-level.ts";
import { isForTheRoom } from "../trajectory/refusal.ts";
import { NOTHING_HEEDED, type Heeded } from "../bowing/heeded.ts";
import type { MotionRefusal } from "./follow-plan.ts";

/** Where bowing a score anew, objection by objection, led nowhere so far. */
export interface DeadEnds {
  /** Why the easiest to think of did not play. */
  readonly refusal: MotionRefusal;
  /** Crossings that are not to be taken any more, one from each dead end behind the second. */
  readonly avoided: readonly Crossing[];
}

interface WayOut {
  readonly ends: DeadEnds;
  readonly heeded: Heeded;
}

/** A change of string into a note, index in `Score.notes`. */
interface Crossing {
  readonly noteIndex: number;
  readonly from: BowLevel;
  readonly to: BowLevel;
}

/** Crossings avoided in one piece at the most. @assumed a seeded étude that plays on the published cell was seen to need one */
const MOST_AVOIDED = 4;
/** An objection that holds wherever the bow is [m]. */
const EVERYWHERE_M = 1;
/**
 * Where a crossing should take more than this times as long at a first dead end, none is avoided [-]. @assumed of 46 at the edge of what the
 * published cell plays, 16 had a way out, and their crossings should have taken at most 1.56 times as long
 */
const MOST_EXCESS = 2;
/**
 * Notes bowed in all plans so far after which none is avoided any more, either. @assumed the shipped pieces and seeded études that had a way
 * out had it by 2200
 */
const MOST_NOTES_BOWED = 4000;
const DIRECTIONS = ["down", "up"] as const;

/**
 * How to bow anew after a dead end: first without foresight; then, with it, without the crossing that was hardest, in any direction and
 * anywhere on the hair, as long as that is another one each time, there is hope, and not too much was tried.
 *
 * @param ends those before this one
 * @param notesBowed in all plans so far
 * @returns undefined where there is nothing else to try
 */
export function wayOutOf(
  refusal: MotionRefusal,
  ends: DeadEnds | undefined,
  notesBowed: number,
): WayOut | undefined {
  if (isForTheRoom(refusal.why)) return undefined;
  // What is hard without foresight was not looked at beforehand.
  const judged = refusal.plan.foresight || !ends ? refusal : ends.refusal;
  const { avoided } = ends ?? { avoided: [] };
  // Without a crossing that was avoided others may be hard at first.
  const isHopeless = avoided.length === 0 && hardestIn(judged) > MOST_EXCESS;
  if (isHopeless || notesBowed > MOST_NOTES_BOWED) return undefined;
  if (!ends) return { ends: { refusal, avoided: [] }, heeded: { ...NOTHING_HEEDED, foresight: false } };
  const hardest = hardestCrossing(judged);
  const isKnown = avoided.some((known) => hardest && isSameCrossing(known, hardest));
  if (!hardest || isKnown || avoided.length === MOST_AVOIDED) return undefined;
  const more = [...avoided, hardest];
  const heeded = { ...NOTHING_HEEDED, objections: more.flatMap(everyWay) };
  return { ends: { ...ends, avoided: more }, heeded };
}

/** How many times as long a crossing should take, at most. */
export const hardestIn = ({ why }: MotionRefusal): number =>
  Math.max(1, ...(why.crossings ?? []).map(({ excess }) => excess));

function hardestCrossing({ plan: { notes }, why }: MotionRefusal): Crossing | undefined {
  const [hardest] = (why.crossings ?? [])
    .map(({ to, excess }) => ({ after: notes[to]!, before: notes[to - 1]!, excess }))
    .filter(({ after, before }) => levelOf(after) !== levelOf(before))
    .sort((a, b) => b.excess - a.excess);
  if (!hardest) return undefined;
  const { before, after } = hardest;
  return { noteIndex: after.noteIndex, from: levelOf(before), to: levelOf(after) };
}

const isSameCrossing = (a: Crossing, b: Crossing): boolean =>
  a.noteIndex === b.noteIndex && a.from === b.from && a.to === b.to;

const everyWay = (crossing: Crossing): readonly Objection[] =>
  DIRECTIONS.flatMap((before) =>
    DIRECTIONS.map((after) => ({ ...crossing, before, after, bowM: 0, reachM: EVERYWHERE_M })),
  );
