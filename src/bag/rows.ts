/** Rows of numbers of one width, one after the other, without knowing how many will come. */
export class Rows {
  readonly #width: number;
  #values: Float64Array;
  #length = 0;

  constructor(width: number) {
    this.#width = width;
    this.#values = new Float64Array(1024 * width);
  }

  /** Number of rows. */
  get count(): number {
    return this.#length / this.#width;
  }

  push(row: ArrayLike<number>): void {
    if (row.length !== this.#width)
      throw new RangeError(`a row has ${row.length} values, not ${this.#width}`);
    if (this.#length + this.#width > this.#values.length) {
      const grown = new Float64Array(2 * this.#values.length);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values.set(row, this.#length);
    this.#length += this.#width;
  }

  /** [count × width], row-major. */
  toArray(): Float64Array {
    return this.#values.slice(0, this.#length);
  }
}
