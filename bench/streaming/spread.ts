/** Numbers as they came, and what they say together. */
export class Spread {
  #values: Float64Array = new Float64Array(1024);
  #count = 0;

  add(value: number): void {
    if (this.#count === this.#values.length) {
      const larger = new Float64Array(2 * this.#count);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#count++] = value;
  }

  get count(): number {
    return this.#count;
  }

  /** @param part 0 least, 0.5 median, 1 greatest */
  at(part: number): number {
    const sorted = this.#values.slice(0, this.#count).sort();
    return sorted[Math.min(this.#count - 1, Math.floor(part * this.#count))] ?? NaN;
  }

  /** Median, 99 %, 99.9 % and greatest. */
  summary(digits = 4): Record<string, number> {
    const round = (value: number) => Number(value.toFixed(digits));
    return {
      p50: round(this.at(0.5)),
      p99: round(this.at(0.99)),
      p999: round(this.at(0.999)),
      max: round(this.at(1)),
    };
  }

  get values(): Float64Array {
    return this.#values.subarray(0, this.#count);
  }
}
