import { maxBowForceN, minBowForceN } from "../bowing/force-limits.ts";
import type { StringContacts } from "../instrument/hair/string-contacts.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { cross, dot, sub, unit, type Vec3 } from "../math/vec.ts";
import { STRING_NAMES, type StringName } from "../score/score.ts";
import type { ReplayedNote } from "./replay-record.ts";
import type { Take } from "./take.ts";
import { spread } from "./take-facts.ts";

/** A number with the interval that it lies in, as far as is known. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What the bow did on one string, as far as joints and force sensor tell. */
export interface StringEstimate {
  readonly string: StringName;
  readonly notes: number;
  /** Normal force by the depth of the hair under the string [N]. */
  readonly byDepthN: Estimate | undefined;
  /** Normal force by the friction that turns with the bow's direction [N]; needs a force sensor and both directions. */
  readonly byFrictionN: Estimate | undefined;
  readonly bowSpeedMps: number;
  readonly contactM: number;
  /** What a clear tone needs at that speed and place (Schelleng) [N]. */
  readonly minForceN: number;
  readonly maxForceN: number;
  /** "clear", "too light", "too hard", or "unknown" when the interval reaches over a limit. */
  readonly tone: "clear" | "too light" | "too hard" | "unknown";
}

/** How far a calibration of taught poses may be off at the string [m]. @assumed 1 mm: what nominal instead of factory kinematics costs */
const CALIBRATION_M = 0.001;
/** Force that a millimetre of depth makes [N/m]. @source instrument/contact-stiffness: 300 in the middle to 800 at the ends */
const STIFFNESS_NPM = 500;
/** Friction of a bow that plays: between sliding and sticking. @source Percival's fits: sliding 0.3 to 0.5, sticking 0.8 to 1.2 */
const FRICTION = { low: 0.3, likely: 0.5, high: 0.8 };
/** Part of a note, in its middle, that is steady [-]. */
const STEADY = { from: 0.35, to: 0.65 };

/**
 * Bow force and tone of a take, string by string, with their uncertainty.
 *
 * A force sensor's zero (about 2 N off in the public logs) drops out: only the difference between down and up counts.
 */
export function estimateBow(
  take: Take,
  notes: readonly ReplayedNote[],
  contacts: readonly StringContacts[],
  periodS: number,
  instrument: Instrument,
): readonly StringEstimate[] {
  return STRING_NAMES.flatMap((string, s) => {
    const own = notes.filter((note) => note.string === string);
    if (own.length === 0) return [];
    const steady = own.flatMap((note) => rowsOf(note, periodS, contacts.length).map((row) => contacts[row]!));
    const middle = (of: (contact: StringContacts) => number): number => spread(steady.map(of)).median;
    const bowSpeedMps = middle((c) => Math.abs(c.bowSpeedMps[s]!));
    const contactM = middle((c) => c.contactM[s]!);
    const line = instrument.strings[string];
    const beta = contactM / line.lengthM;
    const limits = [
      minBowForceN(line.physics, bowSpeedMps, beta),
      maxBowForceN(line.physics, bowSpeedMps, beta),
    ];
    const [minForceN, maxForceN] = limits as [number, number];
    const byDepthN = around(middle((c) => c.forceN[s]!));
    const byFrictionN = frictionEstimate(take, own, string, instrument);
    const best = byFrictionN ?? byDepthN;
    const tone = toneOf(best, minForceN, maxForceN);
    return [
      { string, notes: own.length, byDepthN, byFrictionN, bowSpeedMps, contactM, minForceN, maxForceN, tone },
    ];
  });
}

/** Nothing where the calibration leaves the hair above the string: how far it is off then, nobody knows. */
const around = (value: number): Estimate | undefined =>
  value > 0
    ? {
        value,
        low: Math.max(0, value - STIFFNESS_NPM * CALIBRATION_M),
        high: value + STIFFNESS_NPM * CALIBRATION_M,
      }
    : undefined;

/** States in the steady middle of a note. */
export function rowsOf(
  { startS, endS }: Pick<ReplayedNote, "startS" | "endS">,
  periodS: number,
  count: number,
): number[] {
  const [from, to] = [STEADY.from, STEADY.to].map((share) =>
    Math.round((startS + share * (endS - startS)) / periodS),
  ) as [number, number];
  return Array.from({ length: Math.max(0, Math.min(to, count - 1) - from + 1) }, (_, k) => from + k);
}

/** Half the difference of the force along the bow between the two directions is friction; over the coefficient, it is the normal force. */
function frictionEstimate(
  take: Take,
  notes: readonly ReplayedNote[],
  string: StringName,
  instrument: Instrument,
): Estimate | undefined {
  const means = { toTip: [] as number[], toFrog: [] as number[] };
  for (const { startS, endS } of notes) {
    const [fromS, toS] = [startS + STEADY.from * (endS - startS), startS + STEADY.to * (endS - startS)];
    const rows = [...take.timeS.keys()].filter((row) => take.timeS[row]! >= fromS && take.timeS[row]! <= toS);
    if (rows.length < 2) continue;
    const along = unit(sub(vectorAt(take.tcp_B_m, rows.at(-1)!), vectorAt(take.tcp_B_m, rows[0]!)));
    const forces = rows.map((row) => dot(vectorAt(take.force_N, row), along));
    const mean = spread(forces).mean;
    if (Number.isNaN(mean)) return undefined;
    // Force along the way the bow goes: friction has one sign in it, the sensor's zero changes its own.
    (towardTip(along, string, instrument) ? means.toTip : means.toFrog).push(mean);
  }
  if (means.toTip.length === 0 || means.toFrog.length === 0) return undefined;
  const frictionN = Math.abs(spread(means.toTip).median + spread(means.toFrog).median) / 2;
  return {
    value: frictionN / FRICTION.likely,
    low: frictionN / FRICTION.high,
    high: frictionN / FRICTION.low,
  };
}

const vectorAt = (rows: Float64Array, row: number): Vec3 => [
  rows[3 * row]!,
  rows[3 * row + 1]!,
  rows[3 * row + 2]!,
];

/** The arm goes the way of the bow's tip when the string sees the hair go from frog to tip, which is the arm's way in a down-bow. */
function towardTip(along: Vec3, string: StringName, { strings }: Instrument): boolean {
  const { axis_B, outward_B } = strings[string];
  return dot(along, cross(axis_B, outward_B)) > 0;
}

function toneOf(force: Estimate | undefined, minForceN: number, maxForceN: number): StringEstimate["tone"] {
  if (!force) return "unknown";
  const { low, high } = force;
  if (low >= minForceN && high <= maxForceN) return "clear";
  if (high < minForceN) return "too light";
  return low > maxForceN ? "too hard" : "unknown";
}
