import type { Command } from "commander";
import { CellistError } from "../errors.ts";
import { beginTake, takeFromWav } from "../listening-test/session/record-take.ts";
import { SessionFolder } from "../listening-test/session/session-folder.ts";
import { readInput } from "../shelf/read-input.ts";
import { sayTake } from "./session-say-take.ts";
import { performerOf, scoreIn, scoresOf } from "./session-scores.ts";
import { statusLines } from "./session-status.ts";

/** `cellist session import|keep|reject|note|status`. */
export function addSessionTakes(session: Command): void {
  session
    .command("import")
    .summary("take in a recording that was made elsewhere")
    .argument("<folder>", "the session")
    .argument("<wav>", "the recording, unchanged from the recorder")
    .requiredOption("--performer <id>", "who plays, as in the protocol")
    .requiredOption("--piece <piece>", "what, as in the protocol")
    .option("--starts-at <seconds>", "where bar 1 begins; default: found by the sound", Number)
    .action(runImport);
  for (const verb of ["keep", "reject"] as const)
    session
      .command(verb)
      .summary(verb === "keep" ? "keep a take" : "reject a take, with the reason")
      .argument("<folder>", "the session")
      .argument("<take>", "its name, as `session status` shows it")
      .option("--reason <text>", "why it is rejected")
      .action((folder: string, take: string, options: { reason?: string }) =>
        decide(SessionFolder.open(folder), take, verb, options.reason),
      );
  session
    .command("note")
    .summary("write something down, about a take or the session")
    .argument("<folder>", "the session")
    .argument("<text>", "what")
    .option("--take <take>", "about this take")
    .action((folder: string, text: string, { take }: { take?: string }) =>
      SessionFolder.open(folder).note({ kind: "note", text, ...(take && { take }) }),
    );
  session
    .command("status")
    .summary("what is there, what is missing, what comes next")
    .argument("<folder>", "the session")
    .action((folder: string) => statusLines(SessionFolder.open(folder)).forEach((line) => console.log(line)));
}

async function runImport(
  folder: string,
  wavPath: string,
  options: { performer: string; piece: string; startsAt?: number },
): Promise<void> {
  const session = SessionFolder.open(folder);
  performerOf(session, options.performer);
  if (options.startsAt !== undefined && !(options.startsAt >= 0))
    throw new CellistError("usage", "--starts-at takes seconds, as in 2.35");
  const score = scoreIn(await scoresOf(session), options.piece);
  const wav = await readInput(wavPath, "recording");
  const take = beginTake(session, options.performer, options.piece);
  const startsAtS = options.startsAt;
  sayTake(
    takeFromWav(session, take, wav, {
      score,
      source: "imported",
      ...(startsAtS !== undefined && { startsAtS }),
    }),
  );
}

function decide(
  session: SessionFolder,
  take: string,
  verb: "keep" | "reject",
  reason: string | undefined,
): void {
  const known = session.state.takes.find((t) => t.id === take);
  if (known?.recorded === undefined)
    throw new CellistError(
      "usage",
      `there is no recorded take "${take}"; \`cellist session status\` lists them`,
    );
  if (session.state.stimuli !== undefined)
    throw new CellistError(
      "session-state",
      "the stimuli are made; which takes were kept cannot change any more",
    );
  if (verb === "keep") session.note({ kind: "take-kept", take });
  else if (reason === undefined || reason.trim() === "")
    throw new CellistError(
      "usage",
      "say why with --reason: takes rejected without a reason make a study worthless",
    );
  else session.note({ kind: "take-rejected", take, reason });
  console.log(`${take}: ${verb === "keep" ? "kept" : "rejected"}`);
}
