import type { Protocol } from "../session/protocol.ts";
import { passedTrap, type Listener } from "./study-data.ts";

export type ExclusionRules = Protocol["analysis"]["exclude"];

export interface Exclusions {
  readonly kept: readonly Listener[];
  /** By reason; a listener with several is counted under the first. */
  readonly excluded: readonly { readonly reason: string; readonly listeners: readonly string[] }[];
}

/** Leaves out listeners by the rules set before the study, and by nothing else. */
export function applyExclusions(listeners: readonly Listener[], rules: ExclusionRules): Exclusions {
  const checks: readonly [string, boolean, (l: Listener) => boolean][] = [
    ["did not finish", rules.unfinished, (l) => !l.finished],
    [
      `failed ${rules.failedTraps} or more attention trials`,
      true,
      (l) => l.answers.filter((a) => passedTrap(a) === false).length >= rules.failedTraps,
    ],
    ["did not pass the headphone check", rules.failedHeadphones, (l) => l.headphonesPassed === false],
    ["knew the recordings or the robot", rules.heardBefore, (l) => l.background.heard === true],
    [
      "rated the hidden reference under 90 in more than 15 % of MUSHRA trials",
      true,
      (l) => underratesReference(l),
    ],
  ];
  const reasonOf = (l: Listener): string | undefined => checks.find(([, on, fails]) => on && fails(l))?.[0];
  return {
    kept: listeners.filter((l) => reasonOf(l) === undefined),
    excluded: checks
      .filter(([, on]) => on)
      .map(([reason]) => ({
        reason,
        listeners: listeners.filter((l) => reasonOf(l) === reason).map((l) => l.id),
      })),
  };
}

/** @source ITU-R BS.1534-3, post-screening of assessors */
function underratesReference({ answers }: Listener): boolean {
  const scores = answers.flatMap(({ response, slots }) => {
    if (response.method !== "mushra") return [];
    const reference = slots[0]!;
    const hidden = slots.slice(1).findIndex((s) => s.take === reference.take && !isAnchor(s));
    return hidden < 0 ? [] : [response.scores[hidden]!];
  });
  return scores.length > 0 && scores.filter((s) => s < 90).length / scores.length > 0.15;
}

export const isAnchor = (stimulus: {
  readonly recipe: { readonly steps: readonly { readonly do: string }[] };
}): boolean => stimulus.recipe.steps.some((step) => step.do === "low-pass");
