import type { Command } from "commander";
import { compareCalibrations } from "../instrument/compare-calibrations.ts";
import { calibrationPicture, type CalibrationDrawn } from "../pictures/calibration-picture.ts";
import { calibrationTable, changeLines, planeLines } from "../teaching/calibration-lines.ts";
import { fitCalibration } from "../shelf/fit-calibration.ts";
import { loadInstrument } from "../shelf/load-instrument.ts";
import { keepCalibration } from "../shelf/keep-calibration.ts";
import { readInput } from "../shelf/read-input.ts";
import { importWaypoints, parseWaypointMap } from "../teaching/import-waypoints.ts";
import { makeCalibration } from "../teaching/make-calibration.ts";
import { writeOutput } from "../shelf/write-output.ts";

const HELP = `
Examples:
  cellist calibration show reference
  cellist calibration check my-cell.yaml     exit code 1 and the reason when it is nonsense
  cellist calibration fit my-cell.yaml --out my-cell-2.yaml
                                             hair and strings from the eight taught poses; the hair in the file is the
                                             start: a few centimetres and degrees off is good enough
  cellist calibration import song.urp --like paper --map A.frog=Waypoint_1,A.tip=Waypoint_2,... --out my-cell.yaml
  cellist calibration compare my-cell.r1.yaml my-cell.yaml     what would be heard of the change
  cellist calibration draw my-cell.yaml --svg my-cell.svg
`;

/** `cellist calibration show|check|fit|compare|draw`: what a calibration leaves over, and hair and strings from its poses. */
export function addCalibrationCommand(program: Command): void {
  const group = program
    .command("calibration")
    .summary("look at a calibration and its residuals")
    .addHelpText("after", HELP);
  group
    .command("show")
    .summary("print residuals, angles and reach")
    .argument("<name|file>")
    .option("--json", "for scripts")
    .action(async (name: string, { json }: { json?: true }) => {
      const loaded = await loadInstrument(name);
      if (json) console.log(JSON.stringify(loaded.report, undefined, 2));
      else lines(loaded).forEach((line) => console.log(line));
    });
  group
    .command("check")
    .summary("refuse a calibration that is nonsense")
    .argument("<name|file>")
    .action(async (name: string) => {
      const { report, instrument } = await loadInstrument(name);
      report.warnings.forEach((warning) => console.log(`warning: ${warning}`));
      console.log(`calibration "${instrument.name}" is sound (${report.warnings.length} warnings)`);
    });
  group
    .command("fit")
    .summary("fit hair and strings to the taught poses, into a new file")
    .argument("<name|file>")
    .requiredOption("--out <file>", "where the fitted calibration goes; must not exist")
    .action(async (name: string, { out }: { out: string }) => {
      lines(await fitCalibration(name, out)).forEach((line) => console.log(line));
      console.log(`written to ${out}`);
    });
  group
    .command("import")
    .summary("make a calibration of the waypoints of a PolyScope program")
    .argument("<file.urp>", "as PolyScope 5 saves it; its kinematics are those of the arm it was taught on")
    .requiredOption("--out <file>", "where the calibration goes; must not exist")
    .requiredOption("--like <name|file>", "payload and a first idea of the hair")
    .option("--map <places>", "which waypoint is which, as in A.frog=Waypoint_1,A.tip=Waypoint_2", "")
    .action(importCalibration);
  group
    .command("compare")
    .summary("what changed from one calibration of a cell to the next")
    .argument("<earlier>")
    .argument("<later>")
    .action(async (earlier: string, later: string) => {
      const [before, after] = [await loadInstrument(earlier), await loadInstrument(later)];
      changeLines(compareCalibrations(before.instrument, after.instrument)).forEach((line) =>
        console.log(line),
      );
    });
  group
    .command("draw")
    .summary("a picture of a calibration")
    .argument("<name|file>")
    .requiredOption("--svg <file>", "where the picture goes")
    .option("--last <name|file>", "an earlier calibration of the same cell, as rings")
    .action(async (name: string, { svg, last }: { svg: string; last?: string }) => {
      const before = last === undefined ? undefined : (await loadInstrument(last)).instrument;
      await writeOutput(svg, calibrationPicture(await loadInstrument(name), before));
    });
}

const lines = (loaded: CalibrationDrawn): string[] => [
  ...calibrationTable(loaded),
  ...planeLines(loaded.report),
];

interface ImportOptions {
  readonly out: string;
  readonly like: string;
  readonly map: string;
}

async function importCalibration(file: string, { out, like, map }: ImportOptions): Promise<void> {
  const { calibration: start } = await loadInstrument(like);
  const bytes = await readInput(file, "program");
  const { dh, cello, tcp_F, isParkedThere } = await importWaypoints(
    bytes,
    file,
    parseWaypointMap(map),
    start.parked_q_rad,
  );
  const title = {
    name: baseName(out),
    origin: `imported from ${baseName(file)}`,
    revision: 1,
    takenAt: new Date(),
  };
  const source = `Waypoints of the PolyScope program ${baseName(file)}`;
  const made = makeCalibration({ ...start, tcp_in_flange: [...tcp_F] }, dh, cello, title, source);
  await keepCalibration(out, made.text, undefined);
  lines(made).forEach((line) => console.log(line));
  if (!isParkedThere)
    console.log(
      `the parked pose is that of "${start.name}": the program has no waypoint for it (--map parked=NAME); look whether the arm may wait there`,
    );
  console.log(`written to ${out}`);
}

const baseName = (path: string): string => path.replace(/^.*[/\\]/, "").replace(/\.[^.]*$/, "");
