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
  readonly #wallGains = Float64Array.from(FIRST_WALLS, ([, gain]) => gain);
  readonly #mixed = new Float64Array(8);
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
    const late = new Float64Array(2);
    for (let n = 0; n < left.length; n++) {
      const heard = 0.5 * (left[n]! + right[n]!);
      this.#goAround(heard, late);
      out.left[n] = this.#level * (this.#wall(heard, 0) + 0.35 * late[0]!);
      out.right[n] = this.#level * (this.#wall(heard, 1) + 0.35 * late[1]!);
      this.#now++;
    }
  }

  /** One sample of the eight ways; every other one is heard left. */
  #goAround(heard: number, late: Float64Array): void {
    const mixed = this.#mixed;
    const dulls = this.#dull;
    const at = this.#at;
    const pole = this.#pole;
    late[0] = 0;
    late[1] = 0;
    for (let i = 0; i < 8; i++) {
      const back = this.#ways[i]![at[i]!]! * this.#gains[i]!;
      let dull = back + pole * (dulls[i]! - back);
      if (dull < 1e-30 && dull > -1e-30) dull = 0; // numbers too small for the processor are slow
      dulls[i] = dull;
      mixed[i] = dull;
      late[i & 1]! += dull * this.#toLeft[i]!;
    }
    hadamard(mixed);
    for (let i = 0; i < 8; i++) {
      const way = this.#ways[i]!;
      const k = at[i]!;
      way[k] = mixed[i]! + heard;
      at[i] = k + 1 < way.length ? k + 1 : 0;
    }
  }

  /** What every other of the first walls sends back, from `first` on. */
  #wall(heard: number, first: number): number {
    const walls = this.#walls;
    const mask = walls.length - 1;
    if (first === 0) walls[this.#now & mask] = heard;
    let sum = 0;
    for (let k = first; k < this.#wallDelays.length; k += 2)
      sum += this.#wallGains[k]! * walls[(this.#now - this.#wallDelays[k]!) & mask]!;
    return sum;
  }
}

/** Fast Walsh-Hadamard transform of eight values, scaled to keep their energy. */
function hadamard(v: Float64Array): void {
  for (let half = 1; half < 8; half *= 2)
    for (let i = 0; i < 8; i += 2 * half)
      for (let k = i; k < i + half; k++) {
        const a = v[k]!;
        const b = v[k + half]!;
        v[k] = a + b;
        v[k + half] = a - b;
      }
  for (let i = 0; i < 8; i++) v[i]! *= Math.SQRT1_2 / 2;
}
