import { type ExtraFields, type OutputName, type OutputValue } from "./fields.ts";
import { Listeners } from "../connection/listeners.ts";
import { PackageGaps, type PackageStats } from "./package-gaps.ts";
import { PackageReader, type PackageReaderOptions } from "./package-reader.ts";
import { type FieldType, type RtdeRecord } from "../protocol/data-layout.ts";
import { PackageBuffer } from "../protocol/package-buffer.ts";
import { type Frame } from "../connection/frame-decoder.ts";
import { type RtdeValue } from "../protocol/rtde-type.ts";

/** Value of an output field, of the table or of one's own. */
export type OutputFieldValue<Name, Extra extends ExtraFields> = Name extends keyof Extra
  ? RtdeValue<Extra[Name]>
  : Name extends OutputName
    ? OutputValue<Name>
    : never;

/** The fields of a package by name; those asked for as optional may be missing. */
export type OutputPackage<Name extends string, Optional extends string, Extra extends ExtraFields> = {
  readonly [N in Exclude<Name, Optional>]: OutputFieldValue<N, Extra>;
} & { readonly [N in Optional]?: OutputFieldValue<N, Extra> };

/** A set of outputs the controller agreed to send. */
export interface OutputRecipe<Package extends object = RtdeRecord> {
  /** The controller's number of the recipe; 0 in version 1, which numbers none. */
  readonly id: number;
  readonly fields: readonly FieldType[];
  /** [Hz] */
  readonly frequencyHz: number;
  /** Optional names that the controller does not have. */
  readonly missing: readonly string[];
  /** The newest package. One object for the life of the recipe, filled in place. */
  readonly package: Package;
  readonly stats: PackageStats;
  /**
   * Calls back for every package in order, inside the call that received it. The object and its vectors are
   * the same each time: copy what is to be kept. @returns a function that stops it
   */
  onPackage(listener: (received: Package) => void): () => void;
  /** Every package in order, each a copy, for `for await`. Ends with the connection, or throws what broke it. */
  packages(options?: PackageReaderOptions): AsyncIterableIterator<Package, undefined>;
}

/** A recipe together with the ends only the client may pull. */
export interface OpenOutputRecipe {
  readonly recipe: OutputRecipe;
  /** Decodes a data package and tells the listeners. @throws ProtocolError for a wrong length. */
  accept(frame: Frame): void;
  /** Data flows anew, after a start. */
  restart(): void;
  /** No data comes any more. */
  end(error?: Error): void;
}

/** @param idBytes 1 if data packages carry a recipe id (version 2), 0 if not */
export function openOutputRecipe(
  about: Pick<OutputRecipe, "id" | "fields" | "frequencyHz" | "missing">,
  idBytes: 0 | 1,
): OpenOutputRecipe {
  const buffer = new PackageBuffer(about.fields);
  const { record } = buffer;
  const gaps = new PackageGaps(about.frequencyHz, buffer.double("timestamp"));
  const listeners = new Listeners<RtdeRecord>();
  const readers = new Set<PackageReader<RtdeRecord>>();
  let ended: { readonly error: Error | undefined } | undefined;
  return {
    recipe: {
      ...about,
      package: record,
      get stats() {
        return gaps.stats;
      },
      onPackage: (listener) => listeners.add(listener),
      packages(options = {}) {
        const reader = new PackageReader<RtdeRecord>((joined) => {
          readers.add(joined);
          return () => void readers.delete(joined);
        }, options);
        if (ended !== undefined) reader.end(ended.error);
        return reader;
      },
    },
    accept(frame) {
      const at = frame.start + idBytes;
      buffer.decode(frame.view, at, frame.end - at);
      gaps.count();
      listeners.emit(record);
      if (readers.size > 0) for (const reader of readers) reader.push(record);
    },
    restart: () => gaps.restart(),
    end(error) {
      ended ??= { error };
      for (const reader of readers) reader.end(error);
    },
  };
}
