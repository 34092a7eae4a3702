import { integralTo, valueAt, type Point } from "../math/smooth-points.ts";
import { betweenDynamics, loudnessAt, loudnessPoints } from "../score/dynamics.ts";
import type { ScoreNote } from "../score/score.ts";
import type { BowingSettings } from "./bowing-settings.ts";
import type { Stroke, TimedNote } from "./stroke.ts";

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

/** How a note moves: along its swell, and with an attack where it is accented. At least its start and its end. */
export function wishesOf({ note, startS, endS }: TimedNote, settings: BowingSettings): readonly CourseWish[] {
  const lengthS = endS - startS;
  const swelling = loudnessPoints(note).map(({ share }) => startS + share * lengthS);
  const attack = attackOf(note, settings) ?? PLAIN;
  const riseS = startS + Math.min(settings.attackS.rise, RISE_SHARE * lengthS);
  const overS = startS + Math.min(settings.attackS.over, OVER_SHARE * lengthS);
  const moments = [...new Set([...swelling, ...(attack === PLAIN ? [] : [riseS, overS])])];
  const over = (plain: number, most: number): readonly Point[] => [
    { at: startS, value: plain },
    { at: riseS, value: most },
    { at: overS, value: plain },
  ];
  return moments
    .sort((a, b) => a - b)
    .map((atS) => ({
      atS,
      level: loudnessAt(note, (atS - startS) / lengthS),
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

/** Whether anything in a stroke moves: a swell, or an attack. */
export const movesWithin = ({ notes }: Stroke): boolean =>
  notes.some(
    ({ note }) =>
      hasAttack(note) || loudnessPoints(note).some(({ level }, _, [first]) => level !== first!.level),
  );

/**
 * Speed along a stroke over its steady speed: as the loudness asks, with a mean of 1, so that the stroke uses the hair it
 * would use without.
 *
 * @returns undefined where nothing moves, or where the speed is locked
 */
export function speedPoints(stroke: Stroke, settings: BowingSettings): readonly Point[] | undefined {
  const isLocked = stroke.notes.some(({ note }) => note.override?.speedMps !== undefined);
  if (isLocked || !movesWithin(stroke)) return undefined;
  const points: Point[] = [];
  for (const timed of stroke.notes)
    for (const { atS, level, speed } of wishesOf(timed, settings)) {
      const value = betweenDynamics(settings.bowSpeedMps, level) * speed;
      const before = points.at(-1);
      if (before?.at === atS) points[points.length - 1] = { at: atS, value: (before.value + value) / 2 };
      else points.push({ at: atS, value });
    }
  const mean = integralTo(points, stroke.endS) / (stroke.endS - stroke.startS);
  return points.map(({ at, value }) => ({ at, value: value / mean }));
}

/**
 * When a stroke of steady speed would be where one with these speeds is: time bent so that it runs faster where the bow does.
 *
 *     bent(t) = start + ∫ speed,   bent(start) = start, bent(end) = end
 */
export const bentTimeS = (points: readonly Point[] | undefined, atS: number): number =>
  points === undefined || atS <= points[0]!.at ? atS : points[0]!.at + integralTo(points, atS);
