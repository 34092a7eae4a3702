import type { Cell } from "../collision/cell.ts";
import {
  CLEARANCE_SETTINGS,
  makeClearanceCheck,
  type ClearanceCheck,
  type ClearanceSettings,
} from "../collision/clearance.ts";
import { makeScene } from "../collision/collision-scene.ts";
import { makeFindWall, type FindWall } from "../collision/joint-walls.ts";
import { makeWideningCheck, type WideningCheck } from "../collision/widening.ts";
import type { Instrument } from "../instrument/instrument.ts";
import type { Profile } from "./profile.ts";

/** What a clearance check is made of. */
export interface ClearanceContext {
  readonly instrument: Instrument;
  readonly cell: Cell;
  readonly profile: Pick<Profile, "limits">;
}

/** The check that the music's path is held to: hair may lie on strings. */
export const clearanceFor = (context: ClearanceContext): ClearanceCheck =>
  makeClearanceCheck(context.instrument, context.cell, musicSettings(context));

/** The check for the way out of a place where something is too near: only farther from that, and near to nothing else. */
export const wideningFor = (context: ClearanceContext): WideningCheck =>
  makeWideningCheck(context.instrument, context.cell, musicSettings(context));

const musicSettings = ({ profile: { limits } }: ClearanceContext): ClearanceSettings => ({
  ...CLEARANCE_SETTINGS,
  requiredM: limits.clearanceM,
  stickOverStringM: Math.min(limits.stickOverStringM, limits.clearanceM),
});

/**
 * The look for what no way passes, as free motion is checked.
 *
 * @param leastM the narrowest way that is looked for
 */
export const wallsFor = ({ instrument, cell }: ClearanceContext, leastM: number): FindWall =>
  makeFindWall(makeScene(instrument, cell, CLEARANCE_SETTINGS.sizes, false), leastM);

/** The check for free motion: nothing may be touched, hair on strings included. */
export const freeClearance = ({ instrument, cell, profile: { limits } }: ClearanceContext): ClearanceCheck =>
  makeClearanceCheck(instrument, cell, {
    ...CLEARANCE_SETTINGS,
    requiredM: limits.clearanceM,
    stickOverStringM: limits.clearanceM,
    hairMayTouch: false,
  });
