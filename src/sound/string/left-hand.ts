import type { BowedNote } from "../../bowing/bow-plan.ts";
import { smoothstep } from "../../math/smoothstep.ts";
import { STRING_NAMES } from "../../score/score.ts";

/** A finger holds one string down. */
export interface FingerStop {
  /** 0..3 = C, G, D, A. */
  readonly string: number;
  /** When the finger is down, on the time axis of the contacts [s]. */
  readonly startS: number;
  readonly endS: number;
  /** Pitch that sounds, MIDI number; may lie between semitones. */
  readonly midi: number;
  /** Rocks about that pitch; absent = held still. */
  readonly vibrato?: Vibrato;
}

export interface Vibrato {
  readonly rateHz: number;
  /** Most that it goes up and down from the pitch [cents]. */
  readonly cents: number;
  /** Begins so long after the finger is down, and takes so long to grow [s]. */
  readonly afterS: number;
  readonly growS: number;
}

/**
 * A calm cello vibrato.
 *
 * @assumed rate and width within the 5-7 Hz and 10-30 cents that are common on the cello
 */
export const CALM_VIBRATO: Vibrato = { rateHz: 5.4, cents: 12, afterS: 0.15, growS: 0.25 };

export interface LeftHandOptions {
  /** Turns score seconds into seconds on the axis of the contacts. */
  readonly timeAt?: (scoreS: number) => number;
  /** How long a finger stays after its note [s]. */
  readonly restS?: number;
  /** Vibrato of stopped notes at least this long; absent = none. */
  readonly vibrato?: { readonly fromNoteS: number; readonly how: Vibrato };
}

/**
 * The left hand of a plan: each note's finger is down from its start until the next note on the same string, or until
 * `restS` after its end where that comes first. Open notes need none.
 *
 * @param openMidi pitch of the open strings C, G, D, A
 */
export function virtualLeftHand(
  notes: readonly FingeredNote[],
  openMidi: readonly number[],
  { timeAt = (scoreS) => scoreS, restS = 0.6, vibrato }: LeftHandOptions = {},
): FingerStop[] {
  return notes.flatMap((note, i) =>
    stoppedStrings(note).flatMap(({ string: name, midi }) => {
      const string = STRING_NAMES.indexOf(name);
      if (midi === openMidi[string]) return [];
      const next = notes.slice(i + 1).find((later) => stoppedStrings(later).some((s) => s.string === name));
      const endS = Math.min(timeAt(note.endS) + restS, next ? timeAt(next.startS) : Infinity);
      const finger = { string, startS: timeAt(note.startS), endS, midi };
      const rocks = vibrato !== undefined && note.endS - note.startS >= vibrato.fromNoteS;
      return [rocks ? { ...finger, vibrato: vibrato.how } : finger];
    }),
  );
}

/** What the left hand needs to know of a note. */
type FingeredNote = Pick<BowedNote, "string" | "midi" | "startS" | "endS"> & {
  readonly lower?: Pick<BowedNote, "string" | "midi">;
};

const stoppedStrings = (note: FingeredNote): readonly Pick<BowedNote, "string" | "midi">[] =>
  note.lower ? [note, note.lower] : [note];

/** How one string is stopped, at evenly spaced moments. */
export interface StopCurve {
  /** Time of one vibration [s]. */
  readonly periodS: Float64Array;
  /** 0 open, 1 under a finger [-]. */
  readonly stopped: Float64Array;
}

/** What a hand reaches without moving along the string [semitones]: first to fourth finger, extended. */
const HAND_SPAN = 5;

export interface StopGrid {
  readonly count: number;
  readonly stepS: number;
  /** How long a finger takes to come down, change or leave [s]. */
  readonly moveS: number;
  /** How long the hand takes for a shift, beyond what it spans [s per semitone]. */
  readonly shiftSPerSemitone: number;
}

/**
 * One string's finger stops as smooth moves of `moveS`, each centred on the moment the score asks for.
 *
 * A finger that takes over within one move from another goes straight there, without the open string between. A shift
 * slides: farther than the hand spans, it takes longer and arrives when a short move would.
 */
export function stopCurve(
  fingers: readonly FingerStop[],
  string: number,
  grid: StopGrid,
  periodOf: (midi: number | "open") => number,
): StopCurve {
  const periodS = new Float64Array(grid.count).fill(periodOf("open"));
  const stopped = new Float64Array(grid.count);
  const mine = fingers.filter((finger) => finger.string === string).sort((a, b) => a.startS - b.startS);
  for (const move of movesOf(mine, grid)) {
    const [period, stop] = [periodOf(move.to), move.to === "open" ? 0 : 1];
    const first = Math.max(0, Math.ceil((move.endS - move.lengthS) / grid.stepS));
    const [period0, stop0] = [periodS[first] ?? period, stopped[first] ?? stop];
    for (let i = first; i < grid.count; i++) {
      const x = smoothstep((i * grid.stepS - move.endS) / move.lengthS + 1);
      periodS[i] = period0 + (period - period0) * x;
      stopped[i] = stop0 + (stop - stop0) * x;
      if (x === 1) {
        periodS.fill(period, i);
        stopped.fill(stop, i);
        break;
      }
    }
  }
  for (const finger of mine) if (finger.vibrato) rock(periodS, finger, finger.vibrato, grid.stepS);
  return { periodS, stopped };
}

interface Move {
  readonly endS: number;
  readonly lengthS: number;
  readonly to: number | "open";
}

function movesOf(mine: readonly FingerStop[], { moveS, shiftSPerSemitone }: StopGrid): Move[] {
  return mine.flatMap((finger, i) => {
    const [before, next] = [mine[i - 1], mine[i + 1]];
    const follows = before !== undefined && finger.startS <= before.endS + moveS;
    const shift = follows ? Math.max(0, Math.abs(finger.midi - before.midi) - HAND_SPAN) : 0;
    const lengthS = moveS + shift * shiftSPerSemitone;
    const down: Move = { endS: finger.startS + moveS / 2, lengthS, to: finger.midi };
    return next && next.startS <= finger.endS + moveS
      ? [down]
      : [down, { endS: finger.endS + moveS / 2, lengthS: moveS, to: "open" } as const];
  });
}

/** Rocks the pitch up and down, never up first: a cellist's vibrato begins with a roll back. */
function rock(periodS: Float64Array, finger: FingerStop, vibrato: Vibrato, stepS: number): void {
  const beginS = finger.startS + vibrato.afterS;
  const last = Math.min(periodS.length - 1, Math.floor(finger.endS / stepS));
  for (let i = Math.max(0, Math.ceil(beginS / stepS)); i <= last; i++) {
    const sinceS = i * stepS - beginS;
    const fade = smoothstep(sinceS / vibrato.growS) * smoothstep((finger.endS - i * stepS) / 0.06);
    const cents = -vibrato.cents * fade * Math.sin(2 * Math.PI * vibrato.rateHz * sinceS);
    periodS[i]! *= 2 ** (-cents / 1200);
  }
}
