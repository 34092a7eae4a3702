import type { BowPlan } from "../bowing/bow-plan.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { isPairNumber } from "../score/bow-level.ts";
import { catchingForce } from "./catching-force.ts";
import { contactGlide } from "./contact-glide.ts";
import { rollWays, type RollWay } from "./roll-ways.ts";
import { strokesOf, type Stroke } from "./stroke-timing.ts";
import type { TrajectorySettings } from "./trajectory-settings.ts";

/** What of the bow's motion is the same however its rolls are timed. */
export interface BowCourse {
  readonly ways: readonly RollWay[];
  readonly strokes: readonly Stroke[];
  /** How far the hair coordinate jumps at each way, and the sums of the jumps before each of them and after all [m]. */
  readonly shiftsM: readonly number[];
  readonly shiftSumsM: readonly number[];
  /** Notes whose force is their own from their onset on. */
  readonly apart: ReadonlySet<number>;
  /** Hair to bridge at a score second [m]. */
  readonly contactAt: (scoreS: number) => number;
  /** Force ÷ planned force at a score second [-]. */
  readonly harder: (scoreS: number) => number;
}

export function bowCourse(
  plan: BowPlan,
  instrument: Instrument,
  settings: TrajectorySettings & { readonly rampS: number },
): BowCourse {
  const ways = rollWays(plan, instrument, settings);
  const shiftsM = ways.map((way) => jumpInto(plan, way));
  const shiftSumsM = [0];
  for (const shiftM of shiftsM) shiftSumsM.push(shiftSumsM.at(-1)! + shiftM);
  return {
    ways,
    strokes: strokesOf(plan, ways, shiftsM, { ...settings, instrument }),
    shiftsM,
    shiftSumsM,
    apart: new Set(ways.filter((way) => way.hop !== undefined || onPair(way)).map(({ to }) => to)),
    contactAt: contactGlide(plan, settings.contactGlideS),
    harder: catchingForce(plan, instrument, settings),
  };
}

/** To or from two strings. */
export const onPair = ({ fromLevel, toLevel }: RollWay): boolean =>
  isPairNumber(fromLevel) || isPairNumber(toLevel);

/** How far the plan lets the hair coordinate jump at a string change [m]; in a lift the hand moves, nothing jumps. */
const jumpInto = ({ notes }: BowPlan, { to, lift }: RollWay): number =>
  lift ? 0 : notes[to]!.bowStartM - notes[to - 1]!.bowEndM;
