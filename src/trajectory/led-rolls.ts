import { turnsInto, type BowPlan } from "../bowing/bow-plan.ts";
import type { Crossing } from "./crossing.ts";
import {
  changedRolls,
  followChanged,
  rollsWith,
  stretchRolls,
  type ChangedRoll,
  type FollowedRolls,
} from "./followed-rolls.ts";
import type { MusicContext, SampledPath } from "./plan-trajectory.ts";
import { postureOf } from "./posture-controls.ts";
import { AS_WISHED, type RollTimings } from "./roll-timing.ts";
import { excessIn } from "./stretched-rolls.ts";
import type { TrajectorySettings } from "./trajectory-settings.ts";

/** A lead that asks too much of the arm is tried at so much of it, and given up below this [-], [s]. */
const LESS = 0.75;
const LEAST_LEAD_S = 0.003;
/** Joints are differenced over so many samples around each: a roll is felt so far beyond its ends. */
const FELT = 4;
/** What a roll asks is alike within this [-]. */
const ALIKE = 1e-3;

/** Leads by the index of the note that a roll leads to [s]. */
type Leads = ReadonlyMap<number, number>;

/**
 * The same path with rolls that lead the bow changes they go with, as players' do: the bow leans to the next string a little before it
 * turns. Posture and all between the rolls stay as they are. A roll leads as far as it is easy for every joint, or asks no more than it
 * asked before.
 *
 * @param but notes whose rolls stay as they are
 * @returns `path` itself where no roll can lead
 */
export function ledRolls<Path extends FollowedRolls>(
  path: Path,
  plan: BowPlan,
  context: MusicContext,
  but: ReadonlySet<number>,
): Path {
  let leads: Leads = wantedLeads(path.motion.crossings, plan, context.settings, but);
  let led: FollowedRolls = { ...path, path: { ...path.path, q_rad: path.path.q_rad.slice() } };
  while (leads.size > 0) {
    const next = withLeads(led, leads, path.timings, plan, context);
    if (!next) return path;
    led = next;
    const tooMuch = changedRolls(path.motion.crossings, led.motion.crossings).filter((roll) =>
      asksMore(roll, led.path, path.path, context),
    );
    if (tooMuch.length === 0) return { ...path, ...led };
    leads = lessened(leads, tooMuch, led.motion.crossings);
  }
  return path;
}

/** Only a roll to a neighbour leads: over strings in between, the bow has turned half-way long before it lands. */
function wantedLeads(
  crossings: readonly Crossing[],
  { notes }: BowPlan,
  { crossingLead }: TrajectorySettings,
  but: ReadonlySet<number>,
): Leads {
  const leads = crossings.flatMap(({ to, hop, lift }): [number, number][] => {
    const [before, after] = [notes[to - 1]!, notes[to]!];
    if (but.has(to) || hop || lift || !turnsInto(before, after)) return [];
    const cycleS = after.endS - before.startS;
    const leadS = Math.min(crossingLead.mostS, crossingLead.cycleShare * cycleS);
    return leadS < LEAST_LEAD_S ? [] : [[to, leadS]];
  });
  return new Map(leads);
}

/**
 * Rolls with these leads, as long as the joints ask for them; those without as they were.
 *
 * @param led the rolls with other leads; its path is written to
 * @param before timings of all rolls without leads
 * @returns undefined where the arm cannot follow
 */
function withLeads(
  led: FollowedRolls,
  leads: Leads,
  before: RollTimings,
  plan: BowPlan,
  context: MusicContext,
): FollowedRolls | undefined {
  const { motion, controls, path } = led;
  const timings = new Map(before);
  for (const [to, leadS] of leads) timings.set(to, { ...(led.timings.get(to) ?? AS_WISHED), leadS });
  const rolls = rollsWith(timings, plan, context, motion);
  const posture = postureOf(controls, motion.startS, context.settings.posture.gridS);
  const changed = followChanged(motion, rolls.motion, path, posture, context);
  if (!changed.ok) return undefined;
  const looked = changed.value.map(({ crossing }) => crossing);
  const stretched = stretchRolls(rolls, looked, path, posture, plan, context, false);
  return stretched.ok ? { ...led, ...stretched.value } : undefined;
}

/** Whether a joint is asked for more around a roll than is easy, and for more than before. */
function asksMore(
  { fromS, toS }: ChangedRoll,
  led: SampledPath,
  before: SampledPath,
  context: MusicContext,
): boolean {
  const around = { startS: fromS - FELT * led.sampleS, endS: toS + FELT * led.sampleS };
  const asked = (path: SampledPath): number =>
    excessIn(around, path, context, context.settings.easyLimitShare);
  const now = asked(led);
  return now > 1 && now > asked(before) * (1 + ALIKE);
}

/** Shorter leads for rolls that ask too much; where such a one leads no more, for those nearest to it that do. */
function lessened(leads: Leads, tooMuch: readonly ChangedRoll[], crossings: readonly Crossing[]): Leads {
  const less = new Map(leads);
  for (const { crossing } of tooMuch)
    for (const to of nearestLeading(crossing, leads, crossings)) {
      const leadS = LESS * leads.get(to)!;
      if (leadS < LEAST_LEAD_S) less.delete(to);
      else less.set(to, leadS);
    }
  return less;
}

/** The roll itself, or those as many rolls before and after it as the nearest that leads: rolls take their time from each other. */
function nearestLeading({ to }: Crossing, leads: Leads, crossings: readonly Crossing[]): readonly number[] {
  const at = crossings.findIndex((roll) => roll.to === to);
  for (let away = 0; away < crossings.length; away++) {
    const found = [crossings[at - away], crossings[at + away]].flatMap((roll) =>
      roll && leads.has(roll.to) ? [roll.to] : [],
    );
    if (found.length > 0) return found;
  }
  return [];
}
