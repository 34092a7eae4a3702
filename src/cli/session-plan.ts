import { InvalidArgumentError, type Command } from "commander";
import { CellistError } from "../errors.ts";
import { planStudy, type StudyPlan } from "../listening-test/report/plan-study.ts";
import { SessionFolder, sha256Of } from "../listening-test/session/session-folder.ts";
import { wholeNumber } from "./whole-number.ts";

interface PlanOptions {
  readonly participants?: number;
  readonly trials?: number;
  readonly margin?: number;
  readonly icc: number;
  readonly power: number;
  readonly lock?: true;
}

const HELP = `
With a folder: the session's own numbers. Without: any study, also a published one.
--lock writes plan/preregistration.json with the protocol, the plan and their hash; after that the protocol cannot change.

Examples:
  cellist session plan my-study
  cellist session plan my-study --lock
  cellist session plan --participants 132 --trials 1 --margin 10%
`;

/** `cellist session plan`: power and sample size, pre-registration. */
export function addSessionPlan(session: Command): void {
  session
    .command("plan")
    .summary("power, sample size and pre-registration")
    .argument("[folder]", "the session")
    .option("--participants <n>", "listeners", wholeNumber)
    .option("--trials <n>", "main trials of each listener", wholeNumber)
    .option("--margin <share>", "half-width around one half that counts as chance, as 10%", share)
    .option("--icc <share>", "how much answers of one listener hang together", share, 0.05)
    .option("--power <share>", "wanted", share, 0.8)
    .option("--lock", "lock the plan: pre-registration")
    .addHelpText("after", HELP)
    .action(runPlan);
}

function runPlan(folder: string | undefined, options: PlanOptions): void {
  const session = folder === undefined ? undefined : SessionFolder.open(folder);
  const protocol = session?.protocol;
  const participants = options.participants ?? protocol?.analysis.participants;
  const trials = options.trials ?? protocol?.items.length;
  const margin = options.margin ?? protocol?.analysis.margin;
  if (!participants || !trials || !margin)
    throw new CellistError("usage", "name a session, or --participants, --trials and --margin");
  const { icc, power } = options;
  const plan = planStudy({
    participants,
    trials,
    margin,
    icc: trials === 1 ? 0 : icc,
    power,
    level: protocol?.analysis.level ?? 0.05,
  });
  plan.sentences.forEach((line) => console.log(line));
  if (options.lock) lock(session, plan);
}

function lock(session: SessionFolder | undefined, plan: StudyPlan): void {
  if (session === undefined) throw new CellistError("usage", "--lock needs a session");
  const { state, protocol } = session;
  if (state.planSha256 !== undefined)
    throw new CellistError(
      "session-state",
      "the plan of this session is locked already; a locked plan never changes",
    );
  if (session.entries.some((e) => e.kind === "test-opened"))
    throw new CellistError(
      "session-state",
      "the test was opened already; a plan is locked before the first listener",
    );
  const { protocolSha256, stimuli } = state;
  const text = `${JSON.stringify({ protocolSha256, manifestSha256: stimuli?.manifestSha256 ?? null, protocol, plan }, undefined, 2)}\n`;
  session.keep("plan/preregistration.json", new TextEncoder().encode(text));
  session.note({ kind: "plan-locked", planSha256: sha256Of(text) });
  console.log(`locked: ${session.at("plan/preregistration.json")}, sha256 ${sha256Of(text)}`);
  console.log("Deposit that file, or its hash, where others can see when you did.");
}

function share(text: string): number {
  const value = Number(text.replace(/%$/, "")) / (text.endsWith("%") ? 100 : 1);
  if (!(value >= 0 && value < 1)) throw new InvalidArgumentError("write a share, as in 10% or 0.1");
  return value;
}
