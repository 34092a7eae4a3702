import { clearShareOfPair } from "../instrument/neighbour-gap.ts";
import { firstWhere } from "../math/first-where.ts";
import { pairOf, pressedFor, type HairPlace } from "../instrument/double-press.ts";
import type { Instrument } from "../instrument/instrument.ts";
import type { PairLevel } from "../score/bow-level.ts";
import type { ScoreNote } from "../score/score.ts";
import type { BowingSettings } from "./bowing-settings.ts";
import { noteForce, type NoteForce } from "./tone.ts";

/** Upper and lower string. */
export type PairForces = readonly [upper: NoteForce, lower: NoteForce];

/** How two strings are bowed together. */
interface PairBow {
  readonly speedMps: number;
  /** Force ÷ what the dynamic asks for [-]. */
  readonly attack: number;
  /** Where the hair lies in it. */
  readonly places: readonly HairPlace[];
}

/**
 * Forces on the strings of a double stop: each by dynamic and string inside its own limits; a little evened out where the bow would have
 * to lean too far off the line through both for it; and all together no more than leaves the strings beside them clear and the cell and
 * the stick allow.
 */
export function pairForces(
  note: ScoreNote,
  level: PairLevel,
  bow: PairBow,
  instrument: Instrument,
  settings: BowingSettings,
): PairForces {
  const { maxForceN } = settings;
  const forces = (even: number, heaviestN: readonly [number, number]): PairForces =>
    forcesAt(note, level, bow, { even, heaviestN }, instrument, settings);
  const even = evening(
    (tried) => leanOf(forces(tried, [maxForceN, maxForceN]), level, bow, instrument),
    settings,
  );
  const wished = forces(even, [maxForceN, maxForceN]);
  const lowToHighN = wished.map(({ forceN }) => forceN).reverse() as [number, number];
  const share = Math.min(
    ...bow.places.map((at) => clearShareOfPair(instrument, level, lowToHighN, at, maxForceN)),
  );
  const [upper, lower] = share >= 1 ? wished : forces(even, [share * lowToHighN[0], share * lowToHighN[1]]);
  return [told(upper, even), told(lower, even)];
}

/** A force that was moved so far that a musician may ask why. */
const told = (force: NoteForce, even: number): NoteForce =>
  force.limit === "dynamic" && Math.abs(Math.log(even)) > WORTH_TELLING
    ? { ...force, limit: "evened" }
    : force;
const WORTH_TELLING = Math.log(1.05);

/** @param how `even`: factor on the upper string's force, divisor of the lower's; `heaviestN`: low to high */
function forcesAt(
  note: ScoreNote,
  level: PairLevel,
  { speedMps, attack, places }: PairBow,
  { even, heaviestN }: { readonly even: number; readonly heaviestN: readonly [number, number] },
  { strings }: Instrument,
  settings: BowingSettings,
): PairForces {
  const [low, high] = pairOf(level);
  const { contactM } = places[0]!;
  const upper = { speedMps, contactM, heaviestN: heaviestN[1], attack: attack * even };
  const lower = { speedMps, contactM, heaviestN: heaviestN[0], attack: attack / even };
  return [
    noteForce(note, strings[high], upper, settings),
    noteForce({ ...note, midi: note.lowerMidi! }, strings[low], lower, settings),
  ];
}

/** How far the bow leans off the line through both strings for some forces, where it leans most; > 0 = towards the lower one [rad]. */
function leanOf(
  [upper, lower]: PairForces,
  level: PairLevel,
  { places }: PairBow,
  instrument: Instrument,
): number {
  const leans = places.map((at) => pressedFor(instrument, level, [lower.forceN, upper.forceN], at).lean_rad);
  return leans.reduce((most, lean) => (Math.abs(lean) > Math.abs(most) ? lean : most));
}

/** Farther from what the dynamic asks for no force is moved for the sake of the lean [-]. @assumed */
const MOST_EVENED = 2;

/** The least evening that brings the lean inside its bound, > 1 where the lower string is pressed too much. */
function evening(leanAt: (even: number) => number, { pairLean_rad }: BowingSettings): number {
  const side = Math.sign(leanAt(1));
  const isEven = (log: number): boolean => side * leanAt(Math.exp(side * log)) <= pairLean_rad;
  return isEven(0) ? 1 : Math.exp(side * firstWhere(isEven, [0, Math.log(MOST_EVENED)]));
}
