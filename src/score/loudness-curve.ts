import { levelOfDynamic, loudnessOf } from "./dynamics.ts";
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
 * next note or hairpin; where none is marked there, or one the wrong way, it moves by one step, which then holds until the next
 * mark. Before the first mark a note's own dynamic holds. Hairpins may begin, end and turn inside a note.
 *
 * @param notes in order, with the dynamics that hold without marks
 * @param marks sorted by tick
 */
export function loudnessCurve(
  notes: readonly TimedNote[],
  marks: readonly DynamicMark[],
  hairpins: readonly Hairpin[],
): (note: TimedNote) => Loudness {
  const slopes: (Hairpin & Swell)[] = [];
  const steadyAt = (tick: number, own: Dynamic): number => {
    const mark = marks.findLast((one) => one.tick <= tick);
    const slope = slopes.findLast((one) => one.toTick <= tick);
    if (slope !== undefined && slope.toTick > (mark?.tick ?? -1)) return slope.toLevel;
    return levelOfDynamic(mark?.value ?? own);
  };
  const sorted = hairpins.toSorted((a, b) => a.fromTick - b.fromTick);
  for (const [i, hairpin] of sorted.entries()) {
    const { fromTick, toTick } = hairpin;
    const first = notes.find(({ endTick }) => endTick > fromTick);
    const fromLevel = steadyAt(fromTick, first?.dynamic ?? "mf");
    const nextTick = Math.min(
      notes.find(({ startTick }) => startTick >= toTick)?.startTick ?? toTick,
      Math.max(toTick, sorted[i + 1]?.fromTick ?? Infinity),
    );
    const goal = marks.find(({ tick }) => tick >= toTick && tick <= nextTick);
    const toLevel = goalLevel(fromLevel, hairpin.grows, goal?.value);
    slopes.push({ ...hairpin, fromLevel, toLevel });
  }
  const levelAt = (tick: number, own: Dynamic): number => {
    const slope = slopes.findLast(({ fromTick, toTick }) => fromTick <= tick && tick < toTick);
    if (slope === undefined) return steadyAt(tick, own);
    const share = (tick - slope.fromTick) / (slope.toTick - slope.fromTick);
    return slope.fromLevel + share * (slope.toLevel - slope.fromLevel);
  };
  /** Coming from before: where a hairpin ends, its own end and not a mark that waits there. */
  const levelBy = (tick: number, own: Dynamic): number => {
    const ended = slopes.findLast(({ fromTick, toTick }) => fromTick < tick && toTick === tick);
    return ended?.toLevel ?? levelAt(tick, own);
  };
  return ({ startTick, endTick, dynamic }) => {
    const fromLevel = levelAt(startTick, dynamic);
    const under = slopes.filter(({ fromTick, toTick }) => fromTick < endTick && toTick > startTick);
    if (under.length === 0) return { level: fromLevel };
    const last = under.at(-1)!;
    const toLevel = last.toTick <= endTick ? last.toLevel : levelAt(endTick, dynamic);
    const inside = under.flatMap(({ fromTick, toTick }) => [fromTick, toTick]).sort((a, b) => a - b);
    const turns = [...new Set(inside)]
      .filter((tick) => startTick < tick && tick < endTick)
      .map((tick) => ({ share: (tick - startTick) / (endTick - startTick), level: levelBy(tick, dynamic) }));
    const swell = { fromLevel, toLevel, ...(turns.length > 0 && { turns }) };
    const moves = [toLevel, ...turns.map(({ level }) => level)].some((level) => level !== fromLevel);
    return moves ? { level: loudnessOf({ dynamic, swell }), swell } : { level: fromLevel };
  };
}

/** Loudness of a note on the mean, in steps of `DYNAMICS`, and how it moves, if it does. */
export interface Loudness {
  readonly level: number;
  readonly swell?: Swell;
}

function goalLevel(fromLevel: number, grows: boolean, marked: Dynamic | undefined): number {
  const goal = marked === undefined ? undefined : levelOfDynamic(marked);
  if (goal !== undefined && (grows ? goal > fromLevel : goal < fromLevel)) return goal;
  return Math.min(Math.max(fromLevel + (grows ? 1 : -1), 0), DYNAMICS.length - 1);
}
