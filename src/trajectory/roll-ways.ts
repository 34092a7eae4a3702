import { levelOf, type BowedNote, type BowPlan, type Lift } from "../bowing/bow-plan.ts";
import { pressedFor } from "../instrument/double-press.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { levelNumber } from "../score/bow-level.ts";
import { doubleStopShare } from "./double-stop.ts";
import { hairOverStrings } from "./hair-over-strings.ts";
import { hopEnd } from "./hop-end.ts";
import { hopShape, meetsString, type HopShape } from "./hop.ts";
import { noteLeans } from "./note-leans.ts";
import { pairMeets, pairMetInHop } from "./pair-meets.ts";
import { forcesOf } from "./pressing.ts";
import { rollRiseM, standOutM, stringsHopped } from "./strings-between.ts";
import type { TrajectorySettings } from "./trajectory-settings.ts";

/** How the bow rolls from one string to another, however long it takes. */
export interface RollWay {
  /** Index in `BowPlan.notes` of the note it leads to. */
  readonly to: number;
  /** Levels of the bow, 0 = C … 3 = A, two strings half-way between them. */
  readonly fromLevel: number;
  readonly toLevel: number;
  /** In the air, inside a lift; undefined = on the strings. */
  readonly lift: Lift | undefined;
  /** Over strings in between, on the strings: off the old one, across, and down on the new one. */
  readonly hop: HopShape | undefined;
  /** Share of the turn at which the new note's strings are reached. */
  readonly meets: number;
  /** On the strings, to or from two of them: how high the contact point rises over its straight way, at its middle [m]; else 0. */
  readonly riseM: number;
  /** Inclination of the bow off the middle of the old string's window as the roll begins, and of the new one's as it ends [rad]. */
  readonly fromLean_rad: number;
  readonly toLean_rad: number;
}

type Levels = Pick<RollWay, "fromLevel" | "toLevel" | "fromLean_rad" | "toLean_rad">;

/** Every roll of a plan, in order. */
export function rollWays(
  plan: BowPlan,
  instrument: Instrument,
  settings: TrajectorySettings,
): readonly RollWay[] {
  const leans = noteLeans(plan, settings);
  return plan.notes.flatMap((after, to): readonly RollWay[] => {
    const before = plan.notes[to - 1];
    if (!before || levelOf(before) === levelOf(after)) return [];
    const [fromLevel, toLevel] = [levelNumber(levelOf(before)), levelNumber(levelOf(after))];
    const levels = { fromLevel, toLevel, fromLean_rad: leans[to - 1]!, toLean_rad: leans[to]! };
    const lift = plan.lifts.find((l) => l.before === to);
    if (lift) return [{ to, ...levels, lift, hop: undefined, meets: 0.5, riseM: 0 }];
    return [{ to, ...levels, lift, ...onStrings(levels, before, after, instrument, settings) }];
  });
}

function onStrings(
  levels: Levels,
  before: BowedNote,
  after: BowedNote,
  instrument: Instrument,
  settings: TrajectorySettings,
): Pick<RollWay, "hop" | "meets" | "riseM"> {
  const hop = hopOver(levels, before, after, instrument, settings);
  if (hop) return { hop, meets: metInHop(hop, before, after, instrument), riseM: 0 };
  if (!before.lower && !after.lower)
    return { hop, meets: doubleStopShare(instrument, levels.fromLevel, levels.toLevel, levels), riseM: 0 };
  const riseM = rollRiseM(levels, after.contactM, instrument);
  return { hop, meets: pairMeets(before, after, instrument), riseM };
}

function hopOver(
  way: Levels,
  before: BowedNote,
  after: BowedNote,
  instrument: Instrument,
  { hopM }: TrajectorySettings,
): HopShape | undefined {
  const hopped = stringsHopped(way);
  if (hopped.length === 0) return undefined;
  const [first, last] =
    way.fromLevel < way.toLevel ? [hopped[0]!, hopped.at(-1)!] : [hopped.at(-1)!, hopped[0]!];
  const from = hopEnd(before, before.bowEndM, first, instrument);
  const to = hopEnd(after, after.bowStartM, last, instrument);
  const heightM = hopM + standOutM(way, hopped, after.contactM, instrument);
  return hopShape(
    Math.abs(way.toLevel - way.fromLevel),
    { from, to, heightM },
    hairOverStrings(way, after.contactM, instrument),
  );
}

/** Share of a hop's turn at which it has met every string of its note. */
function metInHop(hop: HopShape, before: BowedNote, after: BowedNote, instrument: Instrument): number {
  const at = { bowM: after.bowStartM, contactM: after.contactM };
  const { depthM } = pressedFor(instrument, levelOf(after), forcesOf(after), at);
  return after.lower ? pairMetInHop(hop, before, after, depthM, instrument) : meetsString(hop, depthM);
}
