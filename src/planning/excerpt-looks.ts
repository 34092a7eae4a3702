import type { BowPlan } from "../bowing/bow-plan.ts";
import { provenanceOf } from "../provenance.ts";
import { tryTrajectory, type MusicContext } from "../trajectory/plan-trajectory.ts";
import type { HardCrossing, TrajectoryRefusal } from "../trajectory/refusal.ts";
import { excerptOfPlan, rangeAround, type NoteRange } from "./plan-excerpt.ts";

/** Notes to either side of a crossing that was objected to that are looked at with it. @assumed */
const AROUND = 4;
/** Crossings so few notes from one that is looked at are seen with it. @assumed */
const SEEN_WITH = 2;

/** Excerpts refused after which no more are looked at: where so many are, there may be no hope at all. @assumed */
const MOST_REFUSED = 3;

/** Looks at plans where objections were before, as excerpts. */
export interface ExcerptLooks {
  /** How long the excerpts of a plan are that have not been looked at [s]. */
  readonly unseenS: (plan: BowPlan) => number;
  /** What the arm cannot follow in some of them; undefined = nothing. Each is looked at once. */
  readonly refusalIn: (plan: BowPlan) => TrajectoryRefusal | undefined;
}

export function excerptLooks(context: MusicContext): ExcerptLooks {
  const looked = new Map<string, TrajectoryRefusal | undefined>();
  const look = (excerpt: BowPlan): TrajectoryRefusal | undefined => {
    const key = keyOf(excerpt);
    if (!looked.has(key)) {
      const tried = tryTrajectory(excerpt, context);
      looked.set(key, tried.ok ? undefined : tried.why);
    }
    return looked.get(key);
  };
  const landingsS = 2 * context.settings.landingS;
  return {
    unseenS: (plan) =>
      difficultRanges(plan)
        .map((range) => excerptOfPlan(plan, range))
        .filter((excerpt) => !looked.has(keyOf(excerpt)))
        .reduce((sum, { notes }) => sum + notes.at(-1)!.endS - notes[0]!.startS + landingsS, 0),
    refusalIn: (plan) => {
      const whys: TrajectoryRefusal[] = [];
      for (const range of difficultRanges(plan)) {
        const why = look(excerptOfPlan(plan, range));
        if (why) whys.push(inWhole(why, range));
        if (whys.length === MOST_REFUSED) break;
      }
      return together(whys);
    },
  };
}

const keyOf = ({ notes, lifts }: BowPlan): string => provenanceOf("excerpt", notes, lifts).sha256;

/** The notes around each crossing that was objected to in plans before this one, most objections first. */
function difficultRanges({ notes, objections }: BowPlan): readonly NoteRange[] {
  const objected = new Map<number, number>();
  for (const { noteIndex } of objections) objected.set(noteIndex, (objected.get(noteIndex) ?? 0) + 1);
  const places: number[] = [];
  for (const [told] of [...objected].sort(([noteA, a], [noteB, b]) => b - a || noteA - noteB)) {
    const place = notes.findIndex(({ noteIndex }) => noteIndex === told);
    if (places.every((other) => Math.abs(other - place) > SEEN_WITH)) places.push(place);
  }
  return places.map((place) => rangeAround(notes, place, AROUND));
}

/** A refusal of part of a plan with the indices of the whole. */
const inWhole = (why: TrajectoryRefusal, { first }: NoteRange): TrajectoryRefusal => ({
  ...why,
  note: why.note + first,
  crossings: (why.crossings ?? []).map((crossing) => ({ ...crossing, to: crossing.to + first })),
});

/** The first of several refusals, with the hard crossings of all, in order. */
function together(whys: readonly TrajectoryRefusal[]): TrajectoryRefusal | undefined {
  const [first] = whys;
  if (!first) return undefined;
  const hardest = new Map<number, HardCrossing>();
  for (const crossing of whys.flatMap(({ crossings = [] }) => crossings)) {
    const { to, excess } = crossing;
    if (excess > (hardest.get(to)?.excess ?? 0)) hardest.set(to, crossing);
  }
  return { ...first, crossings: [...hardest.values()].sort((a, b) => a.to - b.to) };
}
