/**
 * `npm run independent`: what the product works out, held against libraries that others wrote. Kinematics by Pinocchio; distances by
 * Coal, of random solids and of every shipped cell with its arm as Pinocchio places it; the clearance of motions that were proven clear,
 * every millisecond; the pace of free motion against TOPP-RA and Ruckig. Exit code 1 where a limit is missed.
 *
 *     npm run independent
 *     npm run independent -- --shift-mm 1     the forearm told wrong by so much: must not pass
 *     CELLIST_INDEPENDENT_VENV=DIR            keep the Python environment there for the next time (PyPI is needed for the first)
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { NOMINAL_UR5E } from "../../src/kinematics/dh.ts";
import { seededRandom } from "../../src/math/random.ts";
import { loadCell, loadInstrument } from "../../src/shelf/load-instrument.ts";
import { loadPiece } from "../../src/shelf/load-piece.ts";
import { loadProfile } from "../../src/shelf/load-profile.ts";
import { installed, makeEnvironment } from "../../test/interop/python-environment.ts";
import { armCases } from "./arms.ts";
import { cellScene } from "./cell-scenes.ts";
import { paceCases } from "./paces.ts";
import { randomSolids } from "./random-solids.ts";

/** BSD and MIT; Coal comes with Pinocchio's own builds, SciPy with TOPP-RA. */
const PACKAGES = ["toppra==0.6.10", "coal==3.0.3", "pin==4.1.0", "ruckig==0.19.4"];

const HERE = dirname(fileURLToPath(import.meta.url));
/** Every shipped cell with the arm and cello that stand in it. */
const CELLS = readdirSync(join(HERE, "../../data/cells"))
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => file.slice(0, -".yaml".length))
  .map((cell) => ({ cell, calibration: cell.startsWith("paper") ? "paper" : cell }));

const shiftAt = process.argv.indexOf("--shift-mm");
const shiftM = shiftAt < 0 ? 0 : Number(process.argv[shiftAt + 1]) / 1000;
if (!Number.isFinite(shiftM)) throw new Error("--shift-mm needs a number of millimetres");

const folder = mkdtempSync(join(tmpdir(), "cellist-independent-"));
try {
  const python = makeEnvironment(process.env["CELLIST_INDEPENDENT_VENV"] ?? join(folder, "venv"));
  const why = python === undefined ? "python3 -m venv failed" : installed(python, PACKAGES);
  if (python === undefined || why !== undefined) throw new Error(`no independent libraries: ${why}`);
  const cases = join(folder, "cases.json");
  writeFileSync(cases, JSON.stringify(await allCases()));
  const { status } = spawnSync(python, [join(HERE, "values.py"), cases], { stdio: "inherit" });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function allCases() {
  const random = seededRandom(21);
  const profile = await loadProfile("simulation", []);
  const { score } = await loadPiece("twinkle", { transpose: 0, clef: "bass" });
  const { instrument } = await loadInstrument("reference");
  const { dh } = (await loadInstrument("paper")).instrument;
  const scenes = [];
  for (const { cell, calibration } of CELLS) {
    const context = {
      instrument: (await loadInstrument(calibration)).instrument,
      cell: await loadCell(cell),
    };
    scenes.push(cellScene(cell, { ...context, profile }, score, random, shiftM));
  }
  return {
    arms: [armCases("nominal UR5e", NOMINAL_UR5E, random), armCases("arm of the paper cell", dh, random)],
    solids: randomSolids(random),
    scenes,
    paces: paceCases({ instrument, cell: await loadCell("reference"), profile }, random),
  };
}
