import assert from "node:assert/strict";
import type { Instrument } from "../instrument/instrument.ts";
import { jointFrames, type JointFrames } from "../kinematics/joint-frames.ts";
import { bowShapes, CELLO_BOW, HAIR, STICK, type BowSizes } from "./bow-shapes.ts";
import type { Cell } from "./cell.ts";
import { celloShapes, FULL_SIZE_CELLO, stringBody, type CelloSizes } from "./cello-shapes.ts";
import { column } from "../math/rotation.ts";
import { dot } from "../math/vec.ts";
import { canMeet, UR5E_SHAPES, type LinkShape } from "./robot-shapes.ts";
import { moveShape, type NamedShape } from "./shape.ts";

/** Two bodies by name: what moves, and what it may hit. */
export type BodyPair = readonly [string, string];

/** Everything that can meet, and which pairs are looked at. */
export interface CollisionScene {
  readonly frames: JointFrames;
  /** Every shape in the frame of its link; link 0 is fixed to the base: cello and room as well. */
  readonly shapes: readonly LinkShape[];
  /** Indices into `shapes`, the one on the higher link first; bow against cello first, where it is usually tightest. */
  readonly pairs: readonly (readonly [number, number])[];
  /** Per pair: the stick, and a string that it passes over. */
  readonly overStrings: readonly boolean[];
}

/** Sizes of the things that were not measured with the instrument. */
export interface CollisionSizes {
  readonly bow: BowSizes;
  readonly cello: CelloSizes;
}

export const USUAL_SIZES: CollisionSizes = { bow: CELLO_BOW, cello: FULL_SIZE_CELLO };

/** What of an instrument the scene is made from. */
export type SceneInstrument = Pick<Instrument, "dh" | "hair" | "strings" | "X_BC">;

/**
 * Arm, bow, cello and room of one place.
 *
 * @param hairMayTouch hair against strings is left out: that contact is planned and judged apart. In free motion it is not.
 */
export function makeScene(
  instrument: SceneInstrument,
  cell: Cell,
  sizes = USUAL_SIZES,
  hairMayTouch = true,
): CollisionScene {
  assertCelloFrame(instrument);
  const frames = jointFrames(instrument.dh);
  const fixed = [
    ...celloShapes(instrument, sizes.cello),
    ...shapesOnCello(instrument, cell),
    ...cell.obstacles,
  ].map((s) => ({
    ...s,
    link: 0,
  }));
  const bow = bowShapes(instrument.hair, sizes.bow).map(({ name, shape }) => ({
    name,
    link: 6,
    shape: moveShape(frames.flange, shape),
  }));
  const shapes = [...bow, ...UR5E_SHAPES, ...fixed];
  const strings = new Set(Object.keys(instrument.strings).map(stringNamed));
  const pairs = pairsOf(shapes, hairMayTouch ? strings : new Set());
  const overStrings = pairs.map(([i, k]) => shapes[i]!.name === STICK && strings.has(shapes[k]!.name));
  return { frames, shapes, pairs, overStrings };
}

/** What stands where the cello does, in the robot base frame. */
export const shapesOnCello = ({ X_BC }: Pick<Instrument, "X_BC">, { onCello }: Cell): NamedShape[] =>
  onCello.map(({ name, shape }) => ({ name, shape: moveShape(X_BC, shape) }));

/** The body hangs on X_BC, the strings do not: a frame turned the wrong way would put the body in front of them. */
function assertCelloFrame({ X_BC, strings }: SceneInstrument): void {
  for (const { name, axis_B, outward_B } of Object.values(strings)) {
    assert(
      dot(axis_B, column(X_BC.R, 1)) > 0.9,
      `y of X_BC must run along the ${name} string, bridge to nut`,
    );
    assert(
      dot(outward_B, column(X_BC.R, 2)) > 0.5,
      `z of X_BC must point away from the body at the ${name} string`,
    );
  }
}

const stringNamed = (name: string): string => stringBody(name as "A");

/** @param strings that the hair may touch */
function pairsOf(shapes: readonly LinkShape[], strings: ReadonlySet<string>): (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = [];
  shapes.forEach((a, i) =>
    shapes.forEach((b, k) => {
      if (a.link <= b.link) return;
      const planned = a.name === HAIR && strings.has(b.name);
      if (!planned && canMeet(a.name, b.name)) pairs.push([i, k]);
    }),
  );
  return pairs;
}
