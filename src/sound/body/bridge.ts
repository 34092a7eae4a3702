import type { BodyMode } from "./body-modes.ts";

/** Samples that go by together: what strings send to the bridge in them is known before it moves. */
export const BLOCK_SAMPLES = 4;

/** Numbers kept of each mode: its filter, its two microphones, and its last two values. */
const ROW = 7;
const B = 0;
const A1 = 1;
const A2 = 2;
const LEFT = 3;
const RIGHT = 4;
const Y1 = 5;
const Y2 = 6;
/** A mode moving less than this at the bridge has stopped; numbers too small for the processor are slow [m/s]. */
const STOPPED_MPS = 1e-30;

/**
 * The bridge on its body: all strings pull it, it gives way, and microphones hear its modes.
 *
 * What strings send in is known before the bridge moves; the same sample of force moves it at once. With g_k, what a
 * force does to the bridge k samples later, and the motion z that would go on without further force,
 *
 *     V_n = z_n + Σ_k g_k F_(n−k),     F_n = Σ 2Z·v_in − V_n·ΣZ,
 *
 * so that strings and body exchange energy without delay and the whole stays passive. A block of `BLOCK_SAMPLES` is
 * solved at once.
 *
 * @source modal synthesis of an admittance by the bilinear transform; junction of waves at one point, J. O. Smith,
 *   Physical Audio Signal Processing
 */
export class Bridge {
  /** Sound of the two microphones in the last block [full scale]. */
  readonly left = new Float64Array(BLOCK_SAMPLES);
  readonly right = new Float64Array(BLOCK_SAMPLES);
  /** Speed of the bridge in the last block [m/s]. */
  readonly speedMps = new Float64Array(BLOCK_SAMPLES);
  /** Force on it [N]: two samples before the block, then the block. */
  readonly forceN = new Float64Array(BLOCK_SAMPLES + 2);
  readonly #rows: Float64Array;
  readonly #answer: readonly number[];
  readonly #impedanceKgps: number;

  /** @param impedanceKgps of all strings together, ΣZ */
  constructor(modes: readonly BodyMode[], impedanceKgps: number, sampleRateHz: number) {
    const rows = modes.map((mode) => rowOf(mode, sampleRateHz));
    this.#rows = Float64Array.from(rows.flat());
    this.#answer = [0, 1, 2, 3].map((k) => rows.reduce((sum, row) => sum + impulseAt(row, k), 0));
    this.#impedanceKgps = impedanceKgps;
  }

  /** Moves the bridge for one block. @param blockedN Σ 2Z·v_in of each sample, the force if the bridge stood still [N] */
  move(blockedN: Float64Array): void {
    this.#goOnFree();
    this.#giveWay(blockedN);
    this.#moveModes();
  }

  /** z: what the modes would do without the block's own force. */
  #goOnFree(): void {
    const rows = this.#rows;
    const f1 = this.forceN[BLOCK_SAMPLES + 1]!;
    const f2 = this.forceN[BLOCK_SAMPLES]!;
    let z0 = 0;
    let z1 = 0;
    let z2 = 0;
    let z3 = 0;
    for (let i = 0; i < rows.length; i += ROW) {
      const b = rows[i + B]!;
      const y1 = rows[i + Y1]!;
      // the forces of the last two samples enter through y₀ and y₁ only: y₀ gets −b·F₋₂, y₁ gets −b·F₋₁
      const y0 = -rows[i + A2]! * rows[i + Y2]! - rows[i + A1]! * y1 - b * f2;
      const next = -rows[i + A1]! * y0 - rows[i + A2]! * y1 - b * f1;
      z0 += y0;
      z1 += next;
      const y2 = -rows[i + A1]! * next - rows[i + A2]! * y0;
      z2 += y2;
      z3 -= rows[i + A1]! * y2 + rows[i + A2]! * next;
    }
    const speed = this.speedMps;
    speed[0] = z0;
    speed[1] = z1;
    speed[2] = z2;
    speed[3] = z3;
  }

  #giveWay(blockedN: Float64Array): void {
    const [speed, force, answer, impedance] = [this.speedMps, this.forceN, this.#answer, this.#impedanceKgps];
    force[0] = force[BLOCK_SAMPLES]!;
    force[1] = force[BLOCK_SAMPLES + 1]!;
    const now = answer[0]!;
    for (let n = 0; n < BLOCK_SAMPLES; n++) {
      let free = speed[n]!;
      for (let k = 1; k <= n; k++) free += answer[k]! * force[n + 2 - k]!;
      const v = (free + now * blockedN[n]!) / (1 + now * impedance);
      speed[n] = v;
      force[n + 2] = blockedN[n]! - impedance * v;
    }
  }

  #moveModes(): void {
    const rows = this.#rows;
    const f = this.forceN;
    const d0 = f[2]! - f[0]!;
    const d1 = f[3]! - f[1]!;
    const d2 = f[4]! - f[2]!;
    const d3 = f[5]! - f[3]!;
    let l0 = 0;
    let l1 = 0;
    let l2 = 0;
    let l3 = 0;
    let r0 = 0;
    let r1 = 0;
    let r2 = 0;
    let r3 = 0;
    for (let i = 0; i < rows.length; i += ROW) {
      const b = rows[i + B]!;
      const a1 = rows[i + A1]!;
      const a2 = rows[i + A2]!;
      const left = rows[i + LEFT]!;
      const right = rows[i + RIGHT]!;
      const before = rows[i + Y1]!;
      const y0 = b * d0 - a1 * before - a2 * rows[i + Y2]!;
      const y1 = b * d1 - a1 * y0 - a2 * before;
      const y2 = b * d2 - a1 * y1 - a2 * y0;
      const y3 = b * d3 - a1 * y2 - a2 * y1;
      rows[i + Y1] = y3;
      rows[i + Y2] = y2;
      l0 += left * y0;
      l1 += left * y1;
      l2 += left * y2;
      l3 += left * y3;
      r0 += right * y0;
      r1 += right * y1;
      r2 += right * y2;
      r3 += right * y3;
    }
    const { left, right } = this;
    left[0] = l0;
    left[1] = l1;
    left[2] = l2;
    left[3] = l3;
    right[0] = r0;
    right[1] = r1;
    right[2] = r2;
    right[3] = r3;
  }

  /** Stops modes that hardly move. Call now and then. */
  settle(): void {
    const rows = this.#rows;
    if (this.forceN.every((force) => Math.abs(force) < STOPPED_MPS)) this.forceN.fill(0);
    for (let i = 0; i < rows.length; i += ROW)
      if (Math.abs(rows[i + Y1]!) + Math.abs(rows[i + Y2]!) < STOPPED_MPS) rows[i + Y1] = rows[i + Y2] = 0;
  }
}

/** Y = s/(m(s² + ω₀s/Q + ω₀²)) by the bilinear transform, exact at ω₀: y = b(x − x₂) − a₁y₁ − a₂y₂. */
function rowOf(mode: BodyMode, sampleRateHz: number): number[] {
  const w = (2 * Math.PI * mode.hz) / sampleRateHz;
  const alpha = Math.sin(w) / (2 * mode.q);
  const peak = mode.q / (2 * Math.PI * mode.hz * mode.massKg);
  const b = (peak * alpha) / (1 + alpha);
  const [a1, a2] = [(-2 * Math.cos(w)) / (1 + alpha), (1 - alpha) / (1 + alpha)];
  const row = new Array<number>(ROW).fill(0);
  [row[B], row[A1], row[A2]] = [b, a1, a2];
  [row[LEFT], row[RIGHT]] = [mode.left / peak, mode.right / peak];
  return row;
}

/** What one newton in sample 0 has done to a mode in sample k. */
function impulseAt(row: readonly number[], k: number): number {
  let [y1, y2] = [0, 0];
  for (let n = 0; n <= k; n++) {
    const x = n === 0 ? row[B]! : n === 2 ? -row[B]! : 0;
    [y1, y2] = [x - row[A1]! * y1 - row[A2]! * y2, y1];
  }
  return y1;
}
