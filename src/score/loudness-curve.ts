import { levelOfDynamic } from "./dynamics.ts";
import { DYNAMICS, type Dynamic, type ScoreNote, type Swell } from "./score.ts";

/** A dynamic from a tick on. */
export interface DynamicMark {
  readonly tick: number;
  readonly value: Dynamic;
}

/** A crescendo or diminuendo between two ticks. */
export interface Hairpin {
  readonly fromTick: number;
  /** > fromTick */
  readonly toTick: number;
  readonly grows: boolean;
}

type TimedNote = Pick<ScoreNote, "startTick" | "endTick" | "dynamic">;

/**
 * Loudness of notes under dynamics and hairpins, in steps of `DYNAMICS`.
 *
 * A hairpin runs in a straight line from the dynamic at its start to the one marked where it ends, up to and with the
 * next note; where none is marked there, or one the wrong way, it moves by one step, which then holds until the next
 * mark. Before the first mark a note's own dynamic holds.
 *
 * @param notes in order, with the dynamics that hold without marks
 * @param marks sorted by tick
 */
export function loudnessCurve(
  notes: readonly TimedNote[],
  marks: readonly DynamicMark[],
  hairpins: readonly Hairpin[],
): (note: TimedNote) => Swell & { readonly moves: boolean } {
  const slopes: (Hairpin & Swell)[] = [];
  const steadyAt = (tick: number, own: Dynamic): number => {
    const mark = marks.findLast((one) => one.tick <= tick);
    const slope = slopes.findLast((one) => one.toTick <= tick);
    if (slope !== undefined && slope.toTick > (mark?.tick ?? -1)) return slope.toLevel;
    return levelOfDynamic(mark?.value ?? own);
  };
  for (const hairpin of hairpins.toSorted((a, b) => a.fromTick - b.fromTick)) {
    const first = notes.find(({ endTick }) => endTick > hairpin.fromTick);
    const fromLevel = steadyAt(hairpin.fromTick, first?.dynamic ?? "mf");
    const nextTick = notes.find(({ startTick }) => startTick >= hairpin.toTick)?.startTick ?? hairpin.toTick;
    const goal = marks.find(({ tick }) => tick >= hairpin.toTick && tick <= nextTick);
    const toLevel = goalLevel(fromLevel, hairpin.grows, goal?.value);
    slopes.push({ ...hairpin, fromLevel, toLevel });
  }
  const levelAt = (tick: number, own: Dynamic): number => {
    const slope = slopes.findLast(({ fromTick, toTick }) => fromTick <= tick && tick < toTick);
    if (slope === undefined) return steadyAt(tick, own);
    const share = (tick - slope.fromTick) / (slope.toTick - slope.fromTick);
    return slope.fromLevel + share * (slope.toLevel - slope.fromLevel);
  };
  return (note) => {
    const fromLevel = levelAt(note.startTick, note.dynamic);
    const under = slopes.findLast(
      ({ fromTick, toTick }) => fromTick < note.endTick && toTick > note.startTick,
    );
    if (under === undefined) return { fromLevel, toLevel: fromLevel, moves: false };
    const toLevel = note.endTick >= under.toTick ? under.toLevel : levelAt(note.endTick, note.dynamic);
    return { fromLevel, toLevel, moves: fromLevel !== toLevel };
  };
}

function goalLevel(fromLevel: number, grows: boolean, marked: Dynamic | undefined): number {
  const goal = marked === undefined ? undefined : levelOfDynamic(marked);
  if (goal !== undefined && (grows ? goal > fromLevel : goal < fromLevel)) return goal;
  return Math.min(Math.max(fromLevel + (grows ? 1 : -1), 0), DYNAMICS.length - 1);
}
