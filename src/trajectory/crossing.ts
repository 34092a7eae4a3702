import type { BowedNote, BowPlan, Lift } from "../bowing/bow-plan.ts";
import { smoothstep, smoothstepIntegral } from "../math/smoothstep.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { STRING_NAMES } from "../score/score.ts";
import { doubleStopShare } from "./double-stop.ts";
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

/**
 * A roll over neighbouring strings has both under the hair half-way. A hop over strings in between turns a little on the
 * old string, is in the air, and turns the last bit on the new one. Shares of the turn: where it leaves, is up, comes
 * down, has landed; and where the hair, on its way down, meets the new string.
 */
const HOP = { leaves: 0.03, up: 0.32, down: 0.7, landed: 0.97, meets: 0.86 };

/**
 * When the bow rolls between strings: centred on the onset of the new note, inside the notes and rests around it.
 *
 * Somewhere half-way through a roll over neighbouring strings the hair lies on both alike; that moment is the onset. A roll over a
 * string in between hops; its landing is the onset.
 *
 * @param stretch how much longer than `settings.crossingS` each roll wants to be, by the index of its note; the notes
 *   and rests around it bound what it gets
 */
export function planCrossings(
  plan: BowPlan,
  settings: TrajectorySettings,
  stretch: ReadonlyMap<number, number>,
  instrument: Instrument,
): readonly Crossing[] {
  const crossings: Crossing[] = [];
  for (let to = 1; to < plan.notes.length; to++) {
    const [before, after] = [plan.notes[to - 1]!, plan.notes[to]!];
    const [fromString, toString] = [STRING_NAMES.indexOf(before.string), STRING_NAMES.indexOf(after.string)];
    if (fromString === toString) continue;
    const lift = plan.lifts.find((l) => l.before === to);
    const wishS = settings.crossingS[Math.abs(toString - fromString) - 1]! * (stretch.get(to) ?? 1);
    const window = lift
      ? inLift(lift)
      : onStrings(
          {
            before,
            after,
            wishS,
            freeFromS: crossings.at(-1)?.endS ?? -Infinity,
            meets:
              Math.abs(toString - fromString) > 1
                ? HOP.meets
                : doubleStopShare(instrument, fromString, toString, {
                    bowM: after.bowStartM,
                    contactM: after.contactM,
                  }),
          },
          settings,
        );
    crossings.push({ to, fromString, toString, ...window, lifted: lift !== undefined });
  }
  return crossings;
}

const inLift = (lift: Lift): { startS: number; endS: number } => {
  const length = lift.endS - lift.startS;
  return { startS: lift.startS + 0.1 * length, endS: lift.endS - 0.1 * length };
};

function onStrings(
  at: { before: BowedNote; after: BowedNote; wishS: number; freeFromS: number; meets: number },
  settings: TrajectorySettings,
) {
  const { before, after, wishS, meets } = at;
  const strings = Math.abs(STRING_NAMES.indexOf(after.string) - STRING_NAMES.indexOf(before.string));
  const gapS = after.startS - before.endS;
  const share = strings === 1 ? settings.crossingShare.before : settings.hopShareBefore;
  // The shape of the turn depends on its length: room enough for either shape.
  const [early, late] = [whenTurned(meets, 0), whenTurned(meets, LONG_ROLL_S)].sort((a, b) => a - b) as [
    number,
    number,
  ];
  const earliestS = Math.max(at.freeFromS, before.endS - share * (before.endS - before.startS));
  const room = Math.min(
    (after.startS - earliestS) / late,
    (settings.crossingShare.after * (after.endS - after.startS)) / (1 - early),
  );
  const lengthS = Math.min(wishS, Math.max(room, 0));
  const landsAt = whenTurned(meets, lengthS);
  // With a rest before the note, the roll ends as far before the onset as the rest allows, and is over by the onset.
  const endS = after.startS + Math.max(0, (1 - landsAt) * lengthS - gapS);
  return { startS: endS - lengthS, endS };
}

/** Share of the turn from the old string to the new, 0..1, at rest at both ends. */
export function turned(crossing: Crossing, scoreS: number): number {
  const lengthS = crossing.endS - crossing.startS;
  return turnShape((scoreS - crossing.startS) / lengthS, lengthS);
}

const turnShape = (x: number, lengthS: number): number => (lengthS < LONG_ROLL_S ? smoothstep(x) : cruise(x));

/** Share of a roll's time at which a share of its turn is done. */
function whenTurned(share: number, lengthS: number): number {
  let [low, high] = [0, 1];
  for (let i = 0; i < 30; i++) {
    const middle = (low + high) / 2;
    if (turnShape(middle, lengthS) < share) low = middle;
    else high = middle;
  }
  return low;
}

/** Rolls this long are bounded by joint speed, not acceleration: they cruise in the middle. @assumed */
const LONG_ROLL_S = 0.55;
const CRUISE_RAMP = 0.25;

/** 0 → 1 at even speed between two ramps; peak slope 1/(1 − r) instead of 15/8. */
function cruise(x: number): number {
  const r = CRUISE_RAMP;
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x < r) return (r * smoothstepIntegral(x / r)) / (1 - r);
  if (x > 1 - r) return 1 - (r * smoothstepIntegral((1 - x) / r)) / (1 - r);
  return (x - r / 2) / (1 - r);
}

/** Share of the way of the contact point from the old string to the new. In a hop it moves only while in the air. */
export const shifted = (crossing: Crossing, scoreS: number): number =>
  isHop(crossing) ? smoothstep(inAir(crossing, scoreS)) : turned(crossing, scoreS);

/** Bell over the middle of a roll: 0 at both ends, 1 half-way; 0 throughout in a hop, which lifts instead. */
export function rollBell(crossing: Crossing, scoreS: number): number {
  if (isHop(crossing)) return 0;
  const x = turned(crossing, scoreS);
  return 16 * x * x * (1 - x) * (1 - x);
}

/** How far the hair is off the strings in a hop, 0..1: up, across, down. */
export function hopShare(crossing: Crossing, scoreS: number): number {
  if (!isHop(crossing)) return 0;
  const x = turned(crossing, scoreS);
  return Math.min(
    smoothstep((x - HOP.leaves) / (HOP.up - HOP.leaves)),
    smoothstep((HOP.landed - x) / (HOP.landed - HOP.down)),
  );
}

const isHop = (crossing: Crossing): boolean =>
  !crossing.lifted && Math.abs(crossing.toString - crossing.fromString) > 1;

const inAir = (crossing: Crossing, scoreS: number): number =>
  Math.min(1, Math.max(0, (turned(crossing, scoreS) - HOP.leaves) / (HOP.landed - HOP.leaves)));
