import type { Manifest } from "../design/manifest.ts";
import type { Method, Response } from "../design/method.ts";
import type { TrialRole } from "../design/trial-plan.ts";
import type { Background } from "../server/background.ts";
import type { HeadphoneCheck } from "../server/participant-state.ts";
import { hasPassed } from "../server/participant-state.ts";
import type { KeyedStimulus, StudyKey } from "../session/study-key.ts";
import type { StudyContents } from "../store/study-contents.ts";

/** One answer with the truth beside it. */
export interface JudgedAnswer {
  readonly participant: string;
  readonly position: number;
  /** Place among the trials of its block that count, from 0: for learning and order. */
  readonly order: number;
  readonly block: number;
  readonly method: Method;
  readonly role: TrialRole;
  readonly item: string;
  readonly slots: readonly KeyedStimulus[];
  readonly response: Response;
  /** From the first press of "play" to the answer [s]. */
  readonly seconds: number;
}

export interface Listener {
  readonly id: string;
  readonly cell: number;
  readonly finished: boolean;
  readonly background: Background;
  /** Undefined where the check was left out. */
  readonly headphonesPassed?: boolean;
  readonly answers: readonly JudgedAnswer[];
}

export interface StudyData {
  readonly listeners: readonly Listener[];
  readonly withdrawn: number;
  readonly manifest: Manifest;
}

/** Joins answers and key. To be called after the freeze only. */
export function studyData(contents: StudyContents, manifest: Manifest, key: StudyKey): StudyData {
  const truth = new Map(key.stimuli.map((s) => [s.id, s]));
  const given = new Map(contents.answers.map((a) => [`${a.participant} ${a.position}`, a]));
  const trials = new Map<string, StudyContents["trials"][number][]>();
  for (const trial of contents.trials) {
    const mine = trials.get(trial.participant) ?? [];
    mine.push(trial);
    trials.set(trial.participant, mine);
  }
  const listeners = contents.participants.map((row): Listener => {
    const orders = new Map<number, number>();
    const answers = (trials.get(row.id) ?? []).flatMap((trial): JudgedAnswer[] => {
      const answer = given.get(`${row.id} ${trial.position}`);
      const counts = trial.role !== "practice";
      const order = orders.get(trial.block) ?? 0;
      if (counts) orders.set(trial.block, order + 1);
      if (answer === undefined) return [];
      return [
        {
          participant: row.id,
          position: trial.position,
          order,
          block: trial.block,
          method: trial.method,
          role: trial.role,
          item: trial.item,
          slots: trial.slots.map((id) => truth.get(id)!),
          response: JSON.parse(answer.response) as Response,
          seconds: (answer.received_ms - answer.played_ms) / 1000,
        },
      ];
    });
    return {
      id: row.id,
      cell: row.cell,
      finished: row.finished_ms !== null,
      background: row.background === null ? {} : (JSON.parse(row.background) as Background),
      ...(row.headphones !== null && {
        headphonesPassed: hasPassed(JSON.parse(row.headphones) as HeadphoneCheck),
      }),
      answers,
    };
  });
  return { listeners, withdrawn: contents.withdrawn, manifest };
}

/** Whether an attention trial was answered as the beeps said; undefined for other trials. */
export function passedTrap(answer: JudgedAnswer): boolean | undefined {
  if (answer.role !== "trap") return undefined;
  const { response, slots } = answer;
  const place = slots.findIndex((s) => s.beeps !== undefined);
  const beeps = slots[place]!.beeps!;
  switch (response.method) {
    case "yes-no":
      return response.says === "robot" && response.confidence === beeps;
    case "pair":
    case "preference":
      return response.choice === place + 1;
    case "rating":
      return Object.values(response.scales).every((v) => v === beeps);
    case "mushra":
      return undefined;
  }
}
