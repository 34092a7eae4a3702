import { provenanceOf } from "../provenance.ts";
import { levelSteps, pairUnder, topString, type BowLevel } from "../score/bow-level.ts";
import { doubleStopWays, HAND_SEMITONES } from "../score/double-stop-levels.ts";
import { OPEN_MIDI } from "../score/open-strings.ts";
import { STRING_NAMES, type Score, type ScoreNote, type StringName } from "../score/score.ts";
import { secondsAtTick } from "../score/tempo.ts";

/** Where the left hand is for one note. */
export interface HandPlace {
  readonly string: StringName;
  /** Semitones from the nut to the first finger, 1 = half position, 2 = first; an open string leaves the hand where it is. */
  readonly position: number;
  /**
   * 0 = open, 1 to 4; 5 = the hand extended to reach a semitone beyond the fourth, 6 = from the thumb, in double stops only.
   */
  readonly finger: number;
  /** Finger of a double stop's lower note, on the string below; one finger may lie across both. */
  readonly lowerFinger?: number;
}

/** Highest place of the first finger [semitones]. @assumed the fingerboard ends two octaves up */
const HIGHEST_POSITION = 21;
/** Of the first finger, a tone from the nut [semitones]. */
const FIRST_POSITION = 2;
/** Semitones from first to fourth finger of a cellist's hand, and extended. */
const SPAN = 3;
const EXTENDED = 4;

/** Prices of what a left hand avoids; 1 = a string crossing of the bow. @assumed */
export const HAND_WEIGHTS = {
  /** Moving the hand at all, and per semitone. */
  shift: 0.6,
  perSemitone: 0.08,
  /** A shift under a slur is heard: so many times as dear. */
  underSlur: 1.5,
  /** A shift in a note this short costs twice [s]. */
  quickS: 0.25,
  crossing: 1,
  /** Per semitone from first position: high on a low string speaks badly, and half position is for what first does not reach. */
  height: 0.04,
  extension: 0.3,
  /** Five semitones from the thumb, in a double stop: out of its place on the neck. */
  thumb: 2,
  /** One finger flat across two strings, a fifth: dearer than crossing all strings and back to open ones that sound the same. */
  barre: 5,
  /** And per finger beyond the first, which lies flat best. */
  barrePerFinger: 0.05,
  /** An open string in a long note has no vibrato. */
  openLong: 0.3,
  longS: 1,
} as const;

/** Hand positions, and the fingers with which they stop notes so many semitones above open strings. */
function fingerings(
  above: readonly number[],
  span: number,
): readonly { readonly position: number; readonly fingers: readonly number[] }[] {
  return Array.from({ length: HIGHEST_POSITION }, (_, i) => i + 1).flatMap((position) => {
    const reaches = above.map((semitones) => (semitones === 0 ? -1 : semitones - position));
    const inReach = above.every(
      (semitones, i) => semitones === 0 || (reaches[i]! >= 0 && reaches[i]! <= span),
    );
    return inReach ? [{ position, fingers: reaches.map((reach) => reach + 1) }] : [];
  });
}

function pairPlaces(midi: number, lowerMidi: number, string: StringName | undefined): readonly HandPlace[] {
  return doubleStopWays(lowerMidi, midi, OPEN_MIDI)
    .filter(
      ({ level, stretch }) => stretch <= HAND_SEMITONES && topString(level) === (string ?? topString(level)),
    )
    .flatMap(({ level, above: [lower, upper] }) =>
      fingerings([upper, lower], HAND_SEMITONES).map(
        ({ position, fingers: [finger, lowerFinger] }): HandPlace => ({
          ...{ string: topString(level), position, finger: finger!, lowerFinger: lowerFinger! },
        }),
      ),
    );
}

/** All ways to stop a note, or both of a double stop; a written string leaves only its own. */
export function handPlaces({
  midi,
  lowerMidi,
  string,
}: Pick<ScoreNote, "midi" | "lowerMidi" | "string">): readonly HandPlace[] {
  if (lowerMidi !== undefined) return pairPlaces(midi, lowerMidi, string);
  return STRING_NAMES.filter((name) => string === undefined || string === name).flatMap((name) => {
    const above = midi - OPEN_MIDI[name];
    if (above < 0) return [];
    return fingerings([above], EXTENDED).map(({ position, fingers: [finger] }): HandPlace => ({
      string: name,
      position,
      finger: finger!,
    }));
  });
}

/** Price of one place for one note. */
export function placePrice({ position, finger, lowerFinger = 0 }: HandPlace, lengthS: number): number {
  if (finger === 0 && lowerFinger === 0) return lengthS > HAND_WEIGHTS.longS ? HAND_WEIGHTS.openLong : 0;
  return (
    HAND_WEIGHTS.height * Math.abs(position - FIRST_POSITION) +
    reachPrice(Math.max(finger, lowerFinger)) +
    (finger === lowerFinger ? HAND_WEIGHTS.barre + HAND_WEIGHTS.barrePerFinger * (finger - 1) : 0)
  );
}

const reachPrice = (finger: number): number => {
  if (finger <= SPAN + 1) return 0;
  return finger <= EXTENDED + 1 ? HAND_WEIGHTS.extension : HAND_WEIGHTS.thumb;
};

/** Price of going from one place to the next. @param beforeS length of the note before [s] */
export function movePrice(from: HandPlace, to: HandPlace, beforeS: number, slurred: boolean): number {
  const crossed = levelSteps(levelOfPlace(from), levelOfPlace(to));
  const way = Math.abs(to.position - from.position);
  const quick = 1 + HAND_WEIGHTS.quickS / Math.max(beforeS, 0.02);
  const shift = way === 0 ? 0 : (HAND_WEIGHTS.shift + HAND_WEIGHTS.perSemitone * way) * quick;
  return HAND_WEIGHTS.crossing * crossed + shift * (slurred ? HAND_WEIGHTS.underSlur : 1);
}

const levelOfPlace = ({ string, lowerFinger }: HandPlace): BowLevel =>
  (lowerFinger === undefined ? undefined : pairUnder(string)) ?? string;

/** A fingering and what it costs. */
export interface Fingering {
  readonly places: readonly HandPlace[];
  readonly cost: number;
}

/**
 * The cheapest strings and positions of a human hand for a whole piece (Viterbi over string and position).
 *
 * @param lengthsS bowed length of every note [s]
 * @returns undefined where a note can be stopped nowhere
 */
export function cheapestFingering(
  notes: readonly ScoreNote[],
  lengthsS: readonly number[],
): Fingering | undefined {
  let states: readonly State[] = [];
  for (const [i, note] of notes.entries()) {
    const places = handPlaces(note);
    if (places.length === 0) return undefined;
    const before = states;
    states = places.map((place): State => {
      const own = placePrice(place, lengthsS[i]!);
      if (i === 0) return { place, cost: own, from: undefined };
      let best: State = { place, cost: Infinity, from: undefined };
      for (const from of before) {
        const cost =
          from.cost + own + movePrice(from.place, place, lengthsS[i - 1]!, note.slurredFromPrevious);
        if (cost < best.cost) best = { place, cost, from };
      }
      return best;
    });
  }
  return states.length === 0
    ? { places: [], cost: 0 }
    : traced(states.reduce((a, b) => (b.cost < a.cost ? b : a)));
}

interface State {
  readonly place: HandPlace;
  readonly cost: number;
  readonly from: State | undefined;
}

function traced(last: State): Fingering {
  const places: HandPlace[] = [];
  for (let at: State | undefined = last; at; at = at.from) places.push(at.place);
  return { places: places.reverse(), cost: last.cost };
}

/**
 * The score with a string for every note as a human hand would choose; written strings stay. The bow planner keeps to them.
 * A score that no hand can stop is given back as it is: the planner then says which note.
 */
export function forHumanHand(score: Score): { readonly score: Score; readonly places: readonly HandPlace[] } {
  const at = (tick: number): number => secondsAtTick(score.tempos, score.ticksPerQuarter, tick);
  const lengthsS = score.notes.map(({ startTick, endTick }) => at(endTick) - at(startTick));
  const fingering = cheapestFingering(score.notes, lengthsS);
  if (fingering === undefined) return { score, places: [] };
  const notes = score.notes.map((note, i): ScoreNote =>
    note.string ? note : { ...note, string: fingering.places[i]!.string, stringByHand: true },
  );
  const provenance = provenanceOf("human hand", score.provenance);
  return { score: { ...score, notes, provenance }, places: fingering.places };
}
