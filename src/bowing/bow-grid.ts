import type { Instrument, ArmEase } from "../instrument/instrument.ts";
import { eachLevel, stringsOf, type BowLevel } from "../score/bow-level.ts";
import { STRING_NAMES, type StringName } from "../score/score.ts";
import type { BowingSettings } from "./bowing-settings.ts";
import type { AirEffort } from "./costs.ts";
import { crossingShiftM } from "./crossing-shift.ts";

/**
 * Bow positions as whole steps of *hand* position.
 *
 * The hand position is the hair coordinate with every string's crossing shift taken off:
 *
 *     h = u − offset(string)
 *
 * so h runs on without a jump when the bow rolls to another string, and the whole piece lives on one grid. On two strings
 * the hair is measured half-way between them.
 */
export interface BowGrid {
  readonly binM: number;
  /** Hand position of bin 0 [m]. */
  readonly originM: number;
  readonly bins: number;
  readonly offsetM: Readonly<Record<BowLevel, number>>;
  /** First and last usable bin per level; of two strings, what both can use. */
  readonly window: Readonly<Record<BowLevel, BinWindow>>;
  /** Inclination of the bow on the middle of each level [rad]. */
  readonly inclination_rad: Readonly<Record<BowLevel, number>>;
  /** How the arm follows the bow, along every string, and in the air. */
  readonly ease: Readonly<Record<StringName, ArmEase>>;
  readonly airEffort: AirEffort;
}

/** The middle of the arm's efforts over all strings and places. */
function airEffortOf({ strings }: Instrument): AirEffort {
  const all = STRING_NAMES.map((name) => strings[name]);
  const step_rad = (all[0]!.window.centre_rad - all[3]!.window.centre_rad) / 3;
  const middle = (values: readonly number[]): number =>
    [...values].sort((a, b) => a - b)[values.length >> 1]!;
  return {
    turnRadpm: middle(all.flatMap(({ ease }) => ease.bow)),
    turnPerString_rad: Math.abs(step_rad) * middle(all.flatMap(({ ease }) => ease.roll)),
  };
}

export interface BinWindow {
  readonly first: number;
  readonly last: number;
}

/** The usable bow of every string, on one grid. */
export function bowGrid(instrument: Instrument, settings: BowingSettings): BowGrid {
  const { binM, edgeMarginM } = settings;
  const shiftM = eachString((name) => crossingShiftM(instrument, "C", name, crossingContactM(settings)));
  const offsetM = eachLevel((level) => mean(stringsOf(level).map((name) => shiftM[name])));
  const usable = eachString((name) => {
    const { playable } = instrument.strings[name];
    const lowM = Math.max(playable.fromM, 0) + edgeMarginM;
    const highM = Math.min(playable.toM, instrument.hair.lengthM) - edgeMarginM;
    return { lowM: lowM - shiftM[name], highM: highM - shiftM[name] };
  });
  const originM = Math.min(...STRING_NAMES.map((name) => usable[name].lowM));
  const window = eachLevel((level) => {
    const both = stringsOf(level).map((name) => usable[name]);
    return {
      first: Math.ceil((Math.max(...both.map(({ lowM }) => lowM)) - originM) / binM - 1e-9),
      last: Math.floor((Math.min(...both.map(({ highM }) => highM)) - originM) / binM + 1e-9),
    };
  });
  const bins = Math.max(1, ...STRING_NAMES.map((name) => window[name].last + 1));
  const ease = eachString((name) => instrument.strings[name].ease);
  const inclination_rad = eachLevel((level) =>
    mean(stringsOf(level).map((name) => instrument.strings[name].window.centre_rad)),
  );
  const airEffort = airEffortOf(instrument);
  return { binM, originM, bins, offsetM, window, inclination_rad, ease, airEffort };
}

/** Where on the strings the plan takes its crossing shifts: the middle of the contact window [m]. */
export const crossingContactM = ({ contactWindowM }: Pick<BowingSettings, "contactWindowM">): number =>
  (contactWindowM.min + contactWindowM.max) / 2;

/** Hair at a level's contact when the hand is at `bin`, which need not be whole [m]. */
export const bowAtBinM = (grid: BowGrid, level: BowLevel, bin: number): number =>
  grid.originM + bin * grid.binM + grid.offsetM[level];

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

/** Place of a bin in the usable bow of a level: 0 at its frog end, 1 at its tip end [-]. */
export const shareOfWindow = ({ first, last }: BinWindow, bin: number): number =>
  (bin - first) / Math.max(1, last - first);

export const eachString = <T>(make: (name: StringName) => T): Readonly<Record<StringName, T>> => ({
  C: make("C"),
  G: make("G"),
  D: make("D"),
  A: make("A"),
});
