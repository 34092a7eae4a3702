import type { BowedNote, BowPlan } from "../bowing/bow-plan.ts";
import { strokeProgressM, type StrokeEnd } from "../bowing/stroke-travel.ts";
import { contactStiffnessNpm } from "../instrument/contact-stiffness.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { smoothstep } from "../math/smoothstep.ts";
import { addScaled, dot, lerp, sub, type Vec3 } from "../math/vec.ts";
import { STRING_NAMES } from "../score/score.ts";
import { contactGlide } from "./contact-glide.ts";
import { hopShare, planCrossings, rollBell, shifted, turned, type Crossing } from "./crossing.ts";
import type { TrajectorySettings } from "./trajectory-settings.ts";

/** Where the bow is at one moment, in the musician's coordinates. */
export interface BowState {
  /** Strings rolled between (equal when on one), the share of the turn and of the contact point's way, 0..1. */
  readonly fromString: number;
  readonly toString: number;
  readonly turn: number;
  readonly shift: number;
  /** Hair at the contact, from the frog [m]. */
  readonly bowM: number;
  /** Hair to bridge along the string [m]. */
  readonly contactM: number;
  /** Hair above the string line [m]; < 0 = pressed in. */
  readonly heightM: number;
}

/** The whole piece as a smooth function of score time. */
export interface BowMotion {
  /** Rest above the first string, and above the last [score s]. */
  readonly startS: number;
  readonly endS: number;
  readonly crossings: readonly Crossing[];
  at(scoreS: number): BowState;
}

/** One bow direction without a change of bow. */
interface Stroke {
  readonly startS: number;
  readonly endS: number;
  /** +1 down, −1 up. */
  readonly sign: 1 | -1;
  readonly speedMps: number;
  /** Hair position at `startS` with all string changes so far taken out [m]. */
  readonly offsetM: number;
}

/** Puts the bow plan on a time line: strokes, rolls, lifts and landings, every part at least C². */
export function bowMotion(
  plan: BowPlan,
  instrument: Instrument,
  settings: TrajectorySettings & { readonly rampS: number },
  stretch: ReadonlyMap<number, number> = new Map(),
): BowMotion {
  const crossings = planCrossings(plan, settings, stretch, instrument);
  const shifts = crossings.map((crossing) => jumpInto(plan, crossing));
  const hops = crossings.map((c) => settings.hopM + sagittaM(c, plan.notes[c.to]!.contactM, instrument));
  const strokes = strokesOf(plan, crossings, shifts);
  const contactAt = contactGlide(plan, settings.contactGlideS);
  const [first, last] = [plan.notes[0]!, plan.notes.at(-1)!];
  const startS = first.startS - settings.landingS;
  const endS = last.endS + settings.landingS;
  return {
    startS,
    endS,
    crossings,
    at(scoreS) {
      const strings = stringsAt(plan, crossings, scoreS);
      const bowM = bowAt(plan, strokes, scoreS, settings.rampS) + sumShifts(crossings, shifts, scoreS);
      const contactM = contactAt(scoreS);
      const pressedM =
        (forceAt(plan.notes, scoreS, settings.forceBlendS) * crossingDip(crossings, scoreS, settings)) /
        stiffnessAt(instrument, { ...strings, bowM, contactM });
      const hop = hopAt(crossings, hops, scoreS);
      const { share, heightM } = hop.share > 0 ? hop : liftAt(plan, settings, scoreS, { startS, endS });
      return { ...strings, bowM, contactM, heightM: share * heightM - (1 - share) * pressedM };
    },
  };
}

/** How far the plan lets the hair coordinate jump at a string change [m]; in a lift the hand moves, nothing jumps. */
const jumpInto = ({ notes }: BowPlan, { to, lifted }: Crossing): number =>
  lifted ? 0 : notes[to]!.bowStartM - notes[to - 1]!.bowEndM;

/** Everything the rolls up to now have added to the hair coordinate [m]. */
const sumShifts = (crossings: readonly Crossing[], shifts: readonly number[], scoreS: number): number =>
  crossings.reduce((sum, c, i) => sum + shifts[i]! * shifted(c, scoreS), 0);

/** How far the strings in between stand out from the straight line between the two contact points [m]. */
function sagittaM({ fromString, toString }: Crossing, contactM: number, { strings }: Instrument): number {
  const [low, high] = [Math.min(fromString, toString), Math.max(fromString, toString)];
  const point = (i: number): Vec3 => {
    const line = strings[STRING_NAMES[i]!];
    return addScaled(line.bridge_B_m, line.axis_B, contactM);
  };
  const heights = [0];
  for (let i = low + 1; i < high; i++) {
    const onChord = lerp(point(low), point(high), (i - low) / (high - low));
    heights.push(dot(sub(point(i), onChord), strings[STRING_NAMES[i]!].outward_B));
  }
  return Math.max(...heights);
}

/** A hop over strings in between: how far off the string (0 on, 1 fully), and how high [m]. */
function hopAt(
  crossings: readonly Crossing[],
  hops: readonly number[],
  scoreS: number,
): { readonly share: number; readonly heightM: number } {
  const index = crossings.findIndex((c) => scoreS > c.startS && scoreS < c.endS);
  return index < 0
    ? { share: 0, heightM: 0 }
    : { share: hopShare(crossings[index]!, scoreS), heightM: hops[index]! };
}

function strokesOf(plan: BowPlan, crossings: readonly Crossing[], shifts: readonly number[]): Stroke[] {
  const strokes: Stroke[] = [];
  plan.notes.forEach((note, index) => {
    const open = strokes.at(-1);
    if (open && plan.notes[index - 1]!.stroke === note.stroke) {
      strokes[strokes.length - 1] = { ...open, endS: note.endS };
      return;
    }
    const shiftedM = crossings.reduce((sum, c, i) => sum + (c.to <= index ? shifts[i]! : 0), 0);
    strokes.push({
      startS: note.startS,
      endS: note.endS,
      sign: note.direction === "down" ? 1 : -1,
      speedMps: note.bowSpeedMps,
      offsetM: note.bowStartM - shiftedM,
    });
  });
  return strokes;
}

/** Hair coordinate without the string changes: strokes joined end to end, moved in the air inside lifts. */
function bowAt(plan: BowPlan, strokes: readonly Stroke[], scoreS: number, rampS: number): number {
  const index = lastIndex(strokes, (s) => s.startS <= scoreS);
  if (index < 0) return strokes[0]!.offsetM;
  const stroke = strokes[index]!;
  const [before, next] = [strokes[index - 1], strokes[index + 1]];
  const profile = {
    speedMps: stroke.speedMps,
    durationS: stroke.endS - stroke.startS,
    rampS,
    start: joint(before, stroke),
    end: joint(stroke, next),
  };
  const here = stroke.offsetM + stroke.sign * strokeProgressM(profile, scoreS - stroke.startS);
  const lift = plan.lifts.find(
    (l) => l.startS >= stroke.endS - 1e-9 && l.endS <= (next?.startS ?? Infinity) + 1e-9,
  );
  if (!next || !lift || scoreS <= lift.startS) return here;
  return here + (next.offsetM - here) * smoothstep((scoreS - lift.startS) / (lift.endS - lift.startS));
}

/** Two opposite strokes without a rest between them reverse; everything else comes to rest. */
const joint = (before: Stroke | undefined, after: Stroke | undefined): StrokeEnd =>
  before && after && before.sign !== after.sign && after.startS - before.endS < 1e-6 ? "reversal" : "rest";

function stringsAt(plan: BowPlan, crossings: readonly Crossing[], scoreS: number) {
  const crossing = crossings.find((c) => scoreS > c.startS && scoreS < c.endS);
  if (crossing) {
    const { fromString, toString } = crossing;
    return { fromString, toString, turn: turned(crossing, scoreS), shift: shifted(crossing, scoreS) };
  }
  const past = crossings[lastIndex(crossings, (c) => c.endS <= scoreS)];
  const string = past ? past.toString : STRING_NAMES.indexOf(plan.notes[0]!.string);
  return { fromString: string, toString: string, turn: 0, shift: 0 };
}

/** Planned force, moving from note to note around each onset [N]. */
function forceAt(notes: readonly BowedNote[], scoreS: number, blendS: number): number {
  const index = Math.max(
    0,
    lastIndex(notes, (n) => n.startS - blendS / 2 <= scoreS),
  );
  const [before, here] = [notes[index - 1], notes[index]!];
  if (!before) return here.forceN;
  return before.forceN + (here.forceN - before.forceN) * smoothstep((scoreS - here.startS) / blendS + 0.5);
}

/** Share of the force kept while rolling. */
const crossingDip = (
  crossings: readonly Crossing[],
  scoreS: number,
  settings: TrajectorySettings,
): number => {
  const crossing = crossings.find((c) => scoreS > c.startS && scoreS < c.endS);
  return crossing ? 1 - settings.crossingDip * rollBell(crossing, scoreS) : 1;
};

function stiffnessAt(instrument: Instrument, at: Omit<BowState, "heightM">): number {
  const of = (string: number): number => {
    const line = instrument.strings[STRING_NAMES[string]!];
    const { bowM, contactM } = at;
    const hairLengthM = instrument.hair.lengthM;
    return contactStiffnessNpm(line.physics, { bowM, contactM, stringLengthM: line.lengthM, hairLengthM });
  };
  return (1 - at.shift) * of(at.fromString) + at.shift * of(at.toString);
}

/** How far off the string (0 on, 1 fully) and how high. */
function liftAt(
  plan: BowPlan,
  settings: TrajectorySettings,
  scoreS: number,
  ends: { startS: number; endS: number },
) {
  const down = smoothstep((scoreS - ends.startS) / settings.landingS);
  const up = smoothstep((scoreS - (ends.endS - settings.landingS)) / settings.landingS);
  if (down < 1 || up > 0) return { share: Math.max(1 - down, up), heightM: settings.approachM };
  const lift = plan.lifts.find((l) => scoreS > l.startS && scoreS < l.endS);
  if (!lift) return { share: 0, heightM: 0 };
  const x = (scoreS - lift.startS) / (lift.endS - lift.startS);
  return { share: Math.min(smoothstep(x / 0.4), smoothstep((1 - x) / 0.4)), heightM: settings.liftM };
}

function lastIndex<T>(items: readonly T[], test: (item: T) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(items[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
