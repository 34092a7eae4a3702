import { readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Cell } from "../collision/cell.ts";
import { parseCell } from "../collision/cell.ts";
import { CellistError } from "../errors.ts";
import { parseCalibration, type Calibration } from "../instrument/calibration.ts";
import { checkCalibration, type CalibrationReport } from "../instrument/check.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { PACKAGE_ROOT } from "./package-root.ts";
import { readInputNow, readInputText } from "./read-input.ts";

export interface LoadedInstrument {
  readonly calibration: Calibration;
  readonly instrument: Instrument;
  readonly report: CalibrationReport;
}

/** A shipped calibration by its name, or any calibration file by its path; read and checked. */
export async function loadInstrument(nameOrPath: string): Promise<LoadedInstrument> {
  const path = shippedOrPath("data/calibration", nameOrPath, "calibration");
  const calibration = parseCalibration(await readInputText(path, "calibration"), nameOrPath);
  return { calibration, ...checkCalibration(calibration) };
}

/** A shipped room by its name, or any cell file by its path; meshes and URDFs it names lie beside it. */
export async function loadCell(nameOrPath: string): Promise<Cell> {
  const path = shippedOrPath("data/cells", nameOrPath, "cell");
  const beside = (file: string): string => resolve(dirname(path), file);
  return parseCell(await readInputText(path, "cell"), nameOrPath, (file) =>
    readInputNow(beside(file), "cell's file"),
  );
}

/** A bare word names shipped data; anything with a dot or a slash is a path. */
export function shippedOrPath(folder: string, nameOrPath: string, what: string): string {
  if (/[./\\]/.test(nameOrPath)) return nameOrPath;
  const shipped = readdirSync(join(PACKAGE_ROOT, folder))
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.slice(0, -5));
  if (shipped.includes(nameOrPath)) return join(PACKAGE_ROOT, folder, `${nameOrPath}.yaml`);
  throw new CellistError(
    "file-unreadable",
    `there is no ${what} "${nameOrPath}"; shipped: ${shipped.join(", ")}`,
  );
}
