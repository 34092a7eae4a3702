import { levelOf } from "../bowing/bow-plan.ts";
import type { Objection } from "../bowing/objection.ts";
import type { BowLevel } from "../score/bow-level.ts";
import { isForTheRoom } from "../trajectory/refusal.ts";
import type { Heeded } from "./heeded.ts";
import type { MotionRefusal } from "./follow-plan.ts";

/** Where bowing a score anew, objection by objection, led nowhere so far. */
export interface DeadEnds {
  /** Why the easiest to think of did not play. */
  readonly refusal: MotionRefusal;
  /** Crossings that are not to be taken any more, one from each dead end behind the second. */
  readonly avoided: readonly Crossing[];
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
const DIRECTIONS = ["down", "up"] as const;

/**
 * How to bow anew after a dead end: first without foresight; then, with it, without the crossing that was hardest, in any direction and
 * anywhere on the hair, as long as that is another one each time.
 *
 * @param ends those before this one
 * @returns undefined where there is nothing else to try
 */
export function wayOutOf(
  refusal: MotionRefusal,
  ends: DeadEnds | undefined,
): { readonly ends: DeadEnds; readonly heeded: Heeded } | undefined {
  if (isForTheRoom(refusal.why)) return undefined;
  if (!ends) return { ends: { refusal, avoided: [] }, heeded: { objections: [], foresight: false } };
  const hardest = hardestCrossing(refusal.plan.foresight ? refusal : ends.refusal);
  const isKnown = ends.avoided.some((known) => hardest && isSameCrossing(known, hardest));
  if (!hardest || isKnown || ends.avoided.length === MOST_AVOIDED) return undefined;
  const avoided = [...ends.avoided, hardest];
  return { ends: { ...ends, avoided }, heeded: { objections: avoided.flatMap(everyWay), foresight: true } };
}

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
