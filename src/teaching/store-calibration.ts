import { CellistError } from "../errors.ts";
import { compareCalibrations } from "../instrument/compare-calibrations.ts";
import { calibrationPicture } from "../pictures/calibration-picture.ts";
import { keepCalibration } from "../shelf/keep-calibration.ts";
import type { LoadedInstrument } from "../shelf/load-instrument.ts";
import { writeOutput } from "../shelf/write-output.ts";
import { assumedLines, calibrationTable, changeLines, planeLines } from "./calibration-lines.ts";
import type { MadeCalibration } from "./make-calibration.ts";

/** What is left over, what is assumed, and what has changed since the last calibration of the same file, for people. */
export const residualLines = (made: MadeCalibration, last: LoadedInstrument | undefined): string[] => [
  ...calibrationTable(made),
  ...planeLines(made.report),
  ...assumedLines(made.calibration),
  ...(last ? changeLines(compareCalibrations(last.instrument, made.instrument)) : []),
];

/**
 * Puts a calibration in its place, with its picture beside it; the last one of the same file is kept under its revision.
 *
 * @returns what was written where, for people
 * @throws CellistError `file-unwritable`
 */
export async function storeCalibration(
  file: string,
  made: MadeCalibration,
  last: LoadedInstrument | undefined,
): Promise<readonly string[]> {
  const kept = await keepCalibration(file, made.text, last?.calibration.revision);
  return [
    ...(kept === undefined ? [] : [`revision ${last!.calibration.revision} is kept as ${kept}`]),
    `revision ${made.calibration.revision} written to ${file}${await drawn(file, made, last)}`,
  ];
}

/** Draws a calibration beside its file. It is stored already: a picture that cannot be written is said and no more. */
async function drawn(
  file: string,
  made: MadeCalibration,
  last: LoadedInstrument | undefined,
): Promise<string> {
  const picture = `${file.replace(/\.ya?ml$/i, "")}.svg`;
  try {
    await writeOutput(picture, calibrationPicture(made, last?.instrument));
    return `, drawn in ${picture}`;
  } catch (error) {
    if (!(error instanceof CellistError)) throw error;
    return `; not drawn: ${error.message}`;
  }
}
