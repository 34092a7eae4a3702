import { mkdir, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { openPerformanceLog, type PerformanceLog } from "../bag/performance-log.ts";
import { CellistError } from "../errors.ts";
import type { StringContacts } from "../instrument/hair/string-contacts.ts";
import { forwardKinematics } from "../kinematics/forward.ts";
import { jointsAt } from "../math/joints.ts";
import { transformPoint } from "../math/pose.ts";
import { distance } from "../math/vec.ts";
import { provenanceOf } from "../provenance.ts";
import { writeSound } from "../performance/write-sound.ts";
import type { Workcell } from "../shelf/workcell.ts";
import { estimateBow, type StringEstimate } from "./bow-estimate.ts";
import { evenMotion, isDense, type EvenMotion } from "./even-motion.ts";
import { motionDifference, type MotionDifference } from "./motion-difference.ts";
import { planDifference, type PlanDifference } from "./plan-difference.ts";
import { motionOfTrajectory, notesOfPlan, planAgain } from "./re-plan.ts";
import { replayOnController } from "./replay-on-controller.ts";
import { contactsOfMotion, recordOfMotion, stringIndex, type ReplayedNote } from "./replay-record.ts";
import { spread, takeFacts, type TakeFacts } from "./take-facts.ts";
import type { Take } from "./take.ts";
import { writeMotion } from "./write-motion.ts";

/** Three ways to play a take again. */
export type ReplayKind = "kinematic" | "command" | "plan";

export interface ReplayReport {
  readonly kind: ReplayKind;
  readonly bag: string;
  readonly remarks: readonly string[];
  readonly facts: TakeFacts;
  /** Of the take itself. */
  readonly bow: readonly StringEstimate[];
  /** Between the recorded tool and the joints through the calibration: kinematic only. */
  readonly toolErrorMaxM?: number;
  /** What was sent to the controller again: what it was asked to do then, or what the arm did: command only. */
  readonly sent?: "targets" | "states";
  /** Between what the arm did then and what the controller made of it now: command only. */
  readonly motion?: MotionDifference;
  /** Median force on the bowed string, in the simulation and by the recorded joints [N]: command only. */
  readonly forceN?: { readonly simulated: number; readonly estimated: number };
  /** Between the take and today's plan: plan only. */
  readonly plan?: PlanDifference;
}

/** A UR5e's control period [s]. */
const PERIOD_S = 0.002;

/**
 * Plays a take again and writes `replay.mcap`, `performance.wav` and `replay.json` into a new folder.
 *
 * kinematic: the arm follows the recorded joints. command: they are sent to the simulated controller again. plan: the
 * score is planned anew. Sound and bow come from the contact that each of them makes.
 *
 * @throws CellistError; nothing is left behind then
 */
export async function replayTake(
  take: Take,
  workcell: Workcell,
  {
    kind,
    folder,
    seed,
    sound,
  }: { readonly kind: ReplayKind; readonly folder: string; readonly seed: number; readonly sound: boolean },
): Promise<ReplayReport> {
  if (existsSync(folder))
    throw new CellistError(
      "file-unwritable",
      `cannot write ${folder}: it exists already; choose another name`,
    );
  const recorded = kind === "plan" && !isDense(take) ? undefined : evenMotion(take, PERIOD_S);
  await mkdir(folder, { recursive: true });
  const log = await openPerformanceLog(join(folder, "replay.mcap"));
  try {
    log.append("/settings", 0n, settingsMessage(take, workcell, { kind, seed }));
    const { replayed, contacts, notes, figures } = await playAgain(kind, take, recorded, workcell, log, seed);
    await log.close();
    const { instrument, profile } = workcell;
    const { hairWidthM } = profile.simulation;
    if (sound)
      await writeSound(folder, recordOfMotion(replayed, contacts, notes, instrument), instrument, {
        hairWidthM,
      });
    const bow = recorded ? estimateOf(take, recorded, workcell) : [];
    const facts = takeFacts(take, workcell.calibration.taught);
    const report = { kind, bag: take.path, remarks: take.remarks, facts, bow, ...figures };
    await writeFile(join(folder, "replay.json"), `${JSON.stringify(report, undefined, 2)}\n`);
    return report;
  } catch (error) {
    await log.close().catch(() => undefined); // the first error counts
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Which arm it is and where it comes from: a replay is a take, too. */
function settingsMessage(
  { path }: Take,
  { calibration }: Workcell,
  how: { readonly kind: ReplayKind; readonly seed: number },
): { readonly json: string; readonly sha256: string } {
  const settings = { calibration: { name: calibration.name }, replay: { bag: basename(path), ...how } };
  return { json: JSON.stringify(settings), sha256: provenanceOf(settings).sha256 };
}

interface Played {
  readonly replayed: EvenMotion;
  readonly contacts: readonly StringContacts[];
  readonly notes: readonly ReplayedNote[];
  readonly figures: Pick<ReplayReport, "toolErrorMaxM" | "sent" | "motion" | "forceN" | "plan">;
}

async function playAgain(
  kind: ReplayKind,
  take: Take,
  recorded: EvenMotion | undefined,
  workcell: Workcell,
  log: PerformanceLog,
  seed: number,
): Promise<Played> {
  const { instrument } = workcell;
  if (kind === "plan" || !recorded) return playPlan(take, recorded, workcell, log);
  const notes = notesOf(take);
  const estimated = contactsOfMotion(recorded, instrument);
  if (kind === "kinematic") {
    await writeMotion(log, recorded, estimated, instrument);
    const figures = { toolErrorMaxM: toolErrorMaxM(take, workcell) };
    return { replayed: recorded, contacts: estimated, notes, figures };
  }
  const sent = take.targetQ_rad.some(Number.isNaN) ? "states" : "targets";
  const commands = sent === "targets" ? evenMotion(take, PERIOD_S, take.targetQ_rad) : recorded;
  const { motion: replayed, contacts } = await replayOnController(commands, workcell, log, seed);
  const motion = motionDifference(recorded, replayed, instrument);
  const later = notes.map((note) => ({
    ...note,
    startS: note.startS + motion.lagS,
    endS: note.endS + motion.lagS,
  }));
  const forceN = { simulated: bowedForceN(contacts, later), estimated: bowedForceN(estimated, notes) };
  return { replayed, contacts, notes: later, figures: { sent, motion, forceN } };
}

async function playPlan(
  take: Take,
  recorded: EvenMotion | undefined,
  workcell: Workcell,
  log: PerformanceLog,
): Promise<Played> {
  const planned = planAgain(take, workcell);
  const replayed = motionOfTrajectory(planned.trajectory, PERIOD_S);
  const notes = notesOfPlan(planned);
  const play = { plan: planned.plan, motion: replayed, notes };
  const figures = { plan: planDifference(take, recorded, play, workcell.instrument) };
  const contacts = contactsOfMotion(replayed, workcell.instrument);
  await writeMotion(log, replayed, contacts, workcell.instrument);
  return { replayed, contacts, notes, figures };
}

const notesOf = (take: Take): readonly ReplayedNote[] =>
  take.notes.map(({ noteIndex, midi, string, startS, endS }) => ({ noteIndex, midi, string, startS, endS }));

const estimateOf = (take: Take, recorded: EvenMotion, { instrument }: Workcell): readonly StringEstimate[] =>
  estimateBow(take, notesOf(take), contactsOfMotion(recorded, instrument), PERIOD_S, instrument);

/** Median force on the string that each note is bowed on, in the middle of the notes [N]. */
function bowedForceN(contacts: readonly StringContacts[], notes: readonly ReplayedNote[]): number {
  const forces = notes.flatMap(({ string, startS, endS }) => {
    const contact = contacts[Math.round((startS + endS) / 2 / PERIOD_S)];
    return contact ? [contact.forceN[stringIndex(string)]!] : [];
  });
  return spread(forces).median;
}

/** Largest distance between the recorded tool and where the recorded joints put it; NaN if no tool was recorded [m]. */
function toolErrorMaxM({ q_rad, tcp_B_m, timeS }: Take, { instrument }: Workcell): number {
  const [x, y, z] = instrument.tcp_F;
  const errors = Array.from(timeS, (_, row) => {
    const [a, b, c] = tcp_B_m.subarray(3 * row, 3 * row + 3) as unknown as [number, number, number];
    const tool = transformPoint(forwardKinematics(instrument.dh, jointsAt(q_rad, row)), [x, y, z]);
    return distance(tool, [a, b, c]);
  }).filter((error) => !Number.isNaN(error));
  return spread(errors).max;
}
