import { Command, CommanderError } from "commander";
import { CellistError } from "../errors.ts";
import { addBagCommands } from "./bag/bag.ts";
import { addCalibrateCommand } from "./calibrate.ts";
import { addCalibrationCommand } from "./calibration.ts";
import { addCheckCommand } from "./check.ts";
import { addDoctorCommand } from "./doctor.ts";
import { addActionCommand } from "./graph/action.ts";
import { addNodeCommands } from "./graph/node.ts";
import { addParamCommand } from "./graph/param.ts";
import { addServiceCommand } from "./graph/service.ts";
import { addTopicCommand } from "./graph/topic.ts";
import { addLaunchCommand } from "./launch.ts";
import { addListenCommand } from "./listen.ts";
import { addParkCommand } from "./park.ts";
import { addPerformCommand } from "./perform.ts";
import { addPiecesCommand } from "./pieces.ts";
import { addPlanCommand } from "./plan.ts";
import { addReplayCommand } from "./replay.ts";
import { addScoreCommand } from "./score.ts";
import { addReportCommand } from "./report.ts";
import { addSessionCommand } from "./session.ts";
import { addSimCommand } from "./sim.ts";
import { addViewCommand } from "./view.ts";

const HELP = `
Start here:
  cellist pieces                      what can be played
  cellist check bach-minuet           can the arm play it, and how near to its limits?
  cellist perform twinkle             play it on the simulated arm; ends with a bag, a WAV and a report
  cellist perform twinkle --robot IP  play it on a real arm, after a confirmation
`;

/** Runs one command line. Exit 0 done, 1 refused (one sentence on standard error), 2 wrong use. */
export async function main(argv: readonly string[]): Promise<void> {
  // A reader that has seen enough (`cellist plan … | head`) is no error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
  const program = new Command("cellist")
    .description("Make a UR5e robot arm play the cello from a score.")
    .addHelpText("after", HELP)
    .showHelpAfterError("(--help shows how)");
  addPiecesCommand(program);
  addCheckCommand(program);
  addPlanCommand(program);
  addScoreCommand(program);
  addPerformCommand(program);
  addReportCommand(program);
  addListenCommand(program);
  addBagCommands(program);
  addReplayCommand(program);
  addParkCommand(program);
  addCalibrateCommand(program);
  addCalibrationCommand(program);
  addSimCommand(program);
  addLaunchCommand(program);
  addViewCommand(program);
  addDoctorCommand(program);
  addTopicCommand(program);
  addNodeCommands(program);
  addParamCommand(program);
  addServiceCommand(program);
  addActionCommand(program);
  addSessionCommand(program);
  refuseByThrowing(program);
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    process.exitCode = report(error);
  }
}

/** Commander ends the process by itself otherwise, always with 1. */
function refuseByThrowing(command: Command): void {
  command.exitOverride();
  command.commands.forEach(refuseByThrowing);
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const red = (text: string): string => (process.stderr.isTTY ? `\u001b[31m${text}\u001b[0m` : text);
  if (error instanceof CellistError) {
    console.error(`${red("cellist:")} ${error.message.replaceAll("\n", " ")}`);
    return error.code === "usage" ? 2 : 1;
  }
  console.error(
    `${red("cellist:")} ${String((error as Error).message)} (this is a bug; CELLIST_DEBUG=1 shows where)`,
  );
  if (process.env["CELLIST_DEBUG"]) console.error(error);
  return 1;
}
