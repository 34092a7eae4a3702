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

const WAYS = 8;
/** Samples that go around together: fewer than the shortest way is long at any rate from 8 kHz on. */
const PIECE = 128;

/** One way from wall to wall and back. */
interface Way {
  /** What is on its way, a ring. */
  readonly sound: Float64Array;
  at: number;
  /** What comes back of it, and its last sample, without what the walls took of the highs. */
  readonly gain: number;
  dull: number;
  /** Sign with which its microphone hears it. */
  readonly toEar: number;
}

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
  readonly #ways: readonly Way[];
  readonly #pole: number;
  /** What the ways give back in a piece, and after it what they get: one after the other, `PIECE` each. */
  readonly #back = new Float64Array(WAYS * PIECE);
  readonly #heard = new Float64Array(PIECE);
  readonly #sum = new Float64Array(PIECE);
  readonly #walls: Float64Array;
  readonly #wallDelays: Int32Array;
  readonly #wallGains = Float64Array.from(FIRST_WALLS, ([, gain]) => gain);
  #now = 0;

  constructor(settings: RoomSettings, sampleRateHz: number) {
    const random = seededRandom(settings.seed);
    const lengths = WAYS_MS.map((ms) => Math.round((ms * sampleRateHz) / 1000));
    this.#level = settings.reverberationS > 0 ? 10 ** (settings.levelDb / 20) : 0;
    const fall = (length: number): number =>
      10 ** ((-3 * length) / sampleRateHz / Math.max(settings.reverberationS, 1e-3));
    this.#ways = lengths.map((length) => ({
      sound: new Float64Array(length),
      at: 0,
      gain: fall(length),
      dull: 0,
      toEar: random() < 0.5 ? -1 : 1,
    }));
    this.#pole = Math.exp((-2 * Math.PI * settings.dullHz) / sampleRateHz);
    this.#wallDelays = Int32Array.from(FIRST_WALLS, ([ms]) => Math.round((ms * sampleRateHz) / 1000));
    this.#walls = new Float64Array(2 ** Math.ceil(Math.log2(Math.max(...this.#wallDelays) + PIECE)));
  }

  /** Answers a piece of sound with as much of the room. */
  answer(
    left: Float32Array,
    right: Float32Array,
    out: { readonly left: Float32Array; readonly right: Float32Array },
  ): void {
    if (this.#level === 0) return;
    for (let from = 0; from < left.length; from += PIECE) {
      const count = Math.min(PIECE, left.length - from);
      const heard = this.#heard;
      for (let n = 0; n < count; n++) heard[n] = 0.5 * (left[from + n]! + right[from + n]!);
      this.#rememberWalls(count);
      for (let i = 0; i < WAYS; i++) this.#takeFrom(this.#ways[i]!, i * PIECE, count);
      this.#hear(out.left, from, count, 0);
      this.#hear(out.right, from, count, 1);
      mix(this.#back, count);
      for (let i = 0; i < WAYS; i++) this.#sendInto(this.#ways[i]!, i * PIECE, count);
      this.#now += count;
    }
  }

  #rememberWalls(count: number): void {
    const walls = this.#walls;
    const mask = walls.length - 1;
    for (let n = 0; n < count; n++) walls[(this.#now + n) & mask] = this.#heard[n]!;
  }

  /** What comes back on one way: no piece is as long as a way, so all of it was sent before. */
  #takeFrom(way: Way, to: number, count: number): void {
    const { sound, gain } = way;
    const back = this.#back;
    const pole = this.#pole;
    let dull = way.dull;
    let k = way.at;
    for (let n = 0; n < count; n++) {
      const now = sound[k]! * gain;
      dull = now + pole * (dull - now);
      if (dull < 1e-30 && dull > -1e-30) dull = 0; // numbers too small for the processor are slow
      back[to + n] = dull;
      k = k + 1 < sound.length ? k + 1 : 0;
    }
    way.dull = dull;
  }

  #sendInto(way: Way, from: number, count: number): void {
    const { sound } = way;
    const [mixed, heard] = [this.#back, this.#heard];
    let k = way.at;
    for (let n = 0; n < count; n++) {
      sound[k] = mixed[from + n]! + heard[n]!;
      k = k + 1 < sound.length ? k + 1 : 0;
    }
    way.at = k;
  }

  /** Every other wall and every other way, from `first` on, at one microphone. */
  #hear(out: Float32Array, at: number, count: number, first: number): void {
    const [walls, delays, gains, back] = [this.#walls, this.#wallDelays, this.#wallGains, this.#back];
    const mask = walls.length - 1;
    const sum = this.#sum.fill(0);
    for (let wall = first; wall < delays.length; wall += 2) {
      const gain = gains[wall]!;
      const then = this.#now - delays[wall]!;
      for (let n = 0; n < count; n++) sum[n]! += gain * walls[(then + n) & mask]!;
    }
    const [s0, s1, s2, s3] = [0, 2, 4, 6].map((i) => this.#ways[first + i]!.toEar) as [number, number, number, number]; // prettier-ignore
    const late = first * PIECE;
    for (let n = 0; n < count; n++) {
      const i = late + n;
      const around =
        back[i]! * s0 + back[i + 2 * PIECE]! * s1 + back[i + 4 * PIECE]! * s2 + back[i + 6 * PIECE]! * s3;
      out[at + n] = this.#level * (sum[n]! + 0.35 * around);
    }
  }
}

/** What keeps the energy of eight ways that are all added up: 1/√8. */
const KEEP = Math.SQRT1_2 / 2;

/**
 * Mixes the ways: fast Walsh-Hadamard transform of eight values. Two ways that differ in one
 * of three binary places meet in each of three rounds.
 */
function mix(ways: Float64Array, count: number): void {
  for (let n = 0; n < count; n++) {
    const v0 = ways[n]!;
    const v1 = ways[n + PIECE]!;
    const v2 = ways[n + 2 * PIECE]!;
    const v3 = ways[n + 3 * PIECE]!;
    const v4 = ways[n + 4 * PIECE]!;
    const v5 = ways[n + 5 * PIECE]!;
    const v6 = ways[n + 6 * PIECE]!;
    const v7 = ways[n + 7 * PIECE]!;
    const a0 = v0 + v1;
    const a1 = v0 - v1;
    const a2 = v2 + v3;
    const a3 = v2 - v3;
    const a4 = v4 + v5;
    const a5 = v4 - v5;
    const a6 = v6 + v7;
    const a7 = v6 - v7;
    const b0 = a0 + a2;
    const b2 = a0 - a2;
    const b1 = a1 + a3;
    const b3 = a1 - a3;
    const b4 = a4 + a6;
    const b6 = a4 - a6;
    const b5 = a5 + a7;
    const b7 = a5 - a7;
    ways[n] = (b0 + b4) * KEEP;
    ways[n + 4 * PIECE] = (b0 - b4) * KEEP;
    ways[n + PIECE] = (b1 + b5) * KEEP;
    ways[n + 5 * PIECE] = (b1 - b5) * KEEP;
    ways[n + 2 * PIECE] = (b2 + b6) * KEEP;
    ways[n + 6 * PIECE] = (b2 - b6) * KEEP;
    ways[n + 3 * PIECE] = (b3 + b7) * KEEP;
    ways[n + 7 * PIECE] = (b3 - b7) * KEEP;
  }
}
