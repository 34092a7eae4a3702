import type { Command } from "commander";
import { STRING_NAMES } from "../score/score.ts";
import { fitCalibration } from "../shelf/fit-calibration.ts";
import { loadInstrument, type LoadedInstrument } from "../shelf/load-instrument.ts";

const HELP = `
Examples:
  cellist calibration show reference
  cellist calibration check my-cell.yaml     exit code 1 and the reason when it is nonsense
  cellist calibration fit my-cell.yaml --out my-cell-2.yaml
                                             hair and strings from the eight taught poses; the hair in the file is the
                                             start: a few centimetres and degrees off is good enough
`;

/** `cellist calibration show|check|fit`: what a calibration leaves over, and hair and strings from its poses. */
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
      else table(loaded).forEach((line) => console.log(line));
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
      table(await fitCalibration(name, out)).forEach((line) => console.log(line));
      console.log(`written to ${out}`);
    });
}

function table({ calibration, instrument, report }: LoadedInstrument): string[] {
  const deg = (rad: number): string => ((rad * 180) / Math.PI).toFixed(1).padStart(6);
  const mm = (m: number, digits = 0): string => (m * 1e3).toFixed(digits).padStart(6);
  const rows = STRING_NAMES.map((name) => {
    const s = report.strings[name];
    const { playable } = instrument.strings[name];
    return (
      `${name}      ${deg(s.angle_rad.frog)} ${deg(s.angle_rad.tip)}  ${deg(s.offCentre_rad.frog)} ${deg(s.offCentre_rad.tip)} ±${deg(s.window_rad).trim()}  ${mm(s.pressedM.frog, 3)} ${mm(s.pressedM.tip, 3)}  ` +
      `${mm(s.contactM.frog)} ${mm(s.contactM.tip)}   ${mm(s.bowM.frog)}-${mm(s.bowM.tip).trim()}  ${mm(playable.fromM)}-${mm(playable.toM).trim()}  ` +
      `${deg(s.minElbow_rad)}   ${mm(s.jointsMissM, 4)}`
    );
  });
  return [
    `calibration "${calibration.name}": ${calibration.origin}`,
    "string  bow-string deg   off the middle deg   hair pressed mm   from bridge mm   taught mm    playable mm  elbow   joints miss mm",
    "         frog    tip       frog    tip   of      frog    tip       frog    tip    of the hair  of the hair  deg",
    ...rows,
    `turn of the bow from string to string: C-G ${deg(report.steps_rad[0]).trim()}, G-D ${deg(report.steps_rad[1]).trim()}, D-A ${deg(report.steps_rad[2]).trim()} deg`,
    ...report.warnings.map((warning) => `warning: ${warning}`),
  ];
}
