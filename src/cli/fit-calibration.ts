import { existsSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { parseDocument } from "yaml";
import { CellistError } from "../errors.ts";
import { parseCalibration } from "../instrument/calibration.ts";
import { checkCalibration } from "../instrument/check.ts";
import { fitCello } from "../instrument/fit-cello.ts";
import type { LoadedInstrument } from "../shelf/load-instrument.ts";
import { shippedOrPath } from "../shelf/load-instrument.ts";
import { readInputText } from "../shelf/read-input.ts";

/**
 * Fits hair and strings of a calibration file to its taught poses and writes the whole file anew under another name,
 * comments kept.
 *
 * @throws CellistError `calibration-invalid`: no cello fits; `usage`: `out` is there already
 */
export async function fitCalibration(nameOrPath: string, out: string): Promise<LoadedInstrument> {
  if (existsSync(out))
    throw new CellistError(
      "usage",
      `${out} exists already; choose another --out, so that no calibration is lost`,
    );
  const text = await readInputText(
    shippedOrPath("data/calibration", nameOrPath, "calibration"),
    "calibration",
  );
  const calibration = parseCalibration(text, nameOrPath);
  const { hair, strings } = fitCello(calibration);
  const document = parseDocument(text);
  document.setIn(["hair"], document.createNode(hair, { flow: true }));
  document.setIn(["strings"], document.createNode(strings));
  const fitted = document.toString({ lineWidth: 120, flowCollectionPadding: true });
  const checked = checkCalibration(parseCalibration(fitted, out));
  await writeFile(`${out}.part`, fitted);
  await rename(`${out}.part`, out);
  return { calibration: parseCalibration(fitted, out), ...checked };
}
