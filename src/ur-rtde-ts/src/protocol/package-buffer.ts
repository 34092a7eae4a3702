import { ProtocolError } from "../connection/errors.ts";
import { type FieldType, type RtdeRecord } from "./data-layout.ts";
import { type RtdeType, rtdeTypeBytes } from "./rtde-type.ts";

/** How values of one kind lie on the wire and in memory. */
const kinds = {
  f64: { bytes: 8, create: (length: number) => new Float64Array(length) },
  i32: { bytes: 4, create: (length: number) => new Int32Array(length) },
  u32: { bytes: 4, create: (length: number) => new Uint32Array(length) },
  u8: { bytes: 1, create: (length: number) => new Uint8Array(length) },
} as const;
type Kind = keyof typeof kinds;
type Store = { readonly [K in Kind]: ReturnType<(typeof kinds)[K]["create"]> };

/** Each wire type as so many values of one kind; a `UINT64` is two words. */
const shapes: Readonly<Record<RtdeType, readonly [Kind, number]>> = {
  BOOL: ["u8", 1],
  UINT8: ["u8", 1],
  UINT32: ["u32", 1],
  INT32: ["i32", 1],
  UINT64: ["u32", 2],
  DOUBLE: ["f64", 1],
  VECTOR3D: ["f64", 3],
  VECTOR6D: ["f64", 6],
  VECTOR6INT32: ["i32", 6],
  VECTOR6UINT32: ["u32", 6],
};

/** Values of one kind that follow each other on the wire and in memory. */
interface Run {
  readonly kind: Kind;
  readonly byteOffset: number;
  readonly index: number;
  count: number;
}

/** Where a field stands among the values of its kind. */
interface Place {
  readonly name: string;
  readonly type: RtdeType;
  readonly index: number;
}

/**
 * The newest package of a recipe, decoded into typed arrays that are made once. Decoding allocates nothing: a plain
 * object would box every number that is put into it.
 */
export class PackageBuffer {
  /**
   * The fields by name, always of the newest package. Vectors are views that stay the same; a `UINT64` becomes a bigint
   * when it is read, and again only if it has changed.
   */
  readonly record: RtdeRecord;
  /** Length of a package's fields [bytes]. */
  readonly byteLength: number;
  readonly #runs: readonly Run[];
  readonly #store: Store;
  readonly #places: readonly Place[];

  constructor(fields: readonly FieldType[]) {
    const lengths = { f64: 0, i32: 0, u32: 0, u8: 0 };
    const runs: Run[] = [];
    const places: Place[] = [];
    let byteOffset = 0;
    for (const { name, type } of fields) {
      const [kind, count] = shapes[type];
      const index = lengths[kind];
      const before = runs.at(-1);
      if (before?.kind === kind && before.index + before.count === index) before.count += count;
      else runs.push({ kind, byteOffset, index, count });
      places.push({ name, type, index });
      lengths[kind] += count;
      byteOffset += rtdeTypeBytes[type];
    }
    this.byteLength = byteOffset;
    this.#runs = runs;
    this.#places = places;
    this.#store = {
      f64: kinds.f64.create(lengths.f64),
      i32: kinds.i32.create(lengths.i32),
      u32: kinds.u32.create(lengths.u32),
      u8: kinds.u8.create(lengths.u8),
    };
    const record: RtdeRecord = {};
    for (const { name, type, index } of places)
      Object.defineProperty(record, name, { enumerable: true, ...property(this.#store, type, index) });
    this.record = record;
  }

  /** Where a `DOUBLE` stands: an array of one, always of the newest package. `undefined` if there is none of that name. */
  double(name: string): Float64Array | undefined {
    const place = this.#places.find((other) => other.name === name && other.type === "DOUBLE");
    return place === undefined ? undefined : this.#store.f64.subarray(place.index, place.index + 1);
  }

  /** Takes a package's fields. @throws ProtocolError if they have another length than the recipe's. */
  decode(view: DataView, offset: number, byteLength: number): void {
    if (byteLength !== this.byteLength) {
      throw new ProtocolError(
        `RTDE: a data package of ${byteLength} bytes for a recipe of ${this.byteLength}.`,
      );
    }
    const { f64, i32, u32, u8 } = this.#store;
    for (let r = 0; r < this.#runs.length; r += 1) {
      const { kind, byteOffset, index, count } = this.#runs[r]!;
      const at = offset + byteOffset;
      if (kind === "f64") for (let i = 0; i < count; i += 1) f64[index + i] = view.getFloat64(at + 8 * i);
      else if (kind === "i32") for (let i = 0; i < count; i += 1) i32[index + i] = view.getInt32(at + 4 * i);
      else if (kind === "u32") for (let i = 0; i < count; i += 1) u32[index + i] = view.getUint32(at + 4 * i);
      else for (let i = 0; i < count; i += 1) u8[index + i] = view.getUint8(at + i);
    }
  }
}

/** How a field is read out of the store. */
function property({ f64, i32, u32, u8 }: Store, type: RtdeType, index: number): PropertyDescriptor {
  switch (type) {
    case "BOOL":
      return { get: () => u8[index] !== 0 };
    case "UINT8":
      return { get: () => u8[index] };
    case "UINT32":
      return { get: () => u32[index] };
    case "INT32":
      return { get: () => i32[index] };
    case "DOUBLE":
      return { get: () => f64[index] };
    case "UINT64":
      return { get: bigintReader(u32, index) };
    case "VECTOR3D":
      return { value: f64.subarray(index, index + 3) };
    case "VECTOR6D":
      return { value: f64.subarray(index, index + 6) };
    case "VECTOR6INT32":
      return { value: i32.subarray(index, index + 6) };
    case "VECTOR6UINT32":
      return { value: u32.subarray(index, index + 6) };
  }
}

/** Bits and counters mostly stand still, and a bigint is an allocation: the last one is kept. */
function bigintReader(words: Uint32Array, index: number): () => bigint {
  let [high, low, value] = [0, 0, 0n];
  return () => {
    if (words[index] !== high || words[index + 1] !== low) {
      high = words[index]!;
      low = words[index + 1]!;
      value = (BigInt(high) << 32n) | BigInt(low);
    }
    return value;
  };
}
