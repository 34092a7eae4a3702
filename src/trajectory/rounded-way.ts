import type { Joints } from "../math/joints.ts";
import type { FreeWay } from "./free-way.ts";

/** A smooth curve through joint space at even steps of its length: tangent and curvature never jump. */
export interface RoundedWay {
  /** [n × 6] */
  readonly q_rad: Float64Array;
  /** First and second derivative by the length, [n × 6]. */
  readonly slope: Float64Array;
  readonly bend: Float64Array;
  /** Length between neighbouring points, square root of the sum over the joints [rad]. */
  readonly step: number;
}

/** Points lie about so far apart: a corner that nearly turns back is this tight [rad]. */
const STEP_RAD = 0.0025;
const LEAST_STEPS = 100;
/** Entries of a corner's table of lengths. */
const TABLE = 400;

/** A stretch of the way: a straight line (two control points), or a corner (six). */
interface Piece {
  readonly points: readonly Joints[];
  /** Length up to each of the table's parameters. */
  readonly lengths: readonly number[];
}

/**
 * Rounds the corners of a way.
 *
 *     corner at Q between directions u and v:  Bézier Q − d·u, Q − 0.6d·u, Q − 0.2d·u, Q + 0.2d·v, Q + 0.6d·v, Q + d·v
 *
 * Three control points on each line: the curvature is zero where a corner begins and ends.
 *
 * @param share of the shorter of its two edges that a corner takes at most, 0 to 0.5 (0 = no rounding is possible: use straight moves)
 */
export function roundedWay(way: FreeWay, share: number): RoundedWay {
  const pieces = piecesOf(way, share);
  const total = pieces.reduce((sum, piece) => sum + piece.lengths.at(-1)!, 0);
  const count = Math.max(LEAST_STEPS, Math.ceil(total / STEP_RAD)) + 1;
  const step = total / (count - 1);
  const q_rad = new Float64Array(count * 6);
  let [at, before] = [0, 0];
  for (let i = 0; i < count; i++) {
    const length = i * step;
    while (at < pieces.length - 1 && length - before > pieces[at]!.lengths.at(-1)!)
      before += pieces[at++]!.lengths.at(-1)!;
    q_rad.set(pointOf(pieces[at]!, length - before), i * 6);
  }
  return { q_rad, step, ...derivativesOf(q_rad, step) };
}

function piecesOf(way: FreeWay, share: number): Piece[] {
  const cut = way.map((q, i) =>
    i === 0 || i === way.length - 1 ? 0 : share * Math.min(apart(way[i - 1]!, q), apart(q, way[i + 1]!)),
  );
  const pieces: Piece[] = [];
  for (let i = 1; i < way.length; i++) {
    const [a, b] = [way[i - 1]!, way[i]!];
    const length = apart(a, b);
    const on = (fromA: number): Joints => mix(a, b, fromA / length);
    pieces.push(piece([on(cut[i - 1]!), on(length - cut[i]!)]));
    const next = way[i + 1];
    if (next === undefined) continue;
    const d = cut[i]!;
    const after = (beyond: number): Joints => mix(b, next, beyond / apart(b, next));
    const before = (back: number): Joints => on(length - back);
    pieces.push(
      piece([before(d), before(0.6 * d), before(0.2 * d), after(0.2 * d), after(0.6 * d), after(d)]),
    );
  }
  return pieces.filter(({ lengths }) => lengths.at(-1)! > 1e-9);
}

function piece(points: readonly Joints[]): Piece {
  if (points.length === 2) return { points, lengths: [0, apart(points[0]!, points[1]!)] };
  const lengths = [0];
  let last = points[0]!;
  for (let k = 1; k <= TABLE; k++) {
    const q = bezier(points, k / TABLE);
    lengths.push(lengths[k - 1]! + apart(last, q));
    last = q;
  }
  return { points, lengths };
}

function pointOf({ points, lengths }: Piece, length: number): Joints {
  const total = lengths.at(-1)!;
  if (points.length === 2) return mix(points[0]!, points[1]!, Math.min(1, length / total));
  let [low, high] = [0, lengths.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (lengths[middle]! <= length) low = middle;
    else high = middle;
  }
  const share = (length - lengths[low]!) / (lengths[high]! - lengths[low]!);
  return bezier(points, Math.min(1, (low + share) / TABLE));
}

function bezier(points: readonly Joints[], k: number): Joints {
  let level = points;
  while (level.length > 1) level = level.slice(1).map((q, i) => mix(level[i]!, q, k));
  return level[0]!;
}

function derivativesOf(q_rad: Float64Array, step: number) {
  const [slope, bend] = [new Float64Array(q_rad.length), new Float64Array(q_rad.length)];
  const last = q_rad.length - 6;
  for (let k = 0; k < q_rad.length; k++) {
    const [before, after] = [Math.max(k - 6, k % 6), Math.min(k + 6, last + (k % 6))];
    slope[k] = (q_rad[after]! - q_rad[before]!) / (((after - before) / 6) * step);
    bend[k] = after - before === 12 ? (q_rad[after]! - 2 * q_rad[k]! + q_rad[before]!) / step ** 2 : 0;
  }
  return { slope, bend };
}

const apart = (a: Joints, b: Joints): number => Math.hypot(...a.map((v, j) => b[j]! - v));
const mix = (a: Joints, b: Joints, k: number): Joints =>
  a.map((v, j) => v + k * (b[j]! - v)) as unknown as Joints;
