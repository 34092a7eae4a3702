import { existsSync } from "node:fs";
import { CellistError } from "../errors.ts";
import { loadInstrument, type LoadedInstrument } from "../shelf/load-instrument.ts";

/** The calibrations that a new one builds on. */
export interface CalibrationsAtHand {
  /** Tool, payload and a first idea of the hair. */
  readonly start: LoadedInstrument;
  /** The one that stands in the file already, if there is one. */
  readonly last: LoadedInstrument | undefined;
}

/**
 * Reads what a new calibration in `file` builds on.
 *
 * @param like name or path of the one to start from; undefined: the file itself
 * @param how how `like` is given, for the refusal
 * @throws CellistError `usage` when there is neither; as `loadInstrument`
 */
export async function calibrationsAtHand(
  file: string,
  like: string | undefined,
  how: string,
): Promise<CalibrationsAtHand> {
  const last = existsSync(file) ? await loadInstrument(file) : undefined;
  if (like !== undefined) return { start: await loadInstrument(like), last };
  if (last) return { start: last, last };
  throw new CellistError(
    "usage",
    `${file} is not there yet: say with ${how} which calibration has a tool, payload and hair like yours (cellist calibration show paper)`,
  );
}

/** What it means to let go of an arm, for the person who confirms it. */
export const lettingGo = (robot: string, { instrument }: LoadedInstrument): string =>
  `This lets go of the arm at ${robot}: it can be moved by hand (Freedrive) and holds only itself and ` +
  `${instrument.payload.massKg.toFixed(2)} kg of bow and holder.`;
