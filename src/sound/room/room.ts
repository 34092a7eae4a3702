import { seededRandom } from "../../math/random.ts";

export interface RoomSettings {
  /** Time in which the room's sound falls by 60 dB, below 1 kHz [s]; 0 = no room. */
  readonly reverberationS: number;
  /** Level of the room against the cello at the microphones [dB]. */
  readonly levelDb: number;
  /** Corner above which walls and air take more [Hz]. */
  readonly dullHz: number;
  readonly seed: number;
}

/** Ways of sound from wall to wall and back [ms], with few common factors. @assumed a room of some 8 × 6 × 4 m */
const WAYS_MS = [23.1, 26.9, 29.3, 33.7, 37.9, 41.3, 47.1, 53.9] as const;
/** The first walls answer after so long [ms], so loud [-]; left and right hear them in turn. @assumed */
const FIRST_WALLS: readonly (readonly [ms: number, gain: number])[] = [
  [7.3, 0.5],
  [9.1, 0.45],
  [12.7, 0.36],
  [15.1, 0.33],
  [19.9, 0.25],
  [22.3, 0.22],
];

/**
 * A room around cello and microphones: six first reflections and eight ways that mix into each other again and again.
 *
 * Each way loses at every return what makes the whole fall by 60 dB in the reverberation time, and more above `dullHz`;
 * the mixing (a Hadamard matrix) loses nothing.
 *
 * @source feedback delay network: Jot and Chaigne, AES 90 (1991)
 */
export class Room {
  readonly #level: number;
  readonly #ways: readonly Float64Array[];
  readonly #at: Int32Array;
  readonly #gains: Float64Array;
  readonly #dull: Float64Array;
  readonly #pole: number;
  readonly #toLeft: Float64Array;
  readonly #walls: Float64Array;
  readonly #wallDelays: Int32Array;
  #now = 0;

  constructor(settings: RoomSettings, sampleRateHz: number) {
    const random = seededRandom(settings.seed);
    const lengths = WAYS_MS.map((ms) => Math.round((ms * sampleRateHz) / 1000));
    this.#level = settings.reverberationS > 0 ? 10 ** (settings.levelDb / 20) : 0;
    this.#ways = lengths.map((length) => new Float64Array(length));
    this.#at = new Int32Array(8);
    const fall = (length: number): number =>
      10 ** ((-3 * length) / sampleRateHz / Math.max(settings.reverberationS, 1e-3));
    this.#gains = Float64Array.from(lengths, fall);
    this.#dull = new Float64Array(8);
    this.#pole = Math.exp((-2 * Math.PI * settings.dullHz) / sampleRateHz);
    this.#toLeft = Float64Array.from({ length: 8 }, () => (random() < 0.5 ? -1 : 1));
    this.#wallDelays = Int32Array.from(FIRST_WALLS, ([ms]) => Math.round((ms * sampleRateHz) / 1000));
    this.#walls = new Float64Array(2 ** Math.ceil(Math.log2(Math.max(...this.#wallDelays) + 2)));
  }

  /** Answers a piece of sound with as much of the room. */
  answer(
    left: Float32Array,
    right: Float32Array,
    out: { readonly left: Float32Array; readonly right: Float32Array },
  ): void {
    if (this.#level === 0) return;
    const mixed = new Float64Array(8);
    for (let n = 0; n < left.length; n++, this.#now++) {
      const heard = 0.5 * (left[n]! + right[n]!);
      const [wallLeft, wallRight] = this.#firstWalls(heard);
      let [lateLeft, lateRight] = [0, 0];
      for (let i = 0; i < 8; i++) {
        const way = this.#ways[i]!;
        const back = way[this.#at[i]!]! * this.#gains[i]!;
        const dull = back + this.#pole * (this.#dull[i]! - back);
        this.#dull[i] = Math.abs(dull) < 1e-30 ? 0 : dull;
        mixed[i] = dull;
        if (i % 2 === 0) lateLeft += dull * this.#toLeft[i]!;
        else lateRight += dull * this.#toLeft[i]!;
      }
      hadamard(mixed);
      for (let i = 0; i < 8; i++) {
        const way = this.#ways[i]!;
        way[this.#at[i]!] = mixed[i]! + heard;
        this.#at[i] = this.#at[i]! + 1 < way.length ? this.#at[i]! + 1 : 0;
      }
      out.left[n] = this.#level * (wallLeft + 0.35 * lateLeft);
      out.right[n] = this.#level * (wallRight + 0.35 * lateRight);
    }
  }

  #firstWalls(heard: number): readonly [number, number] {
    const mask = this.#walls.length - 1;
    this.#walls[this.#now & mask] = heard;
    let [left, right] = [0, 0];
    for (let k = 0; k < FIRST_WALLS.length; k++) {
      const wall = FIRST_WALLS[k]![1] * this.#walls[(this.#now - this.#wallDelays[k]!) & mask]!;
      if (k % 2 === 0) left += wall;
      else right += wall;
    }
    return [left, right];
  }
}

/** Fast Walsh-Hadamard transform of eight values, scaled to keep their energy. */
function hadamard(v: Float64Array): void {
  for (let half = 1; half < 8; half *= 2)
    for (let i = 0; i < 8; i += 2 * half)
      for (let k = i; k < i + half; k++) {
        const [a, b] = [v[k]!, v[k + half]!];
        v[k] = a + b;
        v[k + half] = a - b;
      }
  for (let i = 0; i < 8; i++) v[i]! *= Math.SQRT1_2 / 2;
}
