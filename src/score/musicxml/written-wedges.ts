import { dynamicAtLevel, loudnessPoints } from "../dynamics.ts";
import type { Dynamic, ScoreNote } from "../score.ts";

/** One end of a hairpin, or a dynamic where one turns inside a note. */
export interface WrittenWedge {
  readonly tick: number;
  readonly type: "crescendo" | "diminuendo" | "stop" | Dynamic;
}

/** A stretch of a note in which its loudness moves. */
interface Stretch {
  readonly note: number;
  readonly fromTick: number;
  readonly toTick: number;
  readonly fromLevel: number;
  readonly toLevel: number;
}

/** The ends of the hairpins that make notes swell: one hairpin for what goes on the same way, within notes and from note to note. */
export function hairpinsOf(notes: readonly ScoreNote[]): readonly WrittenWedge[] {
  const wedges: WrittenWedge[] = [];
  const stretches = notes.flatMap(stretchesOf);
  let begunLevel = 0;
  for (const [i, stretch] of stretches.entries()) {
    const [before, after] = [stretches[i - 1], stretches[i + 1]];
    const { fromTick, toTick, fromLevel, toLevel } = stretch;
    if (before === undefined || !goesOn(before, stretch)) {
      begunLevel = fromLevel;
      wedges.push({ tick: fromTick, type: wayOf(stretch) });
    }
    if (after !== undefined && goesOn(stretch, after)) continue;
    wedges.push({ tick: endInRest(stretch, notes), type: "stop" });
    const turnsInside = after?.note === stretch.note || toTick < notes[stretch.note]!.endTick;
    // one step is what a hairpin means without a dynamic at its end
    if (turnsInside && Number.isInteger(toLevel) && Math.abs(toLevel - begunLevel) !== 1)
      wedges.push({ tick: toTick, type: dynamicAtLevel(toLevel) });
  }
  return wedges;
}

/** A hairpin goes on into the rest after its last note where the next note is as loud as it then has become [tick]. */
function endInRest(stretch: Stretch, notes: readonly ScoreNote[]): number {
  const { note, toTick, toLevel } = stretch;
  const next = notes[note + 1];
  if (next === undefined || toTick < notes[note]!.endTick) return toTick;
  const moreTicks = (loudnessPoints(next)[0]!.level - toLevel) / steepness(stretch);
  const endTick = Math.round(toTick + moreTicks);
  return moreTicks > 0 && endTick <= next.startTick ? endTick : toTick;
}

function stretchesOf(note: ScoreNote): readonly Stretch[] {
  const points = loudnessPoints(note);
  const tickAt = (share: number): number =>
    Math.round(note.startTick + share * (note.endTick - note.startTick));
  return points.slice(1).flatMap((to, i) => {
    const from = points[i]!;
    if (from.level === to.level) return [];
    const ticks = { fromTick: tickAt(from.share), toTick: tickAt(to.share) };
    return [{ note: note.index, ...ticks, fromLevel: from.level, toLevel: to.level }];
  });
}

const wayOf = ({ fromLevel, toLevel }: Stretch): "crescendo" | "diminuendo" =>
  toLevel > fromLevel ? "crescendo" : "diminuendo";

/** Levels per tick. */
const steepness = ({ fromTick, toTick, fromLevel, toLevel }: Stretch): number =>
  (toLevel - fromLevel) / (toTick - fromTick);

/** One hairpin stands over both: a straight line, also across a rest. */
const goesOn = (a: Stretch, b: Stretch): boolean =>
  b.note - a.note <= 1 &&
  a.toTick <= b.fromTick &&
  Math.abs(a.toLevel + steepness(a) * (b.fromTick - a.toTick) - b.fromLevel) < 1e-6 &&
  Math.abs(steepness(a) / steepness(b) - 1) < 1e-6;

/** The dynamic at which a note begins. */
export const dynamicAtStart = ({ dynamic, swell }: ScoreNote): Dynamic =>
  swell ? dynamicAtLevel(swell.fromLevel) : dynamic;

/** Whether a dynamic has to be written at a note: at the first, and where none that is written still holds. */
export function isNewDynamic(notes: readonly ScoreNote[], note: ScoreNote): boolean {
  const before = notes[note.index - 1];
  if (before === undefined) return true;
  const [last, first] = [stretchesOf(before).at(-1), stretchesOf(note)[0]];
  if (last?.toTick === before.endTick && first?.fromTick === note.startTick && goesOn(last, first))
    return false;
  return before.swell !== undefined || dynamicAtStart(note) !== before.dynamic;
}
