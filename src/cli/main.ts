import { Command, CommanderError } from "commander";
import { CellistError } from "../errors.ts";
import { addCommands } from "./commands.ts";

const HELP = `
Start here:
  cellist pieces                      what can be played
  cellist check bach-minuet           can the arm play it, and how near to its limits?
  cellist perform twinkle             play it on the simulated arm; ends with a bag, a WAV and a report
  cellist perform twinkle --robot IP  play it on a real arm, after a confirmation
`;

/** Runs one command line. Exit 0 done, 1 refused (one sentence on standard error), 2 wrong use. */
export async function main(argv: readonly string[]): Promise<void> {
  process.stdout.off("error", endWithoutReader).on("error", endWithoutReader);
  const program = new Command("cellist")
    .description("Make a UR5e robot arm play the cello from a score.")
    .addHelpText("after", HELP)
    .showHelpAfterError("(--help shows how)");
  await addCommands(program, argv[2]);
  refuseByThrowing(program);
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    process.exitCode = report(error);
  }
}

/** A reader that has seen enough (`cellist plan … | head`) is no error. */
const endWithoutReader = ({ code }: NodeJS.ErrnoException): never => process.exit(code === "EPIPE" ? 0 : 1);

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
