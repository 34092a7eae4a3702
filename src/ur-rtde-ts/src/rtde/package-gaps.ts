/** What the timestamps of a recipe's packages say about packages that never came, or came late. */
export interface PackageStats {
  /** Packages received. */
  readonly packages: number;
  /** Packages that the timestamps say are missing: the controller skips them when it is short of time. */
  readonly missed: number;
  /** Places where packages are missing. */
  readonly gaps: number;
  /** Packages that came so much later than they should have that another was due already. */
  readonly late: number;
  /** The latest package came so long after it was due [s]. */
  readonly worstLateS: number;
  /** Times the controller's clock did not advance: a restart, or a package sent twice. */
  readonly clockSteps: number;
  /** Timestamp of the last package [s], `undefined` before the first or without the field. */
  readonly lastTimestampS: number | undefined;
}

/** Drift allowed between the two clocks [s/s]. @assumed 200 ppm: two quartz clocks */
const driftAllowed = 2e-4;
/** Places in the list of numbers: they live in one array because a field of an object would box them anew each time. */
const [LAST, OFFSET, ARRIVED, WORST, PERIOD] = [0, 1, 2, 3, 4];

/** Two packages nearer to each other than this part of the period that was asked for are no measure of the rate. */
const leastPeriod = 0.4;

/**
 * Counts packages that are missing or late by the controller's clock, which advances by exact multiples of its cycle.
 *
 * A package is due when the quickest package so far would have come: arrival − timestamp is smallest for the package
 * that waited least, and that smallest offset is let go slowly, as the two clocks drift apart.
 *
 * A controller sends every so many of its cycles, ⌊500 / frequency⌋, so that 300 Hz become 500: the period is learned from
 * the two packages that were nearest to each other.
 * @source Universal Robots, RTDE guide: the effective rate of an output recipe
 */
export class PackageGaps {
  readonly #askedS: number;
  readonly #timestamp: Float64Array | undefined;
  readonly #nowS: () => number;
  readonly #numbers: Float64Array;
  #packages = 0;
  #missed = 0;
  #gaps = 0;
  #late = 0;
  #clockSteps = 0;
  #fresh = true;

  /**
   * @param frequencyHz the recipe's rate [Hz]
   * @param timestamp where the newest package's `timestamp` stands [s], `undefined` if the recipe has none
   * @param nowS the host's clock [s]
   */
  constructor(
    frequencyHz: number,
    timestamp: Float64Array | undefined,
    nowS: () => number = () => performance.now() / 1000,
  ) {
    this.#askedS = 1 / frequencyHz;
    this.#numbers = Float64Array.of(NaN, Infinity, NaN, 0, this.#askedS);
    this.#timestamp = timestamp;
    this.#nowS = nowS;
  }

  get stats(): PackageStats {
    const lastTimestampS = this.#numbers[LAST]!;
    return {
      packages: this.#packages,
      missed: this.#missed,
      gaps: this.#gaps,
      late: this.#late,
      worstLateS: this.#numbers[WORST]!,
      clockSteps: this.#clockSteps,
      lastTimestampS: Number.isNaN(lastTimestampS) ? undefined : lastTimestampS,
    };
  }

  /** The stream starts anew: what lies between the last package and the next is not a gap. */
  restart(): void {
    this.#fresh = true;
  }

  /** A package was decoded. */
  count(): void {
    this.#packages += 1;
    if (this.#timestamp === undefined) return;
    const elapsedS = this.#timestamp[0]! - this.#numbers[LAST]!;
    if (this.#fresh || !(elapsedS > 0)) this.#numbers[OFFSET] = Infinity;
    if (!this.#fresh) this.#compare(elapsedS);
    this.#time();
    this.#fresh = false;
    this.#numbers[LAST] = this.#timestamp[0]!;
  }

  #compare(elapsedS: number): void {
    if (elapsedS <= 0) {
      this.#clockSteps += 1;
      return;
    }
    if (elapsedS < this.#numbers[PERIOD]! && elapsedS > leastPeriod * this.#askedS)
      this.#numbers[PERIOD] = elapsedS;
    const missed = Math.round(elapsedS / this.#numbers[PERIOD]!) - 1;
    if (!(missed > 0)) return;
    this.#gaps += 1;
    this.#missed += missed;
  }

  #time(): void {
    const numbers = this.#numbers;
    const nowS = this.#nowS();
    const offsetS = nowS - this.#timestamp![0]!;
    if (numbers[OFFSET] !== Infinity) numbers[OFFSET]! += (nowS - numbers[ARRIVED]!) * driftAllowed;
    numbers[ARRIVED] = nowS;
    if (offsetS <= numbers[OFFSET]!) {
      numbers[OFFSET] = offsetS;
      return;
    }
    const lateS = offsetS - numbers[OFFSET]!;
    if (lateS > numbers[WORST]!) numbers[WORST] = lateS;
    if (lateS > numbers[PERIOD]!) this.#late += 1;
  }
}
