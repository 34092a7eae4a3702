/** Bytes of a robot state, put together by hand: what a decoder must make sense of. */
export class StateBytes {
  #bytes: number[] = [];

  /** A part: its length, its type, and what `values` writes. */
  part(type: number, values: (part: StateBytes) => void): this {
    const part = new StateBytes();
    values(part);
    return this.u32(part.#bytes.length + 5)
      .u8(type)
      .raw(part.#bytes);
  }

  u8(...values: number[]): this {
    return this.raw(values.map((value) => value & 0xff));
  }

  u32(...values: number[]): this {
    return this.#each(values, 4, (view, value) => view.setUint32(0, value));
  }

  i32(...values: number[]): this {
    return this.#each(values, 4, (view, value) => view.setInt32(0, value));
  }

  u64(value: bigint): this {
    return this.#each([value], 8, (view, v) => view.setBigUint64(0, v));
  }

  f32(...values: number[]): this {
    return this.#each(values, 4, (view, value) => view.setFloat32(0, value));
  }

  f64(...values: number[]): this {
    return this.#each(values, 8, (view, value) => view.setFloat64(0, value));
  }

  raw(bytes: readonly number[]): this {
    this.#bytes.push(...bytes);
    return this;
  }

  /** The whole message: length, type 16, the parts. */
  message(): Uint8Array {
    const whole = new StateBytes()
      .u32(this.#bytes.length + 5)
      .u8(16)
      .raw(this.#bytes);
    return Uint8Array.from(whole.#bytes);
  }

  #each<T>(values: readonly T[], bytes: number, write: (view: DataView, value: T) => void): this {
    for (const value of values) {
      const view = new DataView(new ArrayBuffer(bytes));
      write(view, value);
      this.raw([...new Uint8Array(view.buffer)]);
    }
    return this;
  }
}

/** One to six, times something: six values that can be told apart. */
export const six = (factor: number): number[] => [1, 2, 3, 4, 5, 6].map((i) => i * factor);

/**
 * A robot state as a UR5e sends it: thirteen parts in its order, 1386 bytes.
 * @source lengths and order: a state of a UR5e of 5.x
 */
export function wholeState(): StateBytes {
  const state = new StateBytes();
  state.part(0, (p) => p.u64(42_000_000n).u8(1, 1, 1, 0, 0, 1, 0).u8(7, 0).f64(0.5, 0.75, 1).u8(0));
  state.part(1, (p) => {
    for (const i of six(1))
      p.f64(i, i + 0.125, -i)
        .f32(i / 4, 48, 30 + i, 31 + i)
        .u8(253);
  });
  state.part(4, (p) => p.f64(...six(0.1), ...six(0.01)));
  state.part(5, (p) =>
    p
      .u32(...six(1000))
      .f64(...six(1e-7), ...six(-0.1), ...six(50), ...six(0.5))
      .u32(0),
  );
  state.part(9, (p) => p.f64(...six(0)));
  state.part(3, (p) => {
    p.u32(5, 0x2_0001).u8(0, 1).f64(0.004, 5).u8(1, 0).f64(0.5, 0.25);
    p.f32(35, 48, 0.5, 0.125).u8(1, 0, 0).u32(0).u8(2, 1, 0);
  });
  state.part(2, (p) => p.u8(0, 1).f64(0.5, 1.5).f32(48).u8(24).f32(0.25, 33).u8(253));
  state.part(6, (p) => {
    for (const i of six(1)) p.f64(-6.25 - i, 6.25 + i);
    for (const i of six(1)) p.f64(3 + i, 40 + i);
    p.f64(1.0472, 1.3963, 0.25, 1.2, 0.25, ...six(0.1), ...six(0.2), ...six(0.3), ...six(0));
    p.i32(6, 4, 1, 3);
  });
  state.part(7, (p) => p.f64(...six(2), 0.5));
  state.part(8, (p) => p.u8(0, 1, 0, 0));
  state.part(10, (p) => p.raw(new Array<number>(38).fill(0)));
  state.part(11, (p) => p.u8(1).i32(115_200, 0, 1).f32(1.5, 3.5));
  return state.part(12, (p) => p.u8(1, 2, 3));
}
