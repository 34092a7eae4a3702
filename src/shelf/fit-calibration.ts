import { existsSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { parseDocument } from "yaml";
import { CellistError } from "../errors.ts";
import { fileTrouble } from "../file-trouble.ts";
import { parseCalibration } from "../instrument/calibration.ts";
import { checkCalibration } from "../instrument/check.ts";
import { fitCello } from "../instrument/fit-cello.ts";
import { shippedOrPath, type LoadedInstrument } from "./load-instrument.ts";
import { readInputText } from "./read-input.ts";

/**
 * Fits hair and strings of a calibration file to its taught poses and writes the whole file anew under another name,
 * comments kept.
 *
 * @throws CellistError `calibration-invalid`: no cello fits; `usage`: `out` is there already; `file-unwritable`
 */
export async function fitCalibration(nameOrPath: string, out: string): Promise<LoadedInstrument> {
  if (existsSync(out))
    throw new CellistError(
      "usage",
      `${out} exists already; choose another name, so that no calibration is lost`,
    );
  const text = await readInputText(
    shippedOrPath("data/calibration", nameOrPath, "calibration"),
    "calibration",
  );
  const document = parseDocument(text);
  const { hair, strings } = fitCello(parseCalibration(String(document), nameOrPath));
  document.setIn(["hair"], document.createNode(hair, { flow: true }));
  document.setIn(["strings"], document.createNode(strings));
  const fitted = document.toString({ lineWidth: 120, flowCollectionPadding: true });
  const checked = checkCalibration(parseCalibration(fitted, out));
  try {
    await writeFile(`${out}.part`, fitted);
    await rename(`${out}.part`, out);
  } catch (cause) {
    throw new CellistError(
      "file-unwritable",
      `cannot write ${out}: ${fileTrouble(cause, "write")}`,
      { out },
      cause,
    );
  }
  return { calibration: parseCalibration(fitted, out), ...checked };
}
