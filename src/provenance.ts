import { createHash } from "node:crypto";

/** What a value was made from: the sha256 of its inputs and settings. Same hash, same bytes. */
export interface Provenance {
  readonly sha256: string;
}

/** Hash of any JSON-able inputs, independent of the order of object keys. */
export const provenanceOf = (...inputs: readonly unknown[]): Provenance => ({
  sha256: createHash("sha256")
    .update(JSON.stringify(inputs.map(sortedKeys)))
    .digest("hex"),
});

function sortedKeys(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([, v]) => v !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, sortedKeys(v)]));
}
