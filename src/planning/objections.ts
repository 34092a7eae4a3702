import { levelOf, type BowPlan } from "../bowing/bow-plan.ts";
import { isSameWay, objectionsTo, type Objection } from "../bowing/objection.ts";
import { NO_OTHER_WAY } from "../bowing/string-choice.ts";
import type { HardCrossing } from "../trajectory/refusal.ts";

/**
 * How far around a crossing that was refused the first objection to it holds: more where it would have to take much longer; each further one
 * there holds twice as far [m]. @assumed a tenth less is asked 40 mm farther on
 */
const REACH_M = 0.04;
const REACH_PER_EXCESS_M = 0.25;
/** More than the rounding of bow positions [m]. */
const EDGE_M = 1e-6;
/**
 * More objections than this to crossings into one note, or to each note on average, make a piece hopeless. @assumed a seeded étude of 16
 * notes that plays on the published cell was seen to need 52 in all
 */
const MOST_AT_ONE_NOTE = 10;
const MOST_PER_NOTE = 4;

/**
 * What the next bow plan should avoid: the objections to this one, and one to every crossing at fault where it takes it.
 *
 * @returns undefined where nothing is at fault that another plan could avoid, or the plan found no way around what it was told before
 */
export function objectionsAfter(
  plan: BowPlan,
  crossings: readonly HardCrossing[],
): readonly Objection[] | undefined {
  if (crossings.length === 0) return undefined;
  const added = hardestInARow(crossings).map((crossing) => objectionTo(plan, crossing));
  const all = [...plan.objections, ...added];
  const countTo = (note: number): number => all.filter(({ noteIndex }) => noteIndex === note).length;
  const inVain = added.filter((objection) => plan.objections.some((before) => covers(before, objection)));
  // Before the last strings are offered, an objection that was not heeded is worth another.
  if (inVain.some(({ noteIndex }) => countTo(noteIndex) > NO_OTHER_WAY)) return undefined;
  const atOneNote = added.map(({ noteIndex }) => countTo(noteIndex));
  const most = MOST_PER_NOTE * plan.notes.length;
  return all.length <= most && Math.max(...atOneNote) <= MOST_AT_ONE_NOTE ? all : undefined;
}

/** Of crossings into one note after another only the hardest: they took the time from each other. */
function hardestInARow(crossings: readonly HardCrossing[]): readonly HardCrossing[] {
  const rows: HardCrossing[] = [];
  let lastTo = -Infinity;
  for (const crossing of crossings) {
    if (crossing.to > lastTo + 1) rows.push(crossing);
    else if (crossing.excess > rows.at(-1)!.excess) rows[rows.length - 1] = crossing;
    lastTo = crossing.to;
  }
  return rows;
}

function objectionTo({ notes, objections }: BowPlan, { to, excess }: HardCrossing): Objection {
  const [before, after] = [notes[to - 1]!, notes[to]!];
  const way = { from: levelOf(before), to: levelOf(after), before: before.direction, after: after.direction };
  const told = objectionsTo(objections, after.noteIndex, way).length;
  const reachM = Math.max(REACH_M, REACH_PER_EXCESS_M * (excess - 1)) * 2 ** told;
  return { noteIndex: after.noteIndex, ...way, bowM: after.bowStartM, reachM };
}

/** Taken all the same: there was no other way. A plan may well go along the very edge of an objection. */
const covers = (told: Objection, objection: Objection): boolean =>
  told.noteIndex === objection.noteIndex &&
  isSameWay(told, objection) &&
  Math.abs(told.bowM - objection.bowM) < told.reachM - EDGE_M;
