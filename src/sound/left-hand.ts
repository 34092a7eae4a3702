import type { BowedNote } from "../bowing/bow-plan.ts";
import { smoothstep } from "../math/smoothstep.ts";
import { STRING_NAMES } from "../score/score.ts";

/** A finger holds one string down. */
export interface FingerStop {
  /** 0..3 = C, G, D, A. */
  readonly string: number;
  /** When the finger is down, on the time axis of the contacts [s]. */
  readonly startS: number;
  readonly endS: number;
  /** Pitch that sounds, MIDI number; may lie between semitones. */
  readonly midi: number;
}

/**
 * The left hand of a plan: each note's finger is down from its start until the next note on the same string, or until
 * `restS` after its end where that comes first. Open notes need none.
 *
 * @param openMidi pitch of the open strings C, G, D, A
 * @param timing `timeAt` turns score seconds into seconds on the axis of the contacts; `restS` how long a finger stays
 *   after its note [s]
 */
export function virtualLeftHand(
  notes: readonly Pick<BowedNote, "string" | "midi" | "startS" | "endS">[],
  openMidi: readonly number[],
  timing: { readonly timeAt?: (scoreS: number) => number; readonly restS?: number } = {},
): FingerStop[] {
  const { timeAt = (scoreS: number) => scoreS, restS = 0.6 } = timing;
  return notes.flatMap((note, i) => {
    const string = STRING_NAMES.indexOf(note.string);
    if (note.midi === openMidi[string]) return [];
    const next = notes.slice(i + 1).find((later) => later.string === note.string);
    const endS = Math.min(timeAt(note.endS) + restS, next ? timeAt(next.startS) : Infinity);
    return [{ string, startS: timeAt(note.startS), endS, midi: note.midi }];
  });
}

/** How one string is stopped, at evenly spaced moments. */
export interface StopCurve {
  /** Time of one vibration [s]. */
  readonly periodS: Float64Array;
  /** 0 open, 1 under a finger [-]. */
  readonly stopped: Float64Array;
}

/**
 * One string's finger stops as smooth moves of `moveS`, each centred on the moment the score asks for.
 *
 * A finger that takes over within one move from another goes straight there, without the open string between.
 */
export function stopCurve(
  fingers: readonly FingerStop[],
  string: number,
  grid: { readonly count: number; readonly stepS: number; readonly moveS: number },
  periodOf: (midi: number | "open") => number,
): StopCurve {
  const periodS = new Float64Array(grid.count).fill(periodOf("open"));
  const stopped = new Float64Array(grid.count);
  for (const move of movesOf(fingers, string, grid.moveS)) {
    const [period, stop] = [periodOf(move.to), move.to === "open" ? 0 : 1];
    const first = Math.max(0, Math.ceil((move.atS - grid.moveS / 2) / grid.stepS));
    const [period0, stop0] = [periodS[first] ?? period, stopped[first] ?? stop];
    for (let i = first; i < grid.count; i++) {
      const x = smoothstep((i * grid.stepS - move.atS) / grid.moveS + 0.5);
      periodS[i] = period0 + (period - period0) * x;
      stopped[i] = stop0 + (stop - stop0) * x;
      if (x === 1) {
        periodS.fill(period, i);
        stopped.fill(stop, i);
        break;
      }
    }
  }
  return { periodS, stopped };
}

interface Move {
  readonly atS: number;
  readonly to: number | "open";
}

function movesOf(fingers: readonly FingerStop[], string: number, moveS: number): Move[] {
  const mine = fingers.filter((finger) => finger.string === string).sort((a, b) => a.startS - b.startS);
  return mine.flatMap((finger, i) => {
    const next = mine[i + 1];
    const down: Move = { atS: finger.startS, to: finger.midi };
    return next && next.startS <= finger.endS + moveS
      ? [down]
      : [down, { atS: finger.endS, to: "open" } as const];
  });
}
