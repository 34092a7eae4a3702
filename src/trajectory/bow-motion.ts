import { levelOf, type BowPlan } from "../bowing/bow-plan.ts";
import { bentTimeS } from "../bowing/stroke-course.ts";
import { strokeProgressM } from "../bowing/stroke-travel.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { lastIndex } from "../math/last-index.ts";
import { MINIMUM_JERK_PEAK, smoothstep } from "../math/smoothstep.ts";
import { levelNumber } from "../score/bow-level.ts";
import { bowCourse, onPair, type BowCourse } from "./bow-course.ts";
import { hopAt, planCrossings, rollBell, rollRise, shifted, turned, type Crossing } from "./crossing.ts";
import { forceAt, forceInHop, forcesInRoll, restingShares } from "./force-over-time.ts";
import { levelPress, lowerShare } from "./pressing.ts";
import type { RollTimings } from "./roll-timing.ts";
import type { Stroke } from "./stroke-timing.ts";
import type { TrajectorySettings } from "./trajectory-settings.ts";

/** Where the bow is at one moment, in the musician's coordinates. */
export interface BowState {
  /**
   * Levels rolled between (equal when at rest), 0 = C … 3 = A, two strings half-way between them; the share of the turn and of
   * the contact point's way, 0..1.
   */
  readonly fromLevel: number;
  readonly toLevel: number;
  readonly turn: number;
  readonly shift: number;
  /** Inclination off the middle of either level's window [rad]. */
  readonly fromLean_rad: number;
  readonly toLean_rad: number;
  /** Hair at the contact, from the frog [m]. */
  readonly bowM: number;
  /** Hair to bridge along the string [m]. */
  readonly contactM: number;
  /** Hair above the level's line [m]; < 0 = pressed in. */
  readonly heightM: number;
}

/** The whole piece as a smooth function of score time. */
export interface BowMotion {
  /** Rest above the first string, and above the last [score s]. */
  readonly startS: number;
  readonly endS: number;
  readonly course: BowCourse;
  readonly crossings: readonly Crossing[];
  at(scoreS: number): BowState;
}

/**
 * Puts the bow plan on a time line: strokes, rolls, lifts and landings, every part at least C².
 *
 * @param like another motion of the same plan: what its timings have in common with these is taken from it
 */
export function bowMotion(
  plan: BowPlan,
  instrument: Instrument,
  settings: TrajectorySettings & { readonly rampS: number },
  timings: RollTimings = new Map(),
  like?: Pick<BowMotion, "course" | "crossings">,
): BowMotion {
  const course = like?.course ?? bowCourse(plan, instrument, settings);
  const crossings = planCrossings(plan, course.ways, settings, timings, like?.crossings);
  const { strokes, shiftsM, shiftSumsM, apart, contactAt, harder } = course;
  /** What rolls that are over have added to the hair coordinate, the crossing at `index` included if it is over [m]. */
  const shiftedBefore = (index: number, over: boolean): number =>
    shiftSumsM[over ? index + 1 : Math.max(index, 0)]!;
  const firstLevel = levelNumber(levelOf(plan.notes[0]!));
  const [first, last] = [plan.notes[0]!, plan.notes.at(-1)!];
  const startS = first.startS - settings.landingS;
  const endS = last.endS + settings.landingS;
  return {
    startS,
    endS,
    course,
    crossings,
    at(scoreS) {
      const index = lastIndex(crossings, (c) => c.startS < scoreS);
      const crossing = crossings[index];
      const rolling = crossing && scoreS < crossing.endS ? crossing : undefined;
      const strings = rolling
        ? rollState(rolling, scoreS)
        : restingState(crossing?.toLevel ?? firstLevel, crossing);
      const bowM =
        bowAt(strokes, scoreS) +
        shiftedBefore(index, rolling === undefined) +
        (rolling ? shiftsM[index]! * strings.shift : 0);
      const contactM = contactAt(scoreS);
      const dip = rolling ? 1 - settings.crossingDip * rollBell(rolling, scoreS) : 1;
      const forceN = rolling?.hop
        ? forceInHop(plan.notes, rolling.to, strings.turn)
        : forceAt(plan.notes, scoreS, settings.forceBlendS, apart);
      const shares = rolling
        ? { from: lowerShare(plan.notes[rolling.to - 1]!), to: lowerShare(plan.notes[rolling.to]!) }
        : restingShares(plan.notes, scoreS, settings.forceBlendS, apart);
      const pressedN = forceN * harder(scoreS) * dip;
      const forcesN =
        rolling && !rolling.hop && onPair(rolling)
          ? forcesInRoll(plan.notes, rolling.to, scoreS)
          : { from: pressedN, to: pressedN };
      const press = levelPress(instrument, strings, forcesN, shares, { bowM, contactM });
      const { upM, pressed } = rolling?.hop
        ? hopAt(rolling, rolling.hop, scoreS)
        : liftAt(plan, settings, scoreS, { startS, endS });
      const riseM = rolling && rolling.riseM > 0 ? rolling.riseM * rollRise(rolling, scoreS) : 0;
      return {
        fromLevel: strings.fromLevel,
        toLevel: strings.toLevel,
        turn: strings.turn,
        shift: strings.shift,
        fromLean_rad: strings.fromLean_rad + press.fromLean_rad,
        toLean_rad: strings.toLean_rad + press.toLean_rad,
        bowM,
        contactM,
        heightM: upM - pressed * press.depthM + riseM,
      };
    },
  };
}

/** Part of a lift in which the hair is surely off the string, and may be carried along [-]; see `liftAt`. */
const OFF_THE_STRING = { from: 0.08, to: 0.9 };

/** Hair coordinate without the string changes: strokes joined end to end, moved in the air inside lifts. */
function bowAt(strokes: readonly Stroke[], scoreS: number): number {
  const stroke =
    strokes[
      Math.max(
        0,
        lastIndex(strokes, (s) => s.startS <= scoreS),
      )
    ]!;
  const bentS = scoreS < stroke.endS ? bentTimeS(stroke.speeds, scoreS) : scoreS;
  if (bentS <= stroke.movesS) return stroke.offsetM;
  const here = stroke.offsetM + stroke.sign * strokeProgressM(stroke.profile, bentS - stroke.movesS);
  const { carried } = stroke;
  if (!carried || scoreS <= carried.startS) return here;
  const lifted = (scoreS - carried.startS) / (carried.endS - carried.startS);
  const way = smoothstep((lifted - OFF_THE_STRING.from) / (OFF_THE_STRING.to - OFF_THE_STRING.from));
  return here + (carried.toM - here) * way;
}

/** Between two levels. */
function rollState(crossing: Crossing, scoreS: number) {
  const { fromLevel, toLevel, fromLean_rad, toLean_rad } = crossing;
  const [turn, shift] = [turned(crossing, scoreS), shifted(crossing, scoreS)];
  return { fromLevel, toLevel, fromLean_rad, toLean_rad, turn, shift };
}

/** At rest on a level. @param entered the crossing that led to it */
function restingState(level: number, entered: Crossing | undefined) {
  const lean_rad = entered?.toLean_rad ?? 0;
  return {
    fromLevel: level,
    toLevel: level,
    fromLean_rad: lean_rad,
    toLean_rad: lean_rad,
    turn: 0,
    shift: 0,
  };
}

const lifted = (share: number, heightM: number) => ({ upM: share * heightM, pressed: 1 - share });

/** How high over the string [m], and what share of its depth it is pressed in. */
function liftAt(
  plan: BowPlan,
  settings: TrajectorySettings,
  scoreS: number,
  ends: { startS: number; endS: number },
) {
  const down = smoothstep((scoreS - ends.startS) / settings.landingS);
  const up = smoothstep((scoreS - (ends.endS - settings.landingS)) / settings.landingS);
  if (down < 1 || up > 0) return lifted(Math.max(1 - down, up), settings.approachM);
  const lift = plan.lifts[lastIndex(plan.lifts, (l) => l.startS < scoreS)];
  if (!lift || scoreS >= lift.endS) return lifted(0, 0);
  const lengthS = lift.endS - lift.startS;
  const x = (scoreS - lift.startS) / lengthS;
  const share = Math.min(smoothstep(x / LIFT_RAMP), smoothstep((1 - x) / LIFT_RAMP));
  return lifted(share, liftHeightM(lengthS, settings));
}

/** Share of a lift in which the bow goes up, and in which it comes down [-]. */
const LIFT_RAMP = 0.4;

/** Height of a lift that lasts `lengthS`: in a short rest the bow goes up less, so that no joint has to be torn up [m]. */
function liftHeightM(
  lengthS: number,
  { liftM, leastLiftM, liftAccelerationMps2 }: TrajectorySettings,
): number {
  const gentleM = (liftAccelerationMps2 * (LIFT_RAMP * lengthS) ** 2) / MINIMUM_JERK_PEAK;
  return Math.min(liftM, Math.max(leastLiftM, gentleM));
}
