import { levelOf, type BowPlan } from "../bowing/bow-plan.ts";
import { levelNumber } from "../score/bow-level.ts";
import type { TrajectorySettings } from "./trajectory-settings.ts";

/**
 * How far the bow is held off the middle of each note's string, as an inclination [rad].
 *
 * A short visit to a string between two visits to the same side is held towards that side, as players do: both rolls get
 * shorter. Elsewhere 0, and on and beside two strings at once: there the bow has no room.
 *
 *     lean = most · min(1, 2 · (1 − visit / quick)),   0 for visits longer than `quickS`
 *
 * @returns one per note; positive = towards the C side
 */
export function noteLeans(plan: BowPlan, { leanIn }: Pick<TrajectorySettings, "leanIn">): readonly number[] {
  const leans = new Array<number>(plan.notes.length).fill(0);
  for (const { first, last } of visits(plan)) {
    const [before, here, after] = [first - 1, first, last + 1].map((i) => levelAtNote(plan, i));
    if (before === undefined || here === undefined || after === undefined) continue;
    if (![before, here, after].every(Number.isInteger)) continue;
    const [from, to] = [Math.sign(here - before), Math.sign(here - after)];
    if (from !== to) continue;
    const lastsS = plan.notes[last]!.endS - plan.notes[first]!.startS;
    const share = Math.min(1, Math.max(0, 2 * (1 - lastsS / leanIn.quickS)));
    leans.fill(from * share * leanIn.most_rad, first, last + 1);
  }
  return leans;
}

/** Notes in a row on one level. */
function visits({ notes }: BowPlan): readonly { readonly first: number; readonly last: number }[] {
  const found: { first: number; last: number }[] = [];
  notes.forEach((note, i) => {
    if (i > 0 && levelOf(notes[i - 1]!) === levelOf(note)) found.at(-1)!.last = i;
    else found.push({ first: i, last: i });
  });
  return found;
}

const levelAtNote = ({ notes }: BowPlan, i: number): number | undefined => {
  const note = notes[i];
  return note && levelNumber(levelOf(note));
};
