import { integralTo, valueAt, type Point } from "../math/smooth-points.ts";
import { betweenDynamics, loudnessAt, loudnessPoints } from "../score/dynamics.ts";
import type { ScoreNote } from "../score/score.ts";
import type { BowingSettings } from "./bowing-settings.ts";
import { gentleSpeeds } from "./gentle-speeds.ts";
import { lockedSpeedMps, type Stroke, type TimedNote } from "./stroke.ts";
import { rampTimeS } from "./stroke-travel.ts";

/** What a note should be at one moment. */
export interface CourseWish {
  readonly atS: number;
  /** Loudness, in steps of `DYNAMICS`. */
  readonly level: number;
  /** Force and speed over those of its loudness: more than 1 in an attack [-]. */
  readonly force: number;
  readonly speed: number;
}

/** An attack takes no more than these shares of a note to rise and to be over [-]. @assumed */
const RISE_SHARE = 0.2;
const OVER_SHARE = 0.6;

/** A dynamic that changes at a note under a slur is reached within so much of that note [s], and within this share of it [-]. @assumed */
const STEP_S = 0.1;
const STEP_SHARE = 0.25;

/**
 * How a note moves: along its swell, with an attack where it is accented, and from the loudness before it where the bow brings another
 * along. At least its start and its end.
 *
 * @param fromLevel loudness at the end of the note before it in the same bow; absent = its own
 */
export function wishesOf(
  { note, startS, endS }: TimedNote,
  settings: BowingSettings,
  fromLevel = loudnessAt(note, 0),
): readonly CourseWish[] {
  const lengthS = endS - startS;
  const stepped = fromLevel - loudnessAt(note, 0);
  const stepS = stepped === 0 ? 0 : Math.min(STEP_S, STEP_SHARE * lengthS);
  const levelAt = (atS: number): number => {
    const own = loudnessAt(note, (atS - startS) / lengthS);
    const left = stepS === 0 ? 0 : Math.max(0, 1 - (atS - startS) / stepS);
    return own + left * stepped;
  };
  const swelling = loudnessPoints(note).map(({ share }) => startS + share * lengthS);
  const attack = attackOf(note, settings) ?? PLAIN;
  const riseS = startS + Math.min(settings.attackS.rise, RISE_SHARE * lengthS);
  const overS = startS + Math.min(settings.attackS.over, OVER_SHARE * lengthS);
  const moments = [
    ...new Set([
      ...swelling,
      ...(attack === PLAIN ? [] : [riseS, overS]),
      ...(stepS === 0 ? [] : [startS + stepS]),
    ]),
  ];
  const over = (plain: number, most: number): readonly Point[] => [
    { at: startS, value: plain },
    { at: riseS, value: most },
    { at: overS, value: plain },
  ];
  return moments
    .sort((a, b) => a - b)
    .map((atS) => ({
      atS,
      level: levelAt(atS),
      force: valueAt(over(PLAIN.force, attack.force), atS),
      speed: valueAt(over(PLAIN.speed, attack.speed), atS),
    }));
}

const PLAIN = { force: 1, speed: 1 };

const attackOf = (
  { articulation }: ScoreNote,
  { accentAttack, marteleAttack }: BowingSettings,
): BowingSettings["accentAttack"] | undefined =>
  articulation === "accent" ? accentAttack : articulation === "martele" ? marteleAttack : undefined;

export const hasAttack = ({ articulation }: ScoreNote): boolean =>
  articulation === "accent" || articulation === "martele";

/** Whether anything in a stroke moves: a swell, an attack, or a dynamic that changes from note to note. */
export const movesWithin = ({ notes }: Stroke): boolean =>
  notes.some(
    ({ note }) =>
      hasAttack(note) || loudnessPoints(note).some(({ level }) => level !== loudnessAt(notes[0]!.note, 0)),
  );

/** Loudness that the bow brings along into note `i` of a stroke; undefined into its first. */
export const levelBefore = ({ notes }: Stroke, i: number): number | undefined =>
  i === 0 ? undefined : loudnessAt(notes[i - 1]!.note, 1);

/**
 * Speed along a stroke over its steady speed: as the loudness asks, as far as the hair may accelerate, with a mean of 1, so that the
 * stroke uses the hair it would use without.
 *
 * @returns undefined where nothing moves, or where the speed is locked
 */
export function speedPoints(stroke: Stroke, settings: BowingSettings): readonly Point[] | undefined {
  if (lockedSpeedMps(stroke) !== undefined || !movesWithin(stroke)) return undefined;
  const points: Point[] = [];
  for (const [i, timed] of stroke.notes.entries())
    for (const { atS, level, speed } of wishesOf(timed, settings, levelBefore(stroke, i))) {
      const value = betweenDynamics(settings.bowSpeedMps, level) * speed;
      const before = points.at(-1);
      if (before?.at === atS) points[points.length - 1] = { at: atS, value: (before.value + value) / 2 };
      else points.push({ at: atS, value });
    }
  const durationS = stroke.endS - stroke.startS;
  const mean = integralTo(points, stroke.endS) / durationS;
  const written = points.map(({ at, value }) => ({ at, value: value / mean }));
  const steadyMps = Math.min(mean, settings.handAccelerationMps2 * rampTimeS(durationS, settings.rampS));
  return gentleSpeeds(written, stroke, steadyMps, settings);
}

/**
 * When a stroke of steady speed would be where one with these speeds is: time bent so that it runs faster where the bow does.
 *
 *     bent(t) = start + ∫ speed,   bent(start) = start, bent(end) = end
 */
export const bentTimeS = (points: readonly Point[] | undefined, atS: number): number =>
  points === undefined || atS <= points[0]!.at ? atS : points[0]!.at + integralTo(points, atS);
