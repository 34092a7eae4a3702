import type { Cell } from "../../src/collision/cell.ts";
import { stringBody } from "../../src/collision/cello-shapes.ts";
import { makeScene } from "../../src/collision/collision-scene.ts";
import { makePairScan } from "../../src/collision/pair-scan.ts";
import { soundedStrings } from "../../src/bowing/bow-plan.ts";
import type { Instrument } from "../../src/instrument/instrument.ts";
import { lastIndex } from "../../src/math/last-index.ts";
import type { Joints } from "../../src/math/joints.ts";
import type { PlannedMotion } from "../../src/planning/plan-piece.ts";
import { STRING_NAMES } from "../../src/score/score.ts";

/** How near anything comes to anything, at the knots [m]. */
export interface Room {
  /** All pairs but those below. */
  readonly elsewhereM: number;
  readonly pair: string;
  /** The stick over a string that its hair does not play then. */
  readonly stickOverOtherM: number;
  /** The stick over the string that its hair plays: planned contact, see `roomOf`. */
  readonly stickOverPlayedM: number;
}

/** Nearer than any two bodies ever are: a pair with this allowance never is the tightest [m]. */
const OUT_OF_SIGHT_M = 10;

/**
 * Clearance outside the planned contact.
 *
 * Planned contact is the hair on strings, and with it the stick over the string that the hair is pressed into: how near they come
 * follows from the force that the music asks for (the stick is 17 mm from the hair, and the hair sinks under 3 N by some 10 mm), not
 * from the way of the arm. It may not fall below `limits.stickOverStringM`.
 */
export function roomOf({ plan, trajectory }: PlannedMotion, instrument: Instrument, cell: Cell): Room {
  const scene = makeScene(instrument, cell);
  const elsewhere = makePairScan(scene, OUT_OF_SIGHT_M);
  const plain = makePairScan(scene);
  const sticks = STRING_NAMES.map((name) => ({
    name,
    pairs: [...scene.pairs.keys()].filter(
      (n) => scene.overStrings[n] && scene.shapes[scene.pairs[n]![1]]!.name === stringBody(name),
    ),
  }));
  let room: Room = { elsewhereM: Infinity, pair: "", stickOverOtherM: Infinity, stickOverPlayedM: Infinity };
  for (let k = 0; k < trajectory.timeS.length; k++) {
    const q_rad = Array.from(trajectory.q_rad.subarray(6 * k, 6 * k + 6)) as unknown as Joints;
    const atS = trajectory.timeS[k]! - trajectory.scoreStartS;
    const played = stringsAround(plan, atS);
    const { hereM, pair } = elsewhere.scan(q_rad);
    if (hereM < room.elsewhereM) room = { ...room, elsewhereM: hereM, pair: pair.join("/") };
    for (const { name, pairs } of sticks) {
      const nearestM = Math.min(...pairs.map((n) => plain.pairDistanceM(q_rad, n)));
      const key = played.has(name) ? "stickOverPlayedM" : "stickOverOtherM";
      if (nearestM < room[key]) room = { ...room, [key]: nearestM };
    }
  }
  return room;
}

/** Strings of the note that sounds, and in the half of it that is nearer to a neighbour, of that too: the bow rolls there. */
function stringsAround({ notes }: PlannedMotion["plan"], atS: number): ReadonlySet<string> {
  const i = Math.max(
    0,
    lastIndex(notes, ({ startS }) => startS <= atS),
  );
  const { startS, endS } = notes[i]!;
  const other = notes[atS < (startS + endS) / 2 ? i - 1 : i + 1];
  return new Set([notes[i]!, ...(other ? [other] : [])].flatMap(soundedStrings).map(({ string }) => string));
}
