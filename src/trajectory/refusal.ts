import { describeCollision } from "../collision/clearance.ts";
import { JOINT_NAMES } from "../math/joints.ts";
import { explainNoApproach, isRoomInTheWay, type NoApproach } from "./approach.ts";

/** Why a bow plan cannot be moved, and what another plan could avoid. */
export type TrajectoryRefusal = BrokenLimit & {
  /** Crossings and bow changes on the strings that are at fault; absent = none. */
  readonly crossings?: readonly HardCrossing[];
};

/** A crossing on the strings, or a bow change on one, that asks too much of the arm, or more than it should. */
export interface HardCrossing {
  /** The note that it leads to, index in `BowPlan.notes`. */
  readonly to: number;
  /** How many times as long it would have to take; 1 where something else is wrong there [-]. */
  readonly excess: number;
}

/** What is asked too much. `atS` is a score second; `note` indexes `BowPlan.notes`. */
export type BrokenLimit =
  | {
      readonly kind: "joint-limit";
      readonly quantity: "position" | "speed" | "acceleration" | "jerk";
      readonly joint: number;
      readonly atS: number;
      readonly note: number;
      readonly needs: number;
      readonly limit: number;
    }
  | {
      readonly kind: "tcp-too-fast";
      readonly atS: number;
      readonly note: number;
      readonly needsMps: number;
      readonly limitMps: number;
    }
  | {
      readonly kind: "unreachable";
      readonly atS: number;
      readonly note: number;
      /** How far away the arm stays; 0 = it gets there, but only by a leap of its joints. */
      readonly missM: number;
    }
  | {
      readonly kind: "near-singularity";
      readonly atS: number;
      readonly note: number;
      readonly sigma: number;
      readonly limit: number;
    }
  | {
      readonly kind: "too-close";
      readonly pair: readonly [string, string];
      readonly atS: number;
      readonly note: number;
      readonly clearanceM: number;
      readonly requiredM: number;
    }
  | (NoApproach & { readonly note: number });

const UNITS = { position: "rad", speed: "rad/s", acceleration: "rad/s²", jerk: "rad/s³" } as const;

/** Whether it is for what stands in the room, so that no other music or bowing helps. */
export const isForTheRoom = (why: TrajectoryRefusal): boolean => why.kind === "no-way" && isRoomInTheWay(why);

/** Whether it asks too much in too little time, not for a place where the arm cannot be. */
export const isForTheTempo = (why: TrajectoryRefusal): boolean =>
  why.kind === "tcp-too-fast" || (why.kind === "joint-limit" && why.quantity !== "position");

/** One sentence: what, where, how much, against which limit. @param where the note in a musician's words ("F#3, bar 4 beat 2") */
export function explainTrajectoryRefusal(why: TrajectoryRefusal, where: string): string {
  const at = `at ${why.atS.toFixed(2)} s (${where})`;
  switch (why.kind) {
    case "joint-limit":
      return (
        `the ${JOINT_NAMES[why.joint]!} joint needs ${why.quantity === "acceleration" ? "an" : "a"} ${why.quantity} of ${why.needs.toFixed(2)} ${UNITS[why.quantity]} ` +
        `${at}; its limit is ${why.limit.toFixed(2)} ${UNITS[why.quantity]}`
      );
    case "tcp-too-fast":
      return `the bow hand needs ${why.needsMps.toFixed(2)} m/s ${at}; the limit is ${why.limitMps.toFixed(2)} m/s`;
    case "unreachable":
      return why.missM === 0
        ? `the arm can put the bow there ${at} only by a leap of its joints`
        : `the arm cannot put the bow there ${at}: its best try is ${(why.missM * 1e3).toFixed(1)} mm away`;
    case "near-singularity":
      return `the arm comes too near to a singular pose ${at}: ${why.sigma.toFixed(3)}, at least ${why.limit.toFixed(3)}`;
    case "too-close":
      return describeCollision(why.clearanceM, why.pair, why.requiredM, ` ${at}`);
    case "no-way":
      return explainNoApproach(why, where);
  }
}
