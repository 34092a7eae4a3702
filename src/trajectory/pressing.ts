import { soundedStrings, type BowedNote } from "../bowing/bow-plan.ts";
import { contactStiffnessNpm } from "../instrument/contact-stiffness.ts";
import { pressedFor, type HairPlace, type Pressed } from "../instrument/double-press.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { isPairNumber, levelAt, topString } from "../score/bow-level.ts";

/** The bow between two levels, or at rest on one. */
interface Between {
  readonly fromLevel: number;
  readonly toLevel: number;
  /** Share of the contact point's way. */
  readonly shift: number;
}

/** How the hair is pressed in, and how it leans at either level to give two strings their shares. */
export interface LevelPress {
  readonly depthM: number;
  readonly fromLean_rad: number;
  readonly toLean_rad: number;
}

/** Force on the lower string of a double stop ÷ force on the upper one; undefined for a note on one string. */
export const lowerShare = (note: BowedNote): number | undefined =>
  note.lower && note.lower.forceN / note.forceN;

/** Forces on a note's strings, low to high [N]. */
export const forcesOf = (note: BowedNote): readonly number[] =>
  soundedStrings(note)
    .map(({ forceN }) => forceN)
    .reverse();

/**
 * How deep the hair is, between two levels, when each is pressed as its own note asks.
 *
 * @param forcesN on the upper or only string of either level; the same on both where neither has two strings
 * @param shares force on the lower string ÷ on the upper one, at either level; undefined on one string
 */
export function levelPress(
  instrument: Instrument,
  between: Between,
  forcesN: { readonly from: number; readonly to: number },
  shares: { readonly from: number | undefined; readonly to: number | undefined },
  at: HairPlace,
): LevelPress {
  const { fromLevel, toLevel, shift } = between;
  if (fromLevel === toLevel) {
    const { depthM, lean_rad } = pressAt(instrument, fromLevel, forcesN.from, shares.from, at);
    return { depthM, fromLean_rad: lean_rad, toLean_rad: lean_rad };
  }
  if (!isPairNumber(fromLevel) && !isPairNumber(toLevel))
    return {
      depthM: forcesN.from / stiffnessBetween(instrument, between, at),
      fromLean_rad: 0,
      toLean_rad: 0,
    };
  const from = pressAt(instrument, fromLevel, forcesN.from, shares.from, at);
  const to = pressAt(instrument, toLevel, forcesN.to, shares.to, at);
  return {
    depthM: (1 - shift) * from.depthM + shift * to.depthM,
    fromLean_rad: from.lean_rad,
    toLean_rad: to.lean_rad,
  };
}

function pressAt(
  instrument: Instrument,
  level: number,
  forceN: number,
  share: number | undefined,
  at: HairPlace,
): Pressed {
  const forcesN = isPairNumber(level) ? [(share ?? 1) * forceN, forceN] : [forceN];
  return pressedFor(instrument, levelAt(level), forcesN, at);
}

function stiffnessBetween(
  instrument: Instrument,
  { fromLevel, toLevel, shift }: Between,
  at: HairPlace,
): number {
  const from = stiffnessOn(instrument, fromLevel, at);
  return shift === 0 ? from : (1 - shift) * from + shift * stiffnessOn(instrument, toLevel, at);
}

function stiffnessOn({ strings, hair }: Instrument, level: number, { bowM, contactM }: HairPlace): number {
  const { physics, lengthM: stringLengthM } = strings[topString(levelAt(level))];
  return contactStiffnessNpm(physics, { bowM, contactM, stringLengthM, hairLengthM: hair.lengthM });
}
