/** What the timestamps of a recipe's packages say about packages that never came. */
export interface PackageStats {
  /** Packages received. */
  readonly packages: number;
  /** Packages that the timestamps say are missing. */
  readonly missed: number;
  /** Places where packages are missing. */
  readonly gaps: number;
  /** Times the controller's clock did not advance: a restart, or a package sent twice. */
  readonly clockSteps: number;
  /** Timestamp of the last package [s], `undefined` before the first or without the field. */
  readonly lastTimestampS: number | undefined;
}

/** Counts missing packages by the controller's clock, which advances by exact multiples of its 2 ms cycle. */
export class PackageGaps {
  readonly #frequencyHz: number;
  #packages = 0;
  #missed = 0;
  #gaps = 0;
  #clockSteps = 0;
  #lastTimestampS: number | undefined;
  #fresh = true;

  /** @param frequencyHz the recipe's rate [Hz] */
  constructor(frequencyHz: number) {
    this.#frequencyHz = frequencyHz;
  }

  get stats(): PackageStats {
    return {
      packages: this.#packages,
      missed: this.#missed,
      gaps: this.#gaps,
      clockSteps: this.#clockSteps,
      lastTimestampS: this.#lastTimestampS,
    };
  }

  /** The stream starts anew: what lies between the last package and the next is not a gap. */
  restart(): void {
    this.#fresh = true;
  }

  /** @param timestampS the package's `timestamp` field [s], `undefined` if the recipe has none */
  count(timestampS: number | undefined): void {
    this.#packages += 1;
    if (timestampS === undefined) return;
    if (!this.#fresh && this.#lastTimestampS !== undefined) this.#compare(timestampS - this.#lastTimestampS);
    this.#fresh = false;
    this.#lastTimestampS = timestampS;
  }

  #compare(elapsedS: number): void {
    if (elapsedS <= 0) {
      this.#clockSteps += 1;
      return;
    }
    const missed = Math.round(elapsedS * this.#frequencyHz) - 1;
    if (!(missed > 0)) return;
    this.#gaps += 1;
    this.#missed += missed;
  }
}
