import type { BowPlan } from "../bowing/bow-plan.ts";
import { CellistError } from "../errors.ts";
import { contactsFromJoints, type StringContacts } from "../instrument/hair/string-contacts.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { forwardKinematics } from "../kinematics/forward.ts";
import { transformPoint } from "../math/pose.ts";
import { distance, norm, sub, type Vec3 } from "../math/vec.ts";
import { jointsBetween, type EvenMotion } from "./even-motion.ts";
import { stringIndex, type ReplayedNote } from "./replay-record.ts";
import type { Take, TakenNote } from "./take.ts";
import { spread, type Spread } from "./take-facts.ts";

/** How today's plan differs from what was played: the take less the plan, note by note. */
export interface PlanDifference {
  /** Notes of the score that the take has, too. */
  readonly notes: number;
  /** Onset in the take less onset in today's plan, both from the first common note [s]. */
  readonly onsetS: Spread;
  /** Length in the take less length in today's plan [s]. */
  readonly lengthS: Spread;
  /** Notes that today's plan bows on another string, or in the other direction. */
  readonly otherStrings: number;
  readonly otherDirections: number;
  readonly takeS: number;
  readonly planS: number;
  /** What the arm did otherwise; undefined where the take has too few states to tell. */
  readonly arm: ArmDifference | undefined;
}

/** In the middle of each note that is on one string in both. */
export interface ArmDifference {
  readonly notes: number;
  /** Distance of the tools [m], and of the worst joint [rad]. */
  readonly toolM: Spread;
  readonly joint_rad: Spread;
  /** Way of the tool over the whole note [m]. */
  readonly bowM: Spread;
  /** Speed of the hair at the string, in its direction of the plan [m/s]. */
  readonly bowSpeedMps: Spread;
  /** Hair to bridge [m]. */
  readonly contactM: Spread;
  /** Normal force by the depth of the hair, both by the same calibration [N]. */
  readonly forceN: Spread;
}

/** A plan as it would be played: notes on the time of the motion. */
export interface PlannedPlay {
  readonly plan: BowPlan;
  readonly motion: EvenMotion;
  readonly notes: readonly ReplayedNote[];
}

/** @throws CellistError "bag-unreadable" for a take without note events of the score */
export function planDifference(
  take: Take,
  recorded: EvenMotion | undefined,
  planned: PlannedPlay,
  instrument: Instrument,
): PlanDifference {
  const pairs = take.notes.flatMap((taken) => {
    const at = planned.notes.findIndex(({ noteIndex }) => noteIndex === taken.noteIndex);
    return at < 0 ? [] : [{ taken, note: planned.notes[at]!, bowed: planned.plan.notes[at]! }];
  });
  const [first, last] = [pairs[0], pairs.at(-1)!];
  if (!first) throw new CellistError("bag-unreadable", `${take.path} has no note events to compare with`);
  const onsets = pairs.map(
    ({ taken, note }) => taken.startS - first.taken.startS - (note.startS - first.note.startS),
  );
  return {
    notes: pairs.length,
    onsetS: spread(onsets),
    lengthS: spread(pairs.map(({ taken, note }) => taken.endS - taken.startS - (note.endS - note.startS))),
    otherStrings: pairs.filter(({ taken, note }) => taken.string !== note.string).length,
    otherDirections: pairs.filter(({ taken, bowed }) => taken.direction !== bowed.direction).length,
    takeS: last.taken.endS - first.taken.startS,
    planS: last.note.endS - first.note.startS,
    arm: recorded && armDifference(pairs, recorded, planned.motion, instrument),
  };
}

type Pair = { readonly taken: TakenNote; readonly note: ReplayedNote };

function armDifference(
  pairs: readonly Pair[],
  recorded: EvenMotion,
  planned: EvenMotion,
  instrument: Instrument,
): ArmDifference {
  const both = pairs
    .filter(({ taken, note }) => taken.string === note.string && !taken.recovered)
    .map(({ taken, note }) => ({
      string: stringIndex(note.string),
      take: look(recorded, taken, instrument),
      plan: look(planned, note, instrument),
    }));
  const differ = (of: (one: Look, string: number) => number): Spread =>
    spread(both.map(({ take, plan, string }) => of(take, string) - of(plan, string)));
  return {
    notes: both.length,
    toolM: spread(both.map(({ take, plan }) => distance(take.tool_B_m, plan.tool_B_m))),
    joint_rad: spread(
      both.map(({ take, plan }) => Math.max(...take.q_rad.map((q, j) => Math.abs(q - plan.q_rad[j]!)))),
    ),
    bowM: differ(({ wayM }) => wayM),
    bowSpeedMps: spread(
      both.map(({ take, plan, string }) => {
        const sign = Math.sign(plan.contacts.bowSpeedMps[string]!);
        return sign * (take.contacts.bowSpeedMps[string]! - plan.contacts.bowSpeedMps[string]!);
      }),
    ),
    contactM: differ(({ contacts }, string) => contacts.contactM[string]!),
    forceN: differ(({ contacts }, string) => contacts.forceN[string]!),
  };
}

/** An arm in the middle of a note. */
interface Look {
  readonly q_rad: readonly number[];
  readonly tool_B_m: Vec3;
  readonly wayM: number;
  readonly contacts: StringContacts;
}

/** Every so many states the way is measured. */
const STRIDE = 5;

function look(
  motion: EvenMotion,
  { startS, endS }: { readonly startS: number; readonly endS: number },
  instrument: Instrument,
): Look {
  const [from, to, middle] = [startS, endS, (startS + endS) / 2].map((s) => s / motion.periodS) as [
    number,
    number,
    number,
  ];
  const [x, y, z] = instrument.tcp_F;
  const toolAt = (place: number): Vec3 =>
    transformPoint(forwardKinematics(instrument.dh, jointsBetween(motion.q_rad, place)), [x, y, z]);
  let wayM = 0;
  for (let place = from; place < to; place += STRIDE)
    wayM += norm(sub(toolAt(Math.min(to, place + STRIDE)), toolAt(place)));
  const q_rad = jointsBetween(motion.q_rad, middle);
  return {
    q_rad,
    tool_B_m: toolAt(middle),
    wayM,
    contacts: contactsFromJoints(instrument, q_rad, jointsBetween(motion.qd_radps, middle)),
  };
}
