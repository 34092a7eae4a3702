import type { Joints } from "../math/joints.ts";
import type { BodyPair, CollisionScene } from "./collision-scene.ts";
import { makePairScan, type PairScan } from "./pair-scan.ts";
import { floodByRank } from "./flood.ts";
import type { Range } from "./joint-walls.ts";

/** Base and shoulder of one configuration are shut off from those of another: no motion of the arm joins them, whatever its other joints do. */
export interface ShutOff {
  /** The two between which most is left on a way from the one to the other, where that is least, and how much, about [m]; below 0 they overlap. */
  readonly pair: BodyPair;
  readonly widestM: number;
  /** Where base and shoulder stand then [rad]. */
  readonly base_rad: number;
  readonly shoulder_rad: number;
}

/** How base and shoulder can turn, whatever the other joints do. */
export interface UpperArmTurns {
  /** Proves that one configuration is shut off from another; undefined = it may be not. */
  readonly shutOff: (from: Joints, to: Joints) => ShutOff | undefined;
  /** Least and most that base and shoulder can be turned to from a configuration [rad]. */
  readonly rangeFrom: (q_rad: Joints) => readonly [base: Range, shoulder: Range];
}

/** A turn of a joint is cut into so many cells. @assumed joints turn once to either side */
const TURN = 180;
const CELL_RAD = (2 * Math.PI) / TURN;
const WIDE = 2 * TURN + 1;
/** A cell that is shut in some places is halved so often to be proven shut all over. */
const HALVINGS = 4;
/** Gaps are told apart so finely where the narrowest place is looked for [m]; from `WIDEST_M` on they count as wide. */
const [GAP_M, WIDEST_M] = [1e-4, 0.02];

/**
 * Prepares the look. What hangs on base and shoulder alone, the upper arm, meets cello and room wherever the other joints stand. The plane of
 * these two joints is cut into cells; where some pair is too near all over a cell, by the same bounds as motions are proven, it is shut.
 * Where no chain of other cells joins two configurations, there is no way.
 *
 * @param requiredM a gap that is narrower is none
 */
export function makeUpperArmTurns(scene: CollisionScene, requiredM: number): UpperArmTurns {
  const arm = upperArmScan(scene);
  const looked = new Map<number, boolean>();
  const isOpen = (cell: number): boolean => {
    const [base, shoulder] = stepsOf(cell);
    const key = (base % TURN) * TURN + (shoulder % TURN);
    const known = looked.get(key) ?? !isShut(arm, requiredM, placeOf(cell), CELL_RAD / 2);
    looked.set(key, known);
    return known;
  };
  const openOrShut = (cell: number): 0 | undefined => (isOpen(cell) ? 0 : undefined);
  return {
    shutOff: (from, to) => {
      const [start, goal] = [cellOf(from), cellOf(to)];
      if (start === undefined || goal === undefined) return undefined;
      const nearFirst = (cell: number): number | undefined =>
        cell === start || isOpen(cell) ? stepsBetween(cell, start) : undefined;
      let isJoined = false;
      floodByRank(goal, neighboursOf, nearFirst, (cell) => (isJoined = cell === start));
      return isJoined ? undefined : narrowestBetween(arm, start, goal);
    },
    rangeFrom: (q_rad) => {
      const start = cellOf(q_rad);
      const ranges: [number, number][] = [0, 1].map((j) => [q_rad[j]!, q_rad[j]!]);
      const widen = (cell: number): boolean => {
        placeOf(cell).forEach((middle_rad, j) => {
          const [least, most] = ranges[j]!;
          ranges[j] = [Math.min(least, middle_rad - CELL_RAD / 2), Math.max(most, middle_rad + CELL_RAD / 2)];
        });
        return false;
      };
      if (start !== undefined) floodByRank(start, neighboursOf, openOrShut, widen);
      return ranges as unknown as readonly [Range, Range];
    },
  };
}

/** The narrowest place of the way that has most room at its narrowest, were every cell open; on the way that turns the base least, if that is no narrower. */
function narrowestBetween(arm: PairScan, start: number, goal: number): ShutOff {
  const [[from], [to]] = [stepsOf(start), stepsOf(goal)];
  const isDirect = (cell: number): boolean => {
    const [base] = stepsOf(cell);
    return base >= Math.min(from, to) && base <= Math.max(from, to);
  };
  const direct = narrowestOn(arm, start, goal, isDirect);
  const any = narrowestOn(arm, start, goal, () => true);
  return direct.widestM > any.widestM - GAP_M ? direct : any;
}

function narrowestOn(
  { scan }: PairScan,
  start: number,
  goal: number,
  isThere: (cell: number) => boolean,
): ShutOff {
  const rankOf = (cell: number): number | undefined =>
    isThere(cell)
      ? Math.round((WIDEST_M - scan(configuration(placeOf(cell)), undefined, WIDEST_M).hereM) / GAP_M)
      : undefined;
  let [narrowest, highest] = [goal, -Infinity];
  floodByRank(goal, neighboursOf, rankOf, (cell, rank) => {
    if (rank > highest) [narrowest, highest] = [cell, rank];
    return cell === start;
  });
  const [base_rad, shoulder_rad] = placeOf(narrowest);
  const { hereM, pair } = scan(configuration([base_rad, shoulder_rad]));
  return { pair, widestM: hereM, base_rad, shoulder_rad };
}

/** Only the pairs that no other joint moves than base and shoulder. */
function upperArmScan(scene: CollisionScene): PairScan {
  const { shapes, pairs, overStrings } = scene;
  const kept = pairs.flatMap(([i, k], n) => (shapes[i]!.link <= 2 && shapes[k]!.link <= 2 ? [n] : []));
  return makePairScan({
    ...scene,
    pairs: kept.map((n) => pairs[n]!),
    overStrings: kept.map((n) => overStrings[n]!),
  });
}

type Place = readonly [base_rad: number, shoulder_rad: number];
const configuration = ([base_rad, shoulder_rad]: Place): Joints => [base_rad, shoulder_rad, 0, 0, 0, 0];

/** Whether some pair is too near all over a cell; no in doubt. */
function isShut(
  arm: PairScan,
  requiredM: number,
  middle: Place,
  reach_rad: number,
  halvings = HALVINGS,
): boolean {
  const q_rad = configuration(middle);
  if (arm.scan(q_rad, undefined, requiredM).hereM >= requiredM) return false;
  const reach = [reach_rad, reach_rad, 0, 0, 0, 0];
  const isSurely = (_: number, distanceM: number, moveM: number): boolean => distanceM + moveM >= requiredM;
  if (!arm.eachPair(q_rad, reach, isSurely)) return true;
  if (halvings === 0) return false;
  return [-0.5, 0.5].every((b) =>
    [-0.5, 0.5].every((s) =>
      isShut(
        arm,
        requiredM,
        [middle[0] + b * reach_rad, middle[1] + s * reach_rad],
        reach_rad / 2,
        halvings - 1,
      ),
    ),
  );
}

/** Cells are numbered base by base, from a turn below zero to a turn above. */
function cellOf([base_rad, shoulder_rad]: Joints): number | undefined {
  const [base, shoulder] = [base_rad, shoulder_rad].map((q) => Math.round(q / CELL_RAD) + TURN) as [
    number,
    number,
  ];
  const isInside = [base, shoulder].every((n) => n >= 0 && n < WIDE);
  return isInside ? base * WIDE + shoulder : undefined;
}
const stepsOf = (cell: number): readonly [number, number] => [Math.floor(cell / WIDE), cell % WIDE];
const placeOf = (cell: number): Place => stepsOf(cell).map((n) => (n - TURN) * CELL_RAD) as unknown as Place;

function stepsBetween(a: number, b: number): number {
  const [[base, shoulder], [otherBase, otherShoulder]] = [stepsOf(a), stepsOf(b)];
  return Math.abs(base - otherBase) + Math.abs(shoulder - otherShoulder);
}

function neighboursOf(cell: number): readonly number[] {
  const [base, shoulder] = stepsOf(cell);
  return [
    ...(base > 0 ? [cell - WIDE] : []),
    ...(base < WIDE - 1 ? [cell + WIDE] : []),
    ...(shoulder > 0 ? [cell - 1] : []),
    ...(shoulder < WIDE - 1 ? [cell + 1] : []),
  ];
}
