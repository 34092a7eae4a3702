import { smoothstep } from "../math/smoothstep.ts";

/** Shares of the turn at which a hop leaves the old string, is up, comes down and has landed on the new one. */
export interface HopShape {
  readonly leaves: number;
  readonly up: number;
  readonly down: number;
  readonly landed: number;
  readonly heightM: number;
}

/** The bow on one end of a hop, and its neighbour on the way. */
export interface HopEnd {
  readonly forceN: number;
  /** How far the hair is pressed in by it [m]. */
  readonly pressedM: number;
  /** From the unpressed hair to the neighbour, with the bow in the middle of its window [m]. */
  readonly gapM: number;
  /** How much nearer to the neighbour each newton brings the hair [m/N]. */
  readonly sinkMpN: number;
}

/** Share of the turn from leaving to being up. @assumed */
const RISE = 0.3;
/** The neighbour may be approached to this share of the gap [-]. */
const NEAR = 0.2;
const STEP = 0.01;

/**
 * The shape of a hop over strings in between: the bow turns towards its neighbour while it still sounds, as long as it does
 * not touch it.
 *
 * @param strings strings on, 2 or 3
 * @param heightM over both strings, when up [m]
 */
export function hopShape(strings: number, from: HopEnd, to: HopEnd, heightM: number): HopShape {
  const window = 1 / (2 * strings);
  const [leaves, lands] = [from, to].map((end) => latestLeave(end, window, heightM)) as [number, number];
  return { leaves, up: leaves + RISE, down: 1 - lands - RISE, landed: 1 - lands, heightM };
}

/** Latest share of the turn at which the bow can leave its string without touching its neighbour; 0 where none is free. */
function latestLeave(end: HopEnd, window: number, heightM: number): number {
  for (let leaves = window; leaves > 0; leaves -= STEP)
    if (staysClear(end, leaves, window, heightM)) return leaves;
  return 0;
}

/**
 * Whether the neighbour stays clear while the bow turns over it: the gap closes as the bow turns, opens as it lifts, and is
 * narrowed by what force is left.
 *
 *     gap · (1 − turn/window) + height above the string − sink · force left  ≥  NEAR · gap
 */
function staysClear(
  { forceN, pressedM, gapM, sinkMpN }: HopEnd,
  leaves: number,
  window: number,
  heightM: number,
) {
  for (let turn = 0; turn <= 1.5 * window; turn += STEP) {
    const off = smoothstep((turn - leaves) / RISE);
    const aboveM = off * heightM - (1 - off) * pressedM;
    const leftN = (forceN * Math.max(0, -aboveM)) / pressedM;
    if (gapM * (1 - turn / window) + Math.max(0, aboveM) - sinkMpN * leftN < NEAR * gapM) return false;
  }
  return true;
}

/** How far the hair is off the strings, 0..1: up, across, down. @param turned share of the turn */
export const offString = ({ leaves, up, down, landed }: HopShape, turned: number): number =>
  Math.min(smoothstep((turned - leaves) / (up - leaves)), smoothstep((landed - turned) / (landed - down)));

/** Share of the way of the contact point: it moves while the hair is off its string. */
export const carriedOver = ({ leaves, landed }: HopShape, turned: number): number =>
  smoothstep((turned - leaves) / (landed - leaves));

/**
 * Share of the turn at which the hair, on its way down, meets the new string.
 *
 *     height · off = pressed · (1 − off)
 *
 * @param pressedM how far the hair will be pressed in there [m]
 */
export function meetsString(shape: HopShape, pressedM: number): number {
  const off = pressedM / (pressedM + shape.heightM);
  let [high, low] = [shape.down, shape.landed];
  for (let i = 0; i < 30; i++) {
    const middle = (high + low) / 2;
    if (offString(shape, middle) > off) high = middle;
    else low = middle;
  }
  return low;
}
