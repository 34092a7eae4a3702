/** The types a controller names in its answer to a recipe, with their size on the wire [bytes]. */
export const rtdeTypeBytes = {
  BOOL: 1,
  UINT8: 1,
  UINT32: 4,
  INT32: 4,
  UINT64: 8,
  DOUBLE: 8,
  VECTOR3D: 24,
  VECTOR6D: 48,
  VECTOR6INT32: 24,
  VECTOR6UINT32: 24,
} as const;

/** Name of a wire type. `STRING` stands in the RTDE guide but no field has it, so it is not one. */
export type RtdeType = keyof typeof rtdeTypeBytes;

/** What a decoded field of a wire type is in JavaScript. `UINT64` is a bigint: nothing is rounded. */
export type RtdeValue<T extends RtdeType = RtdeType> = T extends "BOOL"
  ? boolean
  : T extends "UINT64"
    ? bigint
    : T extends "VECTOR3D" | "VECTOR6D"
      ? Float64Array
      : T extends "VECTOR6INT32"
        ? Int32Array
        : T extends "VECTOR6UINT32"
          ? Uint32Array
          : number;

/** What may be given for a field when encoding: any array-like of numbers for a vector. */
export type RtdeEncodable<T extends RtdeType = RtdeType> = T extends "BOOL"
  ? boolean
  : T extends "UINT64"
    ? bigint
    : T extends "VECTOR3D" | "VECTOR6D" | "VECTOR6INT32" | "VECTOR6UINT32"
      ? ArrayLike<number>
      : number;

/** Whether a word of a controller's answer is a type this library can decode. */
export function isRtdeType(word: string): word is RtdeType {
  return Object.hasOwn(rtdeTypeBytes, word);
}

/** A value of the type with nothing in it: zero, false, a vector of zeros. */
export function zeroValue(type: RtdeType): RtdeValue {
  switch (type) {
    case "BOOL":
      return false;
    case "UINT64":
      return 0n;
    case "VECTOR3D":
      return new Float64Array(3);
    case "VECTOR6D":
      return new Float64Array(6);
    case "VECTOR6INT32":
      return new Int32Array(6);
    case "VECTOR6UINT32":
      return new Uint32Array(6);
    default:
      return 0;
  }
}
