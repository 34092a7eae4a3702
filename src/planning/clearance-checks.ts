import type { Cell } from "../collision/cell.ts";
import { CLEARANCE_SETTINGS, makeClearanceCheck, type ClearanceCheck } from "../collision/clearance.ts";
import type { Instrument } from "../instrument/instrument.ts";
import type { Profile } from "./profile.ts";

/** What a clearance check is made of. */
export interface ClearanceContext {
  readonly instrument: Instrument;
  readonly cell: Cell;
  readonly profile: Pick<Profile, "limits">;
}

/** The check that the music's path is held to: hair may lie on strings. */
export const clearanceFor = ({ instrument, cell, profile: { limits } }: ClearanceContext): ClearanceCheck =>
  makeClearanceCheck(instrument, cell, {
    ...CLEARANCE_SETTINGS,
    requiredM: limits.clearanceM,
    stickOverStringM: Math.min(limits.stickOverStringM, limits.clearanceM),
  });

/** The check for free motion: nothing may be touched, hair on strings included. */
export const freeClearance = ({ instrument, cell, profile: { limits } }: ClearanceContext): ClearanceCheck =>
  makeClearanceCheck(instrument, cell, {
    ...CLEARANCE_SETTINGS,
    requiredM: limits.clearanceM,
    stickOverStringM: limits.clearanceM,
    hairMayTouch: false,
  });
