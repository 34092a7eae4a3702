import type { SoundSettings } from "../sound-settings.ts";
import { BowContact } from "./bow-contact.ts";
import { makeDelayLine, readCubic, readLinear, type DelayLine } from "./delay-line.ts";
import type { OpenString } from "./string-drive.ts";

/** Least way from one line of hair to the next that a cubic can be read over, and the least for the twist [samples]. */
const LEAST_WAY = 2;
const LEAST_TWIST = 1;

/** A piece of string between two lines of hair, or the same for its twist: waves run over it both ways. */
interface Between {
  readonly toBridge: DelayLine;
  readonly toNut: DelayLine;
}

/**
 * Hair as wide as it is: lines of it side by side along the string, each with its share of force and compliance, and a piece of
 * string between each and the next.
 *
 * While the string sticks to one line and turns about it, the next is pulled along: it slips a little, between the slips that make
 * the note, and the more the wider the hair is for its distance from the bridge. A bow that touches at one point cannot do this.
 *
 * @source McIntyre, Schumacher and Woodhouse, JASA 74 (1983); differential slipping: Woodhouse, euphonics.org §9.7; Pitteroff and
 *   Woodhouse, Acustica 84 (1998)
 */
export class WideBow {
  readonly lines: number;
  /** From the first line of hair to the last [samples]. */
  readonly way: number;
  /** What the last `pass` sent on: waves to the bridge and over the nut, and twist [m/s]. */
  toBridge = 0;
  overNut = 0;
  twistToBridge = 0;
  twistOverNut = 0;
  /** Speed of the hair over the string in the last sample, in the mean over its lines [m/s]. */
  slipMps = 0;
  readonly #lines: readonly BowContact[];
  readonly #waves: readonly Between[];
  readonly #twists: readonly Between[];
  readonly #step: number;
  readonly #twistStep: number;
  readonly #kick: number;
  readonly #twistKick: number;

  /** @param way across the hair, one way [samples] */
  constructor(impedanceKgps: number, way: number, settings: SoundSettings) {
    const { hair, torsion } = settings;
    const lines = linesAcross(way, hair.lines);
    const share = {
      ...hair,
      stiffnessNpm: hair.stiffnessNpm / lines,
      dampingKgps: hair.dampingKgps / lines,
    };
    [this.way, this.lines] = [way, lines];
    this.#lines = Array.from({ length: lines }, () => new BowContact(impedanceKgps, { ...settings, hair: share })); // prettier-ignore
    this.#step = way / (lines - 1);
    this.#twistStep = Math.max(LEAST_TWIST, this.#step / torsion.speedRatio);
    const pieces = (delay: number): Between[] =>
      Array.from({ length: lines - 1 }, () => ({
        toBridge: makeDelayLine(delay),
        toNut: makeDelayLine(delay),
      }));
    [this.#waves, this.#twists] = [pieces(this.#step), pieces(this.#twistStep)];
    this.#kick = 1 / (2 * impedanceKgps);
    this.#twistKick = this.#kick / torsion.impedanceRatio;
  }

  /**
   * One sample.
   *
   * @param bowMps speed of the bow, @param forceN of all hair, >= 0
   * @param fromBridge, fromNut waves that arrive at the hair, @param twistFromBridge, twistFromNut the same of the twist [m/s]
   */
  pass(
    now: number,
    bowMps: number,
    forceN: number,
    fromBridge: number,
    fromNut: number,
    twistFromBridge: number,
    twistFromNut: number,
  ): void {
    const last = this.#lines.length - 1;
    const forceOnLineN = forceN / (last + 1);
    let slipMps = 0;
    for (let k = 0; k <= last; k++) {
      const [nearer, farther] = [this.#waves[k - 1], this.#waves[k]];
      const [twistNearer, twistFarther] = [this.#twists[k - 1], this.#twists[k]];
      const b = nearer ? readCubic(nearer.toNut.samples, nearer.toNut.mask, now, this.#step) : fromBridge;
      const n = farther ? readCubic(farther.toBridge.samples, farther.toBridge.mask, now, this.#step) : fromNut; // prettier-ignore
      const tb = twistNearer ? readLinear(twistNearer.toNut.samples, twistNearer.toNut.mask, now, this.#twistStep) : twistFromBridge; // prettier-ignore
      const tn = twistFarther ? readLinear(twistFarther.toBridge.samples, twistFarther.toBridge.mask, now, this.#twistStep) : twistFromNut; // prettier-ignore
      const line = this.#lines[k]!;
      const f = line.friction(bowMps, b + n + tb + tn, forceOnLineN);
      slipMps += line.slipMps / (last + 1);
      const [wave, twist] = [f * this.#kick, f * this.#twistKick];
      if (nearer) nearer.toBridge.samples[now & nearer.toBridge.mask] = n + wave;
      else this.toBridge = n + wave;
      if (farther) farther.toNut.samples[now & farther.toNut.mask] = b + wave;
      else this.overNut = b + wave;
      if (twistNearer) twistNearer.toBridge.samples[now & twistNearer.toBridge.mask] = tn + twist;
      else this.twistToBridge = tn + twist;
      if (twistFarther) twistFarther.toNut.samples[now & twistFarther.toNut.mask] = tb + twist;
      else this.twistOverNut = tb + twist;
    }
    this.slipMps = slipMps;
  }

  /** The bow has left: twist and the stretch of the hair are forgotten; what runs along the string is not. */
  forget(): void {
    for (const line of this.#lines) line.forget();
    clear(this.#twists);
  }

  /** The string is still. */
  rest(): void {
    this.forget();
    clear(this.#waves);
  }
}

function clear(pieces: readonly Between[]): void {
  for (const { toBridge, toNut } of pieces) {
    toBridge.samples.fill(0);
    toNut.samples.fill(0);
  }
}

const linesAcross = (way: number, wanted: number): number =>
  Math.min(wanted, Math.floor(way / LEAST_WAY) + 1);

/** The bow's hair across a string, or undefined where it is taken to touch at a point, or is too narrow for a second line. */
export function wideBow(
  impedanceKgps: number,
  { lengthM, period }: OpenString,
  settings: SoundSettings,
): WideBow | undefined {
  const way = (settings.hair.widthM / lengthM) * (period / 2);
  return linesAcross(way, settings.hair.lines) < 2 ? undefined : new WideBow(impedanceKgps, way, settings);
}
