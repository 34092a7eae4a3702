import { Fft } from "../../math/fft.ts";
import { decimated } from "../../sound/decimate.ts";

/** What is heard of one pitch, frame by frame; all arrays have one value per frame. */
export interface PitchTrack {
  /** Time from one frame to the next; frame 0 is centred on 0 s [s]. */
  readonly hopS: number;
  /** Of the repetition that is heard [Hz]; NaN where nothing repeats, or too little is heard. */
  readonly hz: Float64Array;
  /** Power that does not repeat from period to period, over the whole [-]; 0 = a perfect tone, about 1 = noise. */
  readonly aperiodicity: Float64Array;
  /** Mean square of the frame, in decibels against full scale [dB]; −Infinity for silence. */
  readonly levelDb: Float64Array;
}

/** Lowest and highest pitch that is looked for: a tone under the open C (65.4 Hz), the A two octaves over the open A. */
const LOWEST_HZ = 60;
const HIGHEST_HZ = 900;
const HOP_S = 0.005;
/** Length of sound that is compared with itself a period later [s]. */
const WINDOW_S = 0.03;
const ANALYSIS_RATE_HZ = 16000;
/** A repetition this good is taken even if a longer one is better still. @source YIN's absolute threshold */
const GOOD_ENOUGH = 0.12;
/** A repetition worse than this is none. @assumed */
const LEAST_VOICED = 0.35;
/** Farther below the loudest frame than this it is silent [dB]. @assumed */
const SILENT_DB = -55;

/**
 * Pitch of a monophonic recording.
 *
 *     d(τ) = Σ (x_n − x_(n+τ))²,   d'(τ) = d(τ)·τ / Σ_(1..τ) d
 *
 * The period is the first dip of d' that is good enough, else the deepest; it is then measured again over as many periods
 * as the frame holds, which makes it that many times finer.
 *
 * @source de Cheveigné and Kawahara, "YIN", JASA 111 (2002)
 */
export function trackPitch(samples: ArrayLike<number>, sampleRateHz: number): PitchTrack {
  const slow = decimated(samples, sampleRateHz, ANALYSIS_RATE_HZ);
  const yin = new Yin(slow.sampleRateHz);
  const hop = HOP_S * slow.sampleRateHz;
  const frames = Math.max(0, Math.floor((slow.samples.length - 1) / hop) + 1);
  const [hz, aperiodicity, levelDb] = [0, 0, 0].map(() => new Float64Array(frames)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let f = 0; f < frames; f++) {
    const heard = yin.at(slow.samples, Math.round(f * hop));
    [hz[f], aperiodicity[f], levelDb[f]] = [heard.hz, heard.aperiodicity, heard.levelDb];
  }
  const floor = levelDb.reduce((most, level) => Math.max(most, level), -Infinity) + SILENT_DB;
  for (let f = 0; f < frames; f++)
    if (!(levelDb[f]! >= floor) || aperiodicity[f]! > LEAST_VOICED) hz[f] = NaN;
  return { hopS: HOP_S, hz, aperiodicity, levelDb };
}

class Yin {
  readonly #rate: number;
  readonly #longest: number;
  readonly #shortest: number;
  readonly #window: number;
  readonly #fft: Fft;
  readonly #piece: Float64Array;
  readonly #re: Float64Array;
  readonly #im: Float64Array;
  readonly #apart: Float64Array;
  readonly #relative: Float64Array;

  constructor(sampleRateHz: number) {
    this.#rate = sampleRateHz;
    this.#longest = Math.ceil(sampleRateHz / LOWEST_HZ);
    this.#shortest = Math.floor(sampleRateHz / HIGHEST_HZ);
    this.#window = Math.round(WINDOW_S * sampleRateHz);
    const size = 2 ** Math.ceil(Math.log2(this.#window + this.#longest + 1));
    this.#fft = new Fft(size);
    this.#piece = new Float64Array(this.#window + this.#longest + 1);
    [this.#re, this.#im] = [new Float64Array(size), new Float64Array(size)];
    [this.#apart, this.#relative] = [0, 0].map(() => new Float64Array(this.#longest + 1)) as [
      Float64Array,
      Float64Array,
    ];
  }

  at(samples: Float64Array, middle: number): { hz: number; aperiodicity: number; levelDb: number } {
    const piece = this.#piece;
    const from = middle - (piece.length >> 1);
    let energy = 0;
    for (let n = 0; n < piece.length; n++) {
      piece[n] = samples[from + n] ?? 0;
      energy += piece[n]! ** 2;
    }
    if (energy < 1e-14 * piece.length) return { hz: NaN, aperiodicity: 1, levelDb: -Infinity };
    this.#compare();
    const lag = this.#firstGoodLag();
    const levelDb = 10 * Math.log10(energy / piece.length);
    return { hz: this.#rate / this.#refined(lag), aperiodicity: Math.min(1, this.#relative[lag]!), levelDb };
  }

  /** d(τ) from the correlation of the window with the whole piece, by one transform of both at once. */
  #compare(): void {
    const [piece, re, im, size] = [this.#piece, this.#re, this.#im, this.#fft.size];
    re.fill(0);
    im.fill(0);
    re.set(piece);
    im.set(piece.subarray(0, this.#window));
    this.#fft.forward(re, im);
    // with P of the piece and W of the window in one transform, conj(W)·P is needed; its inverse is its transform turned
    const [pr, pi] = [re, im];
    for (let k = 0; k <= size / 2; k++) {
      const m = (size - k) % size;
      const [ar, ai, br, bi] = [pr[k]!, pi[k]!, pr[m]!, pi[m]!];
      const [Pr, Pi, Wr, Wi] = [(ar + br) / 2, (ai - bi) / 2, (ai + bi) / 2, (br - ar) / 2];
      const [real, imag] = [Pr * Wr + Pi * Wi, Pi * Wr - Pr * Wi];
      pr[k] = pr[m] = real;
      pi[k] = -imag;
      pi[m] = k === m ? 0 : imag;
    }
    this.#fft.forward(re, im);
    let behind = 0;
    for (let n = 0; n < this.#window; n++) behind += piece[n]! ** 2;
    const still = behind;
    let sum = 0;
    for (let lag = 0; lag <= this.#longest; lag++) {
      const apart = Math.max(0, still + behind - (2 * re[lag]!) / size);
      this.#apart[lag] = apart;
      sum += lag === 0 ? 0 : apart;
      this.#relative[lag] = sum > 0 ? (apart * lag) / sum : 1;
      behind += piece[lag + this.#window]! ** 2 - piece[lag]! ** 2;
    }
  }

  #firstGoodLag(): number {
    const relative = this.#relative;
    let best = this.#shortest;
    for (let lag = this.#shortest; lag < this.#longest; lag++) {
      if (relative[lag]! < relative[best]!) best = lag;
      const dip = relative[lag]! <= relative[lag - 1]! && relative[lag]! < relative[lag + 1]!;
      if (dip && relative[lag]! < GOOD_ENOUGH) return lag;
    }
    return best;
  }

  /** The period between samples, over as many periods as there is room for [samples]. */
  #refined(lag: number): number {
    let period = this.#bottom(lag);
    for (let k = 2; k * period < this.#longest - 1; k++) {
      const at = this.#bottom(this.#dipNear(Math.round(k * period)));
      if (Math.abs(at / k - period) > 0.5 / k) break;
      period = at / k;
    }
    return period;
  }

  #dipNear(lag: number): number {
    let best = lag;
    for (const near of [lag - 1, lag + 1]) if (this.#apart[near]! < this.#apart[best]!) best = near;
    return best;
  }

  /** Bottom of the parabola through three values of d. */
  #bottom(lag: number): number {
    const [a, b, c] = [this.#apart[lag - 1]!, this.#apart[lag]!, this.#apart[lag + 1] ?? this.#apart[lag]!];
    const bend = a - 2 * b + c;
    return bend > 0 ? lag + Math.max(-0.5, Math.min(0.5, (a - c) / (2 * bend))) : lag;
  }
}
