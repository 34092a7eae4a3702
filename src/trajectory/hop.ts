import { KEPT_CLEAR, type NeighbourGap } from "../instrument/neighbour-gap.ts";
import { firstWhere } from "../math/first-where.ts";
import { smoothstep } from "../math/smoothstep.ts";
import type { HairOver } from "./hair-over-strings.ts";

/** Shares of the turn at which a hop leaves the old string, is up, comes down and has landed on the new one. */
export interface HopShape {
  readonly leaves: number;
  readonly up: number;
  readonly down: number;
  readonly landed: number;
  readonly heightM: number;
}

/** The bow on one end of a hop, and its neighbour on the way. */
export interface HopEnd extends NeighbourGap {
  readonly forceN: number;
  /** How far the hair is pressed in by it [m]. */
  readonly pressedM: number;
  /** Two strings bear it: it cannot turn without leaving one of them. */
  readonly onPair: boolean;
}

/**
 * Share of the turn from leaving to being up. @source the hops of the shipped pieces in both cells: more is gentler to the joints and so
 * sooner over, but from 0.5 the hair brushes strings that it passes
 */
const RISE = 0.33;
const STEP = 0.01;

/**
 * The shape of a hop over strings in between: the bow turns towards its neighbour while it still sounds, as long as it does
 * not touch it.
 *
 * @param strings strings on, 2 or 3
 * @param hop `heightM`: over both strings, when up [m]
 * @param over how high an unpressed hair is over the strings in between
 */
export function hopShape(
  strings: number,
  hop: { readonly from: HopEnd; readonly to: HopEnd; readonly heightM: number },
  over: HairOver,
): HopShape {
  // A neighbour is reached half-way to its own window: farther the bow cannot turn on its string.
  const half = 1 / (2 * strings);
  let [leaves, lands] = [hop.from.onPair ? 0 : half, hop.to.onPair ? 0 : half];
  for (;;) {
    const shape = {
      leaves,
      up: leaves + RISE,
      down: 1 - lands - RISE,
      landed: 1 - lands,
      heightM: hop.heightM,
    };
    const tooLate = leaves > 0 && touches(shape, hop.from, [0, 0.5], over);
    const tooEarly = lands > 0 && touches(shape, hop.to, [0.5, 1], over);
    if (!tooLate && !tooEarly) return shape;
    if (tooLate) leaves = Math.max(0, leaves - STEP);
    if (tooEarly) lands = Math.max(0, lands - STEP);
  }
}

/**
 * Whether the hair comes too near to a string in between in a part of the turn: it is nearer the farther the bow has turned,
 * farther the higher it is, and nearer again by what force is left.
 *
 *     height over the string − sink · force left  <  KEPT_CLEAR · gap
 */
function touches(
  shape: HopShape,
  { forceN, pressedM, gapM, sinkMpN }: HopEnd,
  [first, last]: readonly [number, number],
  over: HairOver,
): boolean {
  for (let turn = first; turn <= last; turn += STEP) {
    const off = offString(shape, turn);
    const aboveM = off * shape.heightM - (1 - off) * pressedM;
    const leftN = (forceN * Math.max(0, -aboveM)) / pressedM;
    const heightM = over(turn, carriedOver(shape, turn), Math.max(0, aboveM));
    if (heightM - sinkMpN * leftN < KEPT_CLEAR * gapM) return true;
  }
  return false;
}

/** How far the hair is off the strings, 0..1: up, across, down. @param turned share of the turn */
export const offString = ({ leaves, up, down, landed }: HopShape, turned: number): number =>
  Math.min(smoothstep((turned - leaves) / (up - leaves)), smoothstep((landed - turned) / (landed - down)));

/**
 * Share of the way of the contact point: it moves while the hair is off its string, and has arrived when the hair is half-way down. Any
 * later, the hair would be dragged along the string that it meets.
 */
export const carriedOver = ({ leaves, down, landed }: HopShape, turned: number): number =>
  smoothstep((turned - leaves) / ((down + landed) / 2 - leaves));

/**
 * Share of the turn at which the hair, on its way down, meets the new string.
 *
 *     height · off = pressed · (1 − off)
 *
 * @param pressedM how far the hair will be pressed in there [m]
 */
export function meetsString(shape: HopShape, pressedM: number): number {
  const off = pressedM / (pressedM + shape.heightM);
  return firstWhere((turned) => offString(shape, turned) <= off, [shape.down, shape.landed]);
}
