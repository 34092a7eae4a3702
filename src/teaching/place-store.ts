import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { readInputText } from "../shelf/read-input.ts";
import { writeOutput } from "../shelf/write-output.ts";
import {
  keptPlacesPath,
  keptPlacesText,
  parseKeptPlaces,
  type KeptPlaces,
  type TaughtCell,
} from "./kept-places.ts";
import type { Taken } from "./taught-places.ts";

/** Where taught places are safe until a calibration is made of them. */
export interface PlaceStore {
  /** What the store is called when people are told of it. */
  readonly path: string;
  /** Of a teaching of the same cell that was not finished. */
  readonly kept: KeptPlaces | undefined;
  /** Puts all places down, instead of those that were there. @throws CellistError `file-unwritable` */
  readonly keep: (taken: readonly Taken[]) => Promise<void>;
  /** A calibration is made of them: they are not needed any more. */
  readonly forget: () => Promise<void>;
}

/**
 * The store beside a calibration that is to be made.
 *
 * @param calibration its path
 * @throws CellistError `calibration-invalid` where places of another arm or cell lie there
 */
export async function placeStoreBeside(
  calibration: string,
  of: TaughtCell,
  now: () => Date = () => new Date(),
): Promise<PlaceStore> {
  const path = keptPlacesPath(calibration);
  const forget = (): Promise<void> => rm(path, { force: true });
  return {
    path,
    kept: existsSync(path) ? parseKeptPlaces(await readInputText(path, "kept places"), path, of) : undefined,
    keep: (taken) =>
      taken.length === 0 ? forget() : writeOutput(path, keptPlacesText(of, { keptAt: now(), taken })),
    forget,
  };
}
