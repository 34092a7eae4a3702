import { ProtocolError, RtdeError } from "../connection/errors.ts";
import { type RtdeEncodable, type RtdeType, type RtdeValue, rtdeTypeBytes, zeroValue } from "./rtde-type.ts";

/** A field of a recipe. */
export interface FieldType {
  readonly name: string;
  readonly type: RtdeType;
}

/** Field values by name, as decoded. */
export type RtdeRecord = Record<string, RtdeValue>;
/** Field values by name, to be encoded. */
export type EncodableRecord = Readonly<Record<string, RtdeEncodable | undefined>>;

/** Where the fields of a recipe lie in a data package, after the recipe id. */
export interface DataLayout {
  readonly fields: readonly FieldType[];
  /** [bytes] */
  readonly byteLength: number;
  /** A record with a zero for every field, to be filled by `decodeInto`. */
  createRecord(): RtdeRecord;
  /**
   * Reads every field into `record`, filling vectors that are there in place. Other entries of the record stay: one
   * record can latch many recipes, as a controller's inputs do. Numbers are boxed: `PackageBuffer` does without.
   * @throws ProtocolError if `byteLength` is not the layout's.
   */
  decodeInto(view: DataView, offset: number, byteLength: number, record: RtdeRecord): void;
  /**
   * Writes every field of `record` at `offset`.
   * @throws RtdeError BAD_VALUE, with the field, if one is missing, not finite or out of its type's range.
   */
  encodeInto(view: DataView, offset: number, record: EncodableRecord): void;
}

type Reader = (view: DataView, at: number, record: RtdeRecord) => void;
type Writer = (view: DataView, at: number, value: unknown) => void;

/** Works out a recipe's layout once, so that each package costs only its reads and writes. */
export function compileLayout(fields: readonly FieldType[]): DataLayout {
  const readers = fields.map(({ name, type }) => reader(name, type));
  const writers = fields.map(({ name, type }) => writer(name, type));
  const offsets: number[] = [];
  let byteLength = 0;
  for (const { type } of fields) {
    offsets.push(byteLength);
    byteLength += rtdeTypeBytes[type];
  }
  return {
    fields,
    byteLength,
    createRecord: () => Object.fromEntries(fields.map(({ name, type }) => [name, zeroValue(type)])),
    decodeInto(view, offset, given, record) {
      if (given !== byteLength) {
        throw new ProtocolError(`RTDE: a data package of ${given} bytes for a recipe of ${byteLength}.`);
      }
      for (let i = 0; i < readers.length; i += 1) readers[i]!(view, offset + offsets[i]!, record);
    },
    encodeInto(view, offset, record) {
      for (let i = 0; i < writers.length; i += 1) {
        writers[i]!(view, offset + offsets[i]!, record[fields[i]!.name]);
      }
    },
  };
}

function reader(name: string, type: RtdeType): Reader {
  switch (type) {
    case "BOOL":
      return (view, at, record) => (record[name] = view.getUint8(at) !== 0);
    case "UINT8":
      return (view, at, record) => (record[name] = view.getUint8(at));
    case "UINT32":
      return (view, at, record) => (record[name] = view.getUint32(at));
    case "INT32":
      return (view, at, record) => (record[name] = view.getInt32(at));
    case "DOUBLE":
      return (view, at, record) => (record[name] = view.getFloat64(at));
    case "UINT64":
      return uint64Reader(name);
    case "VECTOR3D":
      return vectorReader(
        name,
        () => new Float64Array(3),
        8,
        (view, at) => view.getFloat64(at),
      );
    case "VECTOR6D":
      return vectorReader(
        name,
        () => new Float64Array(6),
        8,
        (view, at) => view.getFloat64(at),
      );
    case "VECTOR6INT32":
      return vectorReader(
        name,
        () => new Int32Array(6),
        4,
        (view, at) => view.getInt32(at),
      );
    case "VECTOR6UINT32":
      return vectorReader(
        name,
        () => new Uint32Array(6),
        4,
        (view, at) => view.getUint32(at),
      );
  }
}

/** Bits and counters mostly stand still, and a bigint is an allocation: the last one is kept. */
function uint64Reader(name: string): Reader {
  let high = 0;
  let low = 0;
  let value = 0n;
  return (view, at, record) => {
    const newHigh = view.getUint32(at);
    const newLow = view.getUint32(at + 4);
    if (newHigh !== high || newLow !== low) {
      high = newHigh;
      low = newLow;
      value = view.getBigUint64(at);
    }
    record[name] = value;
  };
}

function vectorReader<V extends Float64Array | Int32Array | Uint32Array>(
  name: string,
  create: () => V,
  elementBytes: number,
  read: (view: DataView, at: number) => number,
): Reader {
  const { length } = create();
  return (view, at, record) => {
    const vector = (record[name] ??= create()) as V;
    for (let i = 0; i < length; i += 1) vector[i] = read(view, at + i * elementBytes);
  };
}

function writer(name: string, type: RtdeType): Writer {
  switch (type) {
    case "BOOL":
      return (view, at, value) => {
        if (typeof value !== "boolean") throw badValue(name, type, value);
        view.setUint8(at, value ? 1 : 0);
      };
    case "UINT64":
      return (view, at, value) => {
        if (typeof value !== "bigint" || value < 0n || value >> 64n !== 0n) throw badValue(name, type, value);
        view.setBigUint64(at, value);
      };
    case "VECTOR3D":
      return vectorWriter(name, type, 3, numberWriter(name, "DOUBLE"), 8);
    case "VECTOR6D":
      return vectorWriter(name, type, 6, numberWriter(name, "DOUBLE"), 8);
    case "VECTOR6INT32":
      return vectorWriter(name, type, 6, numberWriter(name, "INT32"), 4);
    case "VECTOR6UINT32":
      return vectorWriter(name, type, 6, numberWriter(name, "UINT32"), 4);
    default:
      return numberWriter(name, type);
  }
}

function numberWriter(name: string, type: "UINT8" | "UINT32" | "INT32" | "DOUBLE"): Writer {
  if (type === "DOUBLE") {
    return (view, at, value) => {
      if (typeof value !== "number" || !Number.isFinite(value)) throw badValue(name, type, value);
      view.setFloat64(at, value);
    };
  }
  const [low, high] = integerRange[type];
  return (view, at, value) => {
    if (typeof value !== "number" || !Number.isInteger(value) || value < low || value > high) {
      throw badValue(name, type, value);
    }
    if (type === "UINT8") view.setUint8(at, value);
    else if (type === "UINT32") view.setUint32(at, value);
    else view.setInt32(at, value);
  };
}

const integerRange = {
  UINT8: [0, 0xff],
  UINT32: [0, 0xffff_ffff],
  INT32: [-0x8000_0000, 0x7fff_ffff],
} as const;

function vectorWriter(name: string, type: RtdeType, length: number, write: Writer, bytes: number): Writer {
  return (view, at, value) => {
    const vector = value as ArrayLike<number> | null | undefined;
    if (typeof vector !== "object" || vector?.length !== length) throw badValue(name, type, value);
    for (let i = 0; i < length; i += 1) write(view, at + i * bytes, vector[i]);
  };
}

function badValue(name: string, type: RtdeType, value: unknown): RtdeError {
  return new RtdeError("BAD_VALUE", `RTDE field ${name} is a ${type}; it cannot take ${shown(value)}.`, [
    name,
  ]);
}

function shown(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  return `[${Array.from(value as ArrayLike<number>).join(", ")}]`;
}
