import type { BowedNote, BowPlan, Lift } from "../bowing/bow-plan.ts";
import {
  bentRamp,
  rampTimeS,
  strokeTravelM,
  type StrokeEnd,
  type StrokeProfile,
} from "../bowing/stroke-travel.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { lastIndex } from "../math/last-index.ts";
import type { Point } from "../math/smooth-points.ts";
import type { RollWay } from "./roll-ways.ts";
import { speakingRampS } from "./speaking-ramp.ts";
import type { TrajectorySettings } from "./trajectory-settings.ts";

/** One bow direction without a change of bow. */
interface BareStroke {
  readonly startS: number;
  readonly endS: number;
  /** +1 down, −1 up. */
  readonly sign: 1 | -1;
  readonly speedMps: number;
  /** Speeds along it over `speedMps`; undefined = steady. */
  readonly speeds: readonly Point[] | undefined;
  /** Hair position at `startS` with all string changes so far taken out [m]. */
  readonly offsetM: number;
  /** The note it begins with, and how long the one lasts that it ends with. */
  readonly first: BowedNote;
  readonly lastNoteS: number;
}

/** What the ends of strokes depend on. */
type EndSettings = Pick<TrajectorySettings, "startFromRestS" | "speaking"> & {
  readonly rampS: number;
  readonly instrument: Instrument;
};

/** A stroke as it is commanded. */
export interface Stroke extends BareStroke {
  /** When the hair begins to move [score s]. */
  readonly movesS: number;
  readonly profile: StrokeProfile;
  /** Where and when the hand carries the bow in the lift after it. */
  readonly carried: (Lift & { readonly toM: number }) | undefined;
}

/** The strokes of a plan in time: when each is commanded to begin and to end, and how fast its bow goes in between. */
export function strokesOf(
  plan: BowPlan,
  ways: readonly RollWay[],
  shiftsM: readonly number[],
  ramps: EndSettings,
): Stroke[] {
  const strokes: BareStroke[] = [];
  let [crossed, shiftedM] = [0, 0];
  plan.notes.forEach((note, index) => {
    for (; ways[crossed] && ways[crossed]!.to <= index; crossed++) shiftedM += shiftsM[crossed]!;
    const open = strokes.at(-1);
    if (open && plan.notes[index - 1]!.stroke === note.stroke) {
      const speeds = open.speeds && [...open.speeds, ...speedsOf(note)];
      strokes[strokes.length - 1] = { ...open, endS: note.endS, speeds, lastNoteS: note.endS - note.startS };
      return;
    }
    strokes.push({
      startS: note.startS,
      endS: note.endS,
      sign: note.direction === "down" ? 1 : -1,
      speedMps: note.bowSpeedMps,
      speeds: note.course && speedsOf(note),
      offsetM: note.bowStartM - shiftedM,
      first: note,
      lastNoteS: note.endS - note.startS,
    });
  });
  const earlierS = strokes.map((stroke, i) => turnsEarlierS(strokes[i - 1], stroke, ramps));
  return strokes.map((stroke, i) => {
    const [before, next] = [strokes[i - 1], strokes[i + 1]];
    const [start, end] = [joint(before, stroke), joint(stroke, next)];
    const [startS, endS] = [stroke.startS - earlierS[i]!, stroke.endS - (earlierS[i + 1] ?? 0)];
    const profile = profileOf(stroke, { start, end, durationS: endS - startS }, ramps);
    const lift = next && liftIn(plan, stroke.endS - 1e-9, next.startS + 1e-9);
    const carried = next && lift ? { ...lift, toM: next.offsetM } : undefined;
    return { ...stroke, startS, endS, movesS: endS - profile.durationS, profile, carried };
  });
}

/**
 * How much earlier a reversal is commanded: a servo rounds off the kink between a bow that stops fast and one that starts slowly, and
 * its hair would turn late.
 *
 *     spread · (a − b) / (a + b)     with the accelerations before and after, |v| ÷ ramp
 *
 * Where both ramps are the usual one and neither speed moves, what their speeds make differ mostly is 1 or 2 ms: not worth another
 * speed of the bow. From p to a sudden f it is 5 ms, and where a speed moves up to 20 ms.
 */
function turnsEarlierS(before: BareStroke | undefined, after: BareStroke, settings: EndSettings): number {
  if (!before || joint(before, after) === "rest") return 0;
  const [beforeS, afterS] = [before, after].map(({ startS, endS }) => endS - startS) as [number, number];
  const [ends, begins] = [edgeSpeed(before.speeds?.at(-1)), edgeSpeed(after.speeds?.[0])];
  const rampS = speakingRampS(after.first, settings.instrument, afterS, settings);
  const isUsual = rampS <= rampTimeS(afterS, settings.rampS) && ends === 1 && begins === 1;
  // A stroke whose speed moves bends its time: there a ramp is as much longer as the bow is slower.
  const a =
    (before.speedMps * ends ** 2) /
    (rampTimeS(beforeS, settings.rampS) * bentRamp(before.speeds?.at(-1)?.value));
  const b = (after.speedMps * begins ** 2) / (rampS * bentRamp(after.speeds?.[0]?.value));
  const earlierS = (settings.startFromRestS * (a - b)) / (a + b);
  if (isUsual && Math.abs(earlierS) < UNFELT_S) return 0;
  const most = LATEST_SHARE * Math.min(beforeS, afterS);
  return Math.min(Math.max(earlierS, -most), most);
}

/** A turn that is so much off its time needs nothing done [s]. @assumed */
const UNFELT_S = 0.003;

/** How fast a stroke is at an end of it, over its mean; nearer to 1 than `EDGE` it counts as 1. */
const edgeSpeed = (edge: Point | undefined): number =>
  edge === undefined || Math.abs(Math.log(edge.value)) < Math.log(EDGE) ? 1 : edge.value;

/**
 * What an accent makes the beginning of its stroke slower lies below it [-]. @assumed without it the last onset of the long-note study was
 * 5 ms off for 10 on the reference cell, and Paganini's theme took 84 % of the acceleration on the published one
 */
const EDGE = 1.4;

/** Points of a note's course, the shared one at its start left to the note before. */
const speedsOf = ({ course = [], bowSpeedMps }: BowedNote): readonly Point[] =>
  course.map(({ atS, speedMps }) => ({ at: atS, value: speedMps / bowSpeedMps }));

/**
 * A stroke's speed in time. From rest it begins a little late: a servo spreads what it is commanded, so that the hair would
 * creep before its time; the less so, the longer its ramp takes until the hair moves. The same hair is used, in what is left.
 */
function profileOf(
  { startS, endS, speedMps, speeds, first, lastNoteS }: BareStroke,
  {
    durationS: lastsS,
    ...joints
  }: { readonly start: StrokeEnd; readonly end: StrokeEnd; readonly durationS: number },
  settings: EndSettings,
): StrokeProfile {
  const { startFromRestS, rampS, instrument } = settings;
  const writtenS = endS - startS;
  const usualS = rampTimeS(writtenS, rampS);
  const begins = edgeSpeed(speeds?.[0]);
  const startRampS = bentRamp(speeds?.[0]?.value) * speakingRampS(first, instrument, writtenS, settings);
  const slowerS = untilMovingS(startRampS / begins, speedMps * begins) - untilMovingS(usualS, speedMps);
  const fromRestS = Math.max(0, Math.min(startFromRestS, LATEST_SHARE * writtenS) - slowerS);
  const durationS = lastsS - (joints.start === "rest" ? fromRestS : 0);
  const endRampS =
    bentRamp(speeds?.at(-1)?.value) * Math.max(SHORTEST_RAMP * rampS, rampTimeS(lastNoteS, rampS));
  const meanRampS = (rampTimeS(durationS, startRampS) + rampTimeS(durationS, endRampS)) / 2;
  const travelM = strokeTravelM(speedMps, writtenS, rampS);
  return { speedMps: travelM / (durationS - meanRampS), durationS, rampS: endRampS, startRampS, ...joints };
}

/**
 * A short note at the end of a slur is to have some steady bow, too: its ramp is shorter, but by no more than this [-]. @assumed jerk
 * grows with the square of it
 */
const SHORTEST_RAMP = 0.8;
/** A short note begins no later than after this share of it [-]. @assumed */
const LATEST_SHARE = 0.1;
/** Hair that is faster than this moves [m/s]. */
const MOVING_MPS = 0.002;

/** When hair that starts from rest moves: the step of a ramp begins as 10x³ [s]. */
const untilMovingS = (rampS: number, speedMps: number): number =>
  rampS * Math.cbrt(Math.min(1, MOVING_MPS / (10 * speedMps)));

/** The lift inside a stretch of time, if there is one. */
function liftIn({ lifts }: BowPlan, fromS: number, toS: number): Lift | undefined {
  const lift = lifts[lastIndex(lifts, (l) => l.startS < fromS) + 1];
  return lift && lift.endS <= toS ? lift : undefined;
}

/** Two opposite strokes without a rest between them reverse; everything else comes to rest. */
const joint = (before: BareStroke | undefined, after: BareStroke | undefined): StrokeEnd =>
  before && after && before.sign !== after.sign && after.startS - before.endS < 1e-6 ? "reversal" : "rest";
