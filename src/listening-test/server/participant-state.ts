import type { Trial } from "../design/trial-plan.ts";
import type { Stimulus } from "../design/manifest.ts";
import { HEADPHONE_ATTEMPTS, HEADPHONE_ROUNDS, passesHeadphoneCheck } from "../stimuli/headphone-check.ts";
import type { ParticipantRow } from "../store/participant.ts";
import type { OpenStudy } from "./open-study.ts";
import type { ParticipantState } from "./asked-trial.ts";

/** What the headphone check has seen of a listener: one list of right and wrong per attempt. */
export interface HeadphoneCheck {
  readonly attempts: readonly (readonly boolean[])[];
}

/** Where a listener stands, from what is stored alone. */
export function stateOf(
  study: OpenStudy,
  row: ParticipantRow,
  trials: readonly Trial[],
  answered: number,
): ParticipantState {
  if (row.background === null) return { stage: "background" };
  const check = headphonesOf(row);
  if (study.rules.headphones !== "off") {
    const place = headphonePlace(check);
    if (place !== undefined) return { stage: "headphones", ...place, rounds: HEADPHONE_ROUNDS };
    if (study.rules.headphones === "required" && !hasPassed(check)) return { stage: "screened" };
  }
  const trial = trials[answered];
  if (trial === undefined) return { stage: "finished" };
  const block = study.blocks[trial.block]!;
  return {
    stage: "trials",
    done: answered,
    total: trials.length,
    methods: [...new Set(trials.map((t) => t.method))],
    traps: block.traps > 0,
    trial: {
      position: trial.position,
      method: trial.method,
      practice: trial.role === "practice",
      slots: trial.slots.length,
      durationS: Math.max(...slotDurations(study, trial)),
    },
  };
}

export const headphonesOf = (row: ParticipantRow): HeadphoneCheck =>
  row.headphones === null ? { attempts: [] } : (JSON.parse(row.headphones) as HeadphoneCheck);

/** The round to play next, or undefined when the check is over. */
export function headphonePlace({
  attempts,
}: HeadphoneCheck): { readonly attempt: number; readonly round: number } | undefined {
  const last = attempts.at(-1);
  if (last === undefined) return { attempt: 0, round: 0 };
  if (last.length < HEADPHONE_ROUNDS) return { attempt: attempts.length - 1, round: last.length };
  if (passesHeadphoneCheck(last) || attempts.length >= HEADPHONE_ATTEMPTS) return undefined;
  return { attempt: attempts.length, round: 0 };
}

export const hasPassed = ({ attempts }: HeadphoneCheck): boolean =>
  attempts.some((a) => a.length === HEADPHONE_ROUNDS && passesHeadphoneCheck(a));

export const slotDurations = (study: OpenStudy, trial: Trial): readonly number[] =>
  trial.slots.map((id) => stimulusOf(study, id).durationS);

function stimulusOf(study: OpenStudy, id: string): Stimulus {
  return study.manifest.stimuli.find((s) => s.id === id)!;
}
