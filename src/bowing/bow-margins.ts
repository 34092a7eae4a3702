import type { StringName } from "../score/score.ts";
import { soundedStrings, type BowPlan } from "./bow-plan.ts";

/** How near a plan comes to the bow's limits, at the note that comes nearest. */
export interface BowMargins {
  /** Hair used at all, from the frog [m]. */
  readonly hair: { readonly fromM: number; readonly toM: number };
  /** Nearest to the force at which the string no longer follows (Schelleng's maximum). */
  readonly most: ForceUse;
  /** Nearest to the force below which the string slips twice (Schelleng's minimum). */
  readonly least: ForceUse;
}

/** A note's steady force and the limit it is nearest to. */
export interface ForceUse {
  readonly forceN: number;
  readonly limitN: number;
  readonly string: StringName;
  /** Score second of the note. */
  readonly atS: number;
}

/** @param plan with one note at least */
export function bowMargins({ notes }: Pick<BowPlan, "notes">): BowMargins {
  const places = notes.flatMap(({ bowStartM, bowEndM }) => [bowStartM, bowEndM]);
  const uses = (limit: "maxForceN" | "minForceN"): ForceUse[] =>
    notes.flatMap((note) =>
      soundedStrings(note).map((sounded) => ({
        forceN: sounded.forceN,
        limitN: sounded[limit],
        string: sounded.string,
        atS: note.startS,
      })),
    );
  const share = ({ forceN, limitN }: ForceUse): number => forceN / limitN;
  return {
    hair: { fromM: Math.min(...places), toM: Math.max(...places) },
    most: uses("maxForceN").reduce((a, b) => (share(b) > share(a) ? b : a)),
    least: uses("minForceN").reduce((a, b) => (share(b) < share(a) ? b : a)),
  };
}
