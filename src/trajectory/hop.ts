import { KEPT_CLEAR, type NeighbourGap } from "../instrument/neighbour-gap.ts";
import { firstWhere } from "../math/first-where.ts";
import { smoothstep } from "../math/smoothstep.ts";
import type { HairOver } from "./hair-over-strings.ts";

/** Shares of the turn at which a hop begins to leave the old string, bears on it no more, comes to bear on the new one, and has landed on it. */
export interface HopShape {
  readonly leaves: number;
  readonly free: number;
  readonly presses: number;
  readonly landed: number;
  /** Over both strings, when highest [m]. */
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
 * Share of the turn in which a string is let go, or pressed; less where the hair would brush a string that it passes, but never less than
 * this. @source the hops of the shipped pieces: from 0.3 to 0.5 they take the same time, with less they take more
 */
const LET_GO = { most: 0.35, least: 0.1 };
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
  let [letGo, press] = [LET_GO.most, LET_GO.most];
  for (;;) {
    const shape = {
      leaves,
      free: Math.min(leaves + letGo, 0.5),
      presses: Math.max(1 - lands - press, 0.5),
      landed: 1 - lands,
      heightM: hop.heightM,
    };
    const tooLate = (leaves > 0 || letGo > LET_GO.least) && touches(shape, hop.from, [0, 0.5], over);
    const tooEarly = (lands > 0 || press > LET_GO.least) && touches(shape, hop.to, [0.5, 1], over);
    if (!tooLate && !tooEarly) return shape;
    if (tooLate) [leaves, letGo] = sooner(leaves, letGo);
    if (tooEarly) [lands, press] = sooner(lands, press);
  }
}

/** An end of a hop that leaves its string a little sooner, or, where it does so at once, quicker. */
const sooner = (onString: number, letGo: number): readonly [number, number] =>
  onString > 0 ? [Math.max(0, onString - STEP), letGo] : [0, letGo - STEP];

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
    const aboveM = raised(shape, turn) * shape.heightM - pressedShare(shape, turn) * pressedM;
    const leftN = (forceN * Math.max(0, -aboveM)) / pressedM;
    const heightM = over(turn, carriedOver(shape, turn), Math.max(0, aboveM));
    if (heightM - sinkMpN * leftN < KEPT_CLEAR * gapM) return true;
  }
  return false;
}

/** How far the hair is up, 0..1: highest in the middle of its way between the strings. */
export function raised({ leaves, landed }: HopShape, turned: number): number {
  const x = (turned - leaves) / (landed - leaves);
  return smoothstep(2 * Math.min(x, 1 - x));
}

/** How far the hair is pressed in, as a share of what it is on its string, 0..1. */
export const pressedShare = ({ leaves, free, presses, landed }: HopShape, turned: number): number =>
  turned < 0.5
    ? 1 - smoothstep((turned - leaves) / (free - leaves))
    : smoothstep((turned - presses) / (landed - presses));

/** Share of the new string's pressing by which the contact point has arrived [-]: the hair has not met it yet. */
const ARRIVED = 0.2;

/**
 * Share of the way of the contact point: it moves while the hair is off its string, and has arrived before the hair has come down. Any
 * later, the hair would be dragged along the string that it meets.
 */
export const carriedOver = ({ leaves, presses, landed }: HopShape, turned: number): number =>
  smoothstep((turned - leaves) / (presses + ARRIVED * (landed - presses) - leaves));

/**
 * Share of the turn at which the hair, on its way down, meets the new string.
 *
 *     height · raised = pressed · pressedShare
 *
 * @param pressedM how far the hair will be pressed in there [m]
 */
export const meetsString = (shape: HopShape, pressedM: number): number =>
  firstWhere(
    (turned) => pressedShare(shape, turned) * pressedM >= raised(shape, turned) * shape.heightM,
    [shape.presses, shape.landed],
  );
