import { Option, type Command } from "commander";
import { CellistError } from "../errors.ts";
import type { PlanDifference } from "../replay/plan-difference.ts";
import { replayTake, type ReplayKind, type ReplayReport } from "../replay/replay-take.ts";
import { factLines } from "../replay/say-facts.ts";
import { takeFacts, type Spread } from "../replay/take-facts.ts";
import { profileOfTake } from "../replay/settings-of-take.ts";
import { readTake, type Take } from "../replay/take.ts";
import { loadWorkcell } from "../shelf/workcell.ts";
import { wholeNumber } from "./whole-number.ts";

interface ReplayOptions {
  readonly as?: ReplayKind;
  readonly out?: string;
  readonly calibration?: string;
  readonly profile?: string;
  readonly seed: number;
  readonly sound: boolean;
}

const HELP = `
kinematic  the arm follows the recorded joints; what the bow did comes from the calibration
command    the recorded joints are sent to the simulated controller again, as a performance is; how far does it come off?
plan       the score in the bag is planned anew by this program; what is different from the take?

Without --as it only tells what can be measured on the take. Works on our bags, and on logs brought in by cellist bag import.

Examples:
  cellist replay take-3.mcap
  cellist replay take-3.mcap --as command --out out/again
`;

/** `cellist replay`: a recorded take, in simulation. */
export function addReplayCommand(program: Command): void {
  program
    .command("replay")
    .summary("play a recorded take again in simulation, and compare")
    .argument("<bag>")
    .addOption(new Option("--as <way>", "how").choices(["kinematic", "command", "plan"]))
    .option("--out <folder>", "folder for bag, sound and report; it must not be there yet")
    .option("--calibration <name|file>", "of the arm that played; default: as the bag says")
    .option("--profile <name|file>", "all other numbers; default: as the bag says, otherwise simulation")
    .option("--seed <n>", "of the simulation", wholeNumber, 1)
    .option("--no-sound", "renders no sound")
    .addHelpText("after", HELP)
    .action(replay);
}

async function replay(bag: string, options: ReplayOptions): Promise<void> {
  const take = await readTake(bag);
  for (const remark of take.remarks) console.log(`${bag}: ${remark}`);
  const calibration = options.calibration ?? calibrationOf(take);
  const said = options.profile === undefined ? profileOfTake(take) : undefined;
  for (const remark of said?.remarks ?? []) console.log(`${bag}: ${remark}`);
  const loaded = await loadWorkcell({
    profile: options.profile ?? "simulation",
    set: [],
    calibration,
    cell: "",
  });
  const workcell = said ? { ...loaded, profile: said.profile } : loaded;
  if (!options.as) {
    factLines(takeFacts(take, workcell.calibration.taught)).forEach((line) => console.log(line));
    return;
  }
  if (options.out === undefined) throw new CellistError("usage", "say where the results go: --out FOLDER");
  const { as: kind, out: folder, seed, sound } = options;
  const report = await replayTake(take, workcell, { kind, folder, seed, sound });
  reportLines(report).forEach((line) => console.log(line));
  const heard = sound ? ", performance.wav (the sound), sound.html (what the strings did)" : "";
  console.log(`Done. In ${folder}: replay.mcap, replay.json (all numbers)${heard}`);
}

function calibrationOf({ settings, path }: Take): string {
  const { name } = (settings["calibration"] ?? {}) as { name?: unknown };
  if (typeof name === "string") return name;
  throw new CellistError(
    "bag-unreadable",
    `${path} does not say which arm it was played on; give --calibration`,
  );
}

const mm = (metres: number): string => `${(1e3 * metres).toFixed(3)} mm`;
const newton = ({ value, low, high }: { value: number; low: number; high: number }): string =>
  `${value.toFixed(2)} N (${low.toFixed(2)} to ${high.toFixed(2)})`;

function reportLines({
  facts,
  bow,
  toolErrorMaxM,
  sent,
  motion,
  forceN,
  plan,
}: ReplayReport): readonly string[] {
  const lines = [...factLines(facts)];
  if (toolErrorMaxM !== undefined)
    lines.push(`recorded joints put the tool at most ${mm(toolErrorMaxM)} from where it was recorded`);
  if (motion)
    lines.push(
      `the controller was sent the recorded ${sent ?? ""} and follows ${(1e3 * motion.lagS).toFixed(0)} ms later; then joints differ by ${(1e3 * motion.jointRms_rad).toFixed(3)} mrad rms ` +
        `(at most ${(1e3 * motion.jointMax_rad).toFixed(3)}), the tool by ${mm(motion.toolRmsM)} rms (at most ${mm(motion.toolMaxM)})`,
    );
  if (forceN)
    lines.push(
      `bow force, median: ${forceN.simulated.toFixed(2)} N in the simulation, ${forceN.estimated.toFixed(2)} N by the recorded joints`,
    );
  if (plan) lines.push(...planLines(plan));
  for (const { string, byDepthN, byFrictionN, bowSpeedMps, minForceN, maxForceN, tone } of bow) {
    const depth = byDepthN
      ? `${newton(byDepthN)} by depth`
      : "no depth: the calibration leaves the hair above it";
    const friction = byFrictionN ? `${newton(byFrictionN)} by friction` : "no friction to go by";
    const wants = `${minForceN.toFixed(2)} to ${maxForceN.toFixed(2)} N`;
    lines.push(
      `${string}: bow force ${depth}, ${friction}; a clear tone at ${bowSpeedMps.toFixed(3)} m/s wants ${wants}: ${tone}`,
    );
  }
  return lines;
}

function planLines({
  takeS,
  planS,
  onsetS,
  lengthS,
  otherStrings,
  otherDirections,
  notes,
  arm,
}: PlanDifference): readonly string[] {
  const most = ({ min, max }: Spread): number => Math.max(Math.abs(min), Math.abs(max));
  const lines = [
    `today's plan takes ${planS.toFixed(2)} s where the take took ${takeS.toFixed(2)} s; onsets differ by up to ` +
      `${(1e3 * most(onsetS)).toFixed(1)} ms, lengths by up to ${(1e3 * most(lengthS)).toFixed(1)} ms`,
    `of ${notes} notes ${otherStrings} are on another string, ${otherDirections} in the other direction`,
  ];
  if (arm === undefined || arm.notes === 0) return lines;
  lines.push(
    `in the middle of the notes the tool is ${mm(arm.toolM.median)} apart (at most ${mm(arm.toolM.max)}), the worst joint ` +
      `${(1e3 * arm.joint_rad.median).toFixed(2)} mrad (at most ${(1e3 * arm.joint_rad.max).toFixed(2)})`,
    `take less plan, median: bow used ${mm(arm.bowM.median)}, bow speed ${(1e3 * arm.bowSpeedMps.median).toFixed(1)} mm/s, ` +
      `hair to bridge ${mm(arm.contactM.median)}, force by depth ${arm.forceN.median.toFixed(2)} N`,
  );
  return lines;
}
