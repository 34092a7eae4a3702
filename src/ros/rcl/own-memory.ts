/**
 * A message as rclnodejs may be given it: every row of numbers in memory of its own.
 *
 * rclnodejs 2.2.0 takes the memory behind a typed array from its beginning (`new Uint8Array(values.buffer)` in the code it generates
 * for every type), wherever in it the array lies. Rows of a message that was decoded lie within its bytes, and were sent as
 * whatever stands at the beginning of those.
 */
export function inOwnMemory<T>(message: T): T {
  return copied(message) as T;
}

function copied(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return isWhole(value) ? value : copyOf(value);
  if (Array.isArray(value)) return value.map(copied);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inside]) => [name, copied(inside)]));
}

const isWhole = ({ byteOffset, byteLength, buffer }: ArrayBufferView): boolean =>
  byteOffset === 0 && byteLength === buffer.byteLength;

/** A Buffer's own `slice` copies nothing. */
const copyOf = (view: ArrayBufferView): ArrayBufferView =>
  view instanceof Uint8Array ? Uint8Array.from(view) : (view as Float64Array).slice();
