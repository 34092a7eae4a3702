import type { BowedNote, BowPlan, Lift } from "../bowing/bow-plan.ts";
import { smoothstep } from "../math/smoothstep.ts";
import { STRING_NAMES } from "../score/score.ts";
import type { TrajectorySettings } from "./trajectory-settings.ts";

/** The bow rolls from one string to another. Times are score seconds. */
export interface Crossing {
  /** Index in `BowPlan.notes` of the note it leads to. */
  readonly to: number;
  /** String numbers, 0 = C … 3 = A. */
  readonly fromString: number;
  readonly toString: number;
  readonly startS: number;
  readonly endS: number;
  /** In the air, inside a lift. */
  readonly lifted: boolean;
}

/** Where along a hop (0..1) the hair meets the new string: the moment that must fall on the note's onset. */
const HOP_LANDS_AT = 0.78;
/** Where the hop leaves the old string, and how far it is in the air: eased share of the roll. */
const HOP_SHARE = { from: 0.08, to: 0.92 };

/**
 * When the bow rolls between strings: centred on the onset of the new note, inside the notes and rests around it.
 *
 * Half-way through a roll over neighbouring strings the hair lies on both; that moment is the onset. A roll over a
 * string in between hops; its landing is the onset.
 */
export function planCrossings(plan: BowPlan, settings: TrajectorySettings): readonly Crossing[] {
  const crossings: Crossing[] = [];
  for (let to = 1; to < plan.notes.length; to++) {
    const [before, after] = [plan.notes[to - 1]!, plan.notes[to]!];
    const [fromString, toString] = [STRING_NAMES.indexOf(before.string), STRING_NAMES.indexOf(after.string)];
    if (fromString === toString) continue;
    const lift = plan.lifts.find((l) => l.before === to);
    const window = lift ? inLift(lift) : onStrings(before, after, Math.abs(toString - fromString), settings);
    crossings.push({ to, fromString, toString, ...window, lifted: lift !== undefined });
  }
  return crossings;
}

const inLift = (lift: Lift): { startS: number; endS: number } => {
  const length = lift.endS - lift.startS;
  return { startS: lift.startS + 0.1 * length, endS: lift.endS - 0.1 * length };
};

function onStrings(before: BowedNote, after: BowedNote, strings: number, settings: TrajectorySettings) {
  const gapS = after.startS - before.endS;
  const share = settings.crossingShare;
  const landsAt = strings === 1 ? 0.5 : HOP_LANDS_AT;
  const room = Math.min(
    (gapS + share * (before.endS - before.startS)) / landsAt,
    (share * (after.endS - after.startS)) / (1 - landsAt),
  );
  const lengthS = Math.min(settings.crossingS[strings - 1]!, Math.max(room, 0));
  // With a rest before the note, the roll ends as far before the onset as the rest allows, and is over by the onset.
  const endS = after.startS + Math.max(0, (1 - landsAt) * lengthS - gapS);
  return { startS: endS - lengthS, endS };
}

/** Share of the way from the old string to the new, 0..1, at rest at both ends. */
export const rolled = (crossing: Crossing, scoreS: number): number =>
  smoothstep((scoreS - crossing.startS) / (crossing.endS - crossing.startS));

/** Bell over the middle of a roll: 0 at both ends, 1 half-way. */
export function rollBell(crossing: Crossing, scoreS: number): number {
  const x = rolled(crossing, scoreS);
  return 16 * x * x * (1 - x) * (1 - x);
}

/** How high the hair hops over a string in between, as a share of the hop's height. */
export function hopShare(crossing: Crossing, scoreS: number): number {
  if (crossing.lifted || Math.abs(crossing.toString - crossing.fromString) < 2) return 0;
  const x = (rolled(crossing, scoreS) - HOP_SHARE.from) / (HOP_SHARE.to - HOP_SHARE.from);
  if (x <= 0 || x >= 1) return 0;
  const bell = 4 * x * (1 - x);
  return bell * bell * (3 - 2 * bell);
}
