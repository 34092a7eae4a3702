import type { Cell } from "../collision/cell.ts";
import {
  CLEARANCE_SETTINGS,
  makeClearanceCheck,
  type ClearanceCheck,
  type ClearanceSettings,
} from "../collision/clearance.ts";
import { makeScene, type CollisionScene } from "../collision/collision-scene.ts";
import { makeJointWalls, type JointWalls } from "../collision/joint-walls.ts";
import { makeUpperArmTurns, type UpperArmTurns } from "../collision/upper-arm-turns.ts";
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
export const clearanceFor = ({ instrument, cell, profile: { limits } }: ClearanceContext): ClearanceCheck =>
  makeClearanceCheck(instrument, cell, {
    ...CLEARANCE_SETTINGS,
    requiredM: limits.clearanceM,
    stickOverStringM: Math.min(limits.stickOverStringM, limits.clearanceM),
  });

/** The check for the way out of a place where something is too near: only farther from that, and near to nothing else. */
export const wideningFor = (context: ClearanceContext): WideningCheck =>
  makeWideningCheck(context.instrument, context.cell, freeSettings(context));

/** What no joint passes, as free motion is checked. */
export const wallsFor = (context: ClearanceContext): JointWalls =>
  makeJointWalls(freeScene(context), context.profile.limits.clearanceM);

/** How base and shoulder can turn, as free motion is checked. */
export const upperArmTurnsFor = (context: ClearanceContext): UpperArmTurns =>
  makeUpperArmTurns(freeScene(context), context.profile.limits.clearanceM);

const freeScene = ({ instrument, cell }: ClearanceContext): CollisionScene =>
  makeScene(instrument, cell, CLEARANCE_SETTINGS.sizes, false);

/** The check for free motion: nothing may be touched, hair on strings included. */
export const freeClearance = (context: ClearanceContext): ClearanceCheck =>
  makeClearanceCheck(context.instrument, context.cell, freeSettings(context));

const freeSettings = ({ profile: { limits } }: ClearanceContext): ClearanceSettings => ({
  ...CLEARANCE_SETTINGS,
  requiredM: limits.clearanceM,
  stickOverStringM: limits.clearanceM,
  hairMayTouch: false,
});
