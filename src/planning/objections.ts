import { levelOf, type BowPlan } from "../bowing/bow-plan.ts";
import { isSameWay, type Objection } from "../bowing/objection.ts";
import type { TrajectoryRefusal } from "../trajectory/refusal.ts";

/** How far around a crossing that was refused the first objection to it holds; each further one there holds twice as far [m]. @assumed */
const REACH_M = 0.04;
/** More than the rounding of bow positions [m]. */
const EDGE_M = 1e-6;
/**
 * More objections than this to one crossing, or in all, make a piece hopeless. @source 200 seeded études, bench/etudes.ts: none that can be
 * played needs more than 6 to one crossing, or 7 in all
 */
const MOST_AT_ONE_NOTE = 6;
const MOST = 48;

/**
 * What the bow plan should avoid after the arm has refused it: its objections so far, and one to every crossing at fault where the plan
 * takes it.
 *
 * @returns undefined where nothing is at fault that another plan could avoid, or the plan found no way around what it was told before
 */
export function objectionsAfter(plan: BowPlan, why: TrajectoryRefusal): readonly Objection[] | undefined {
  const crossings = why.crossings ?? [];
  if (crossings.length === 0) return undefined;
  const added = crossings.map((to) => objectionTo(plan, to));
  if (added.some((objection) => plan.objections.some((before) => covers(before, objection))))
    return undefined;
  const all = [...plan.objections, ...added];
  const atOneNote = added.map((one) => all.filter(({ noteIndex }) => noteIndex === one.noteIndex).length);
  return all.length <= MOST && Math.max(...atOneNote) <= MOST_AT_ONE_NOTE ? all : undefined;
}

function objectionTo({ notes, objections }: BowPlan, to: number): Objection {
  const [before, after] = [notes[to - 1]!, notes[to]!];
  const way = { from: levelOf(before), to: levelOf(after), before: before.direction, after: after.direction };
  const told = objections.filter((one) => one.noteIndex === after.noteIndex && isSameWay(one, way)).length;
  return { noteIndex: after.noteIndex, ...way, bowM: after.bowStartM, reachM: REACH_M * 2 ** told };
}

/** Taken all the same: there was no other way. A plan may well go along the very edge of an objection. */
const covers = (told: Objection, objection: Objection): boolean =>
  told.noteIndex === objection.noteIndex &&
  isSameWay(told, objection) &&
  Math.abs(told.bowM - objection.bowM) < told.reachM - EDGE_M;
