import type { Command } from "commander";
import { bowMargins, type BowMargins, type ForceUse } from "../bowing/bow-margins.ts";
import { compromises } from "../bowing/compromises.ts";
import { CellistError } from "../errors.ts";
import { isOutOfRange } from "../score/range.ts";
import { sayPlace } from "../score/position.ts";
import type { Score } from "../score/score.ts";
import { lostNotes } from "../replay/lost-notes.ts";
import { JOINT_NAMES } from "../math/joints.ts";
import { explainPieceRefusal, isRoomsFault, type PlannedMotion } from "../planning/plan-piece.ts";
import type { LimitUse, Margins, MotionLimits } from "../trajectory/joint-trajectory.ts";
import {
  addPieceOptions,
  arrangedAs,
  planWatched,
  unplayableHere,
  workcellOf,
  type PieceAtHand,
  type PieceOptions,
} from "./piece-options.ts";
import { outsidePicture, playablePicture, refusedPicture } from "./check-picture.ts";
import { progressOn } from "./progress.ts";
import { sayWaysOut, waysOut, type Refused } from "./ways-out.ts";
import { writeOutput } from "../shelf/write-output.ts";

const HELP = `
Exit code 0: playable; 1: not, and why (or why it cannot be read), with what would help, each tried by planning the whole piece: the
fastest tempo, the nearest transposition (octaves first), and slurs to break, as lines for a file of --locks. --json has them under
"suggestions". Where something stands where the arm is parked, or all around the strings, none of that helps and only that is said.

Examples:
  cellist check bach-minuet
  cellist check my-song.mid --part 2 --voice top --transpose -12
  cellist check bach-minuet --svg bach-minuet.svg
  cellist check the-swan --calibration paper --tempo 80%
`;

interface CheckOptions extends PieceOptions {
  readonly json?: true;
  readonly svg?: string;
}

/** `cellist check`: can this piece be played here? */
export function addCheckCommand(program: Command): void {
  addPieceOptions(program.command("check").summary("can a piece be played, and how near to the limits?"))
    .option("--json", "for scripts")
    .option(
      "--svg <file>",
      "a picture of how near it comes to every limit over the whole piece; of a refused one with the place, or the notes that a cello does not have, marked",
    )
    .addHelpText("after", HELP)
    .action(async (name: string, options: CheckOptions) => {
      const { at, plan, trajectory } = await plannedOrAdvised(name, options);
      const last = plan.notes.at(-1)!;
      const lost = lostNotes({ plan, trajectory }, at.instrument);
      if (options.svg !== undefined)
        await writeOutput(options.svg, playablePicture(at, { plan, trajectory }));
      if (options.json) {
        console.log(
          JSON.stringify({
            playable: true,
            notes: plan.notes.length,
            lost,
            margins: { ...trajectory.margins, bow: bowMargins(plan) },
          }),
        );
        return;
      }
      [
        ...at.score.ignored,
        ...compromises(at.score, plan, at.profile.bowing),
        ...lostLines(lost, at.score),
      ].forEach((note) => console.log(`note: ${note}`));
      console.log(
        `playable: ${at.score.title}, ${plan.notes.length} notes, ${last.endS.toFixed(1)} s, on "${at.instrument.name}"`,
      );
      [...marginLines(trajectory.margins, at.profile.limits), ...bowLines(bowMargins(plan))].forEach((text) =>
        console.log(`  ${text}`),
      );
    });
}

/**
 * The planned piece, or its refusal with what would help: tempo, transposition, slurs to break. A script (--json) finds them with their
 * numbers on standard output; people get the sentence.
 */
async function plannedOrAdvised(
  name: string,
  options: CheckOptions,
): Promise<PlannedMotion & { readonly at: PieceAtHand }> {
  const refuse = async (error: CellistError, refused: Refused): Promise<never> => {
    const ways = await waysOut(refused, progressOn(process.stderr));
    const message = `${error.message.replace(/\.$/, "")}${sayWaysOut(ways)}`;
    if (options.json)
      console.log(JSON.stringify({ playable: false, message, ...error.detail, suggestions: ways }));
    else ways.locks?.forEach((line) => console.log(line));
    throw new CellistError(error.code, message, { ...error.detail, ...ways }, error);
  };
  const workcell = await workcellOf(options);
  let at: PieceAtHand;
  try {
    at = { ...workcell, ...(await arrangedAs(name, options)), tempo: options.tempo };
  } catch (error) {
    if (!(error instanceof CellistError && isOutOfRange(error))) throw error;
    if (options.svg !== undefined) await writeOutput(options.svg, await outsidePicture(name, options, error));
    return refuse(error, { name, options, context: workcell });
  }
  const planned = planWatched(at);
  if (planned.ok) return { at, ...planned.value };
  // What would help is looked for a while: whoever watches learns the reason first, and has the picture.
  if (options.svg !== undefined) await writeOutput(options.svg, refusedPicture(at, planned.why));
  if (process.stderr.isTTY && !isRoomsFault(planned.why))
    console.error(
      `cannot be played so: ${explainPieceRefusal(planned.why, at.score)}; looking for what would help`,
    );
  const why = { score: at.score, why: planned.why };
  return refuse(unplayableHere(planned.why, at), { name, options, context: workcell, planned: why });
}

/** What is said of notes that will be heard only in part. @param lost indices in `Score.notes` */
export const lostLines = (lost: readonly number[], score: Score): readonly string[] =>
  lost.length === 0
    ? []
    : [
        `${lost.length === 1 ? "1 note" : `${lost.length} notes`}, first in ${sayPlace(score, score.notes[lost[0]!]!.startTick)}: ` +
          `heard only in part, because the arm needs most of it to cross strings; a slower --tempo gives it time`,
      ];

/**
 * The tightest place of every limit, one line each; of clearances the tightest for what is required of its pair, and what is proven of all.
 */
export function marginLines(
  margins: Margins,
  { clearanceM, stickOverStringM }: Pick<MotionLimits, "clearanceM" | "stickOverStringM">,
): string[] {
  const { tcpSpeed, singularity, clearance } = margins;
  const use = (name: string, unit: string, { joint, value, limit, atS }: LimitUse): string =>
    `${name.padEnd(19)} ${value.toFixed(2).padStart(8)} of ${limit.toFixed(2)} ${unit} (${share(value, limit)}) at ${atS.toFixed(1)} s, ${JOINT_NAMES[joint]!}`;
  return [
    use("joint speed", "rad/s", margins.jointSpeed),
    use("joint acceleration", "rad/s²", margins.jointAcceleration),
    use("joint jerk", "rad/s³", margins.jointJerk),
    `${"speed of the hand".padEnd(19)} ${tcpSpeed.maxMps.toFixed(2).padStart(8)} of ${tcpSpeed.limitMps.toFixed(2)} m/s (${share(tcpSpeed.maxMps, tcpSpeed.limitMps)}) at ${tcpSpeed.atS.toFixed(1)} s`,
    `${"elbow from straight".padEnd(19)} ${((singularity.minElbow_rad * 180) / Math.PI).toFixed(0).padStart(8)} deg at ${singularity.elbowAtS.toFixed(1)} s; smallest singular value ${singularity.minSigma.toFixed(3)} (at least ${singularity.limitSigma}) at ${singularity.atS.toFixed(1)} s`,
    `${"clearance".padEnd(19)} ${mm(clearance.minM).padStart(8)} mm at the tightest knot, ${clearance.pair.join(" and ")} at ${clearance.atS.toFixed(1)} s; proven between knots, too: ${mm(clearanceM)} or more, of the bow stick over strings ${mm(Math.min(stickOverStringM, clearanceM))}`,
  ];
}

const mm = (metres: number): string => (metres * 1e3).toFixed(1);

/** Bow and string: force between what the string needs and bears, and the hair that is used. */
function bowLines({ hair, most, least }: BowMargins): string[] {
  const cm = (m: number): string => (m * 1e2).toFixed(0);
  const at = ({ atS, string }: ForceUse): string => `at ${atS.toFixed(1)} s, ${string} string`;
  return [
    `${"bow force".padEnd(19)} ${most.forceN.toFixed(2).padStart(8)} of ${most.limitN.toFixed(2)} N (${share(most.forceN, most.limitN)}) ${at(most)}; ` +
      `at least ${(least.forceN / least.limitN).toFixed(1)} times what the string needs, ${at(least)}`,
    `${"hair used".padEnd(19)} ${cm(hair.fromM).padStart(8)} to ${cm(hair.toM)} cm from the frog`,
  ];
}

const share = (value: number, limit: number): string => `${Math.round((100 * value) / limit)} %`;
