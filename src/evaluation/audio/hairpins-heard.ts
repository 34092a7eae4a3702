import { EDGE, median } from "./heard-tone.ts";
import type { HeardHairpin, NoteHearing } from "./take-report.ts";

/** How much louder one step of marking is, where the take has too few markings to tell [dB]. @assumed p to f is 7 to 10 dB */
const USUAL_STEP_DB = 3;
/** A hairpin is heard if the level moves its way by this share of what it should, and by so much [-], [dB]. @assumed */
const HEARD_SHARE = 0.4;
const HEARD_DB = 1;

/**
 * Whether notes grow and fade as marked, within a note as well as from note to note.
 *
 * Cellos are not equally loud at every pitch, so each pitch is first held against its own other notes in the take. Then a
 * straight line is laid through the level at the start and the end of every note under the hairpin.
 */
export function hairpinsHeard(notes: readonly NoteHearing[]): readonly HeardHairpin[] {
  const stepDb = stepOf(notes);
  return runsOf(notes).map((run) => {
    const steps = run.at(-1)!.toLevel - run[0]!.fromLevel;
    const heardDb = changeDb(run, (note) => usualDb(notes, note, stepDb));
    const wantedDb = stepDb * steps;
    return {
      firstNote: run[0]!.index,
      lastNote: run.at(-1)!.index,
      wantedDb,
      heardDb,
      heard: heardDb * Math.sign(steps) >= Math.max(HEARD_DB, HEARD_SHARE * Math.abs(wantedDb)),
    };
  });
}

/** Notes that swell the same way, one after the other. */
function runsOf(notes: readonly NoteHearing[]): readonly (readonly NoteHearing[])[] {
  const runs: NoteHearing[][] = [];
  const way = (note: NoteHearing | undefined): number =>
    Math.sign((note?.toLevel ?? 0) - (note?.fromLevel ?? 0));
  notes.forEach((note, i) => {
    if (way(note) === 0 || note.fault === "missing") return;
    if (way(notes[i - 1]) === way(note) && runs.at(-1)?.at(-1) === notes[i - 1]) runs.at(-1)!.push(note);
    else runs.push([note]);
  });
  return runs;
}

const markedLevel = ({ fromLevel, toLevel }: NoteHearing): number => (fromLevel + toLevel) / 2;

/** Decibels per step of marking in this take: slope of level over marking. */
function stepOf(notes: readonly NoteHearing[]): number {
  const steady = notes.filter((n) => n.fromLevel === n.toLevel && n.fault === null);
  const mean = (of: (n: NoteHearing) => number): number =>
    steady.reduce((sum, n) => sum + of(n) / steady.length, 0);
  const [level, marked] = [mean((n) => n.levelLufs), mean(markedLevel)];
  const above = steady.reduce((sum, n) => sum + (markedLevel(n) - marked) ** 2, 0);
  if (above < 2) return USUAL_STEP_DB;
  const slope = steady.reduce((sum, n) => sum + (markedLevel(n) - marked) * (n.levelLufs - level), 0) / above;
  return Math.max(1, slope);
}

/** How much louder notes of this pitch are in this take than their markings tell [dB]. */
function usualDb(notes: readonly NoteHearing[], { midi }: NoteHearing, stepDb: number): number {
  const over = (n: NoteHearing): number => n.levelLufs - stepDb * markedLevel(n);
  const others = notes.filter((n) => n.midi === midi && n.fromLevel === n.toLevel && n.fault === null);
  return median((others.length > 0 ? others : notes).map(over)) ?? 0;
}

/** From the first note's start to the last one's end [dB]. */
function changeDb(run: readonly NoteHearing[], usualOf: (note: NoteHearing) => number): number {
  const points = run.flatMap((note) => {
    const [levelDb, riseDb] = [note.levelLufs - usualOf(note), note.riseDb ?? 0];
    const edgeS = EDGE * (note.offsetS - note.onsetS);
    return [
      { atS: note.onsetS + edgeS, levelDb: levelDb - riseDb / 2 },
      { atS: note.offsetS - edgeS, levelDb: levelDb + riseDb / 2 },
    ];
  });
  const mean = (of: (p: (typeof points)[number]) => number): number =>
    points.reduce((sum, p) => sum + of(p) / points.length, 0);
  const [atS, levelDb] = [mean((p) => p.atS), mean((p) => p.levelDb)];
  const spread = points.reduce((sum, p) => sum + (p.atS - atS) ** 2, 0);
  const slope = points.reduce((sum, p) => sum + (p.atS - atS) * (p.levelDb - levelDb), 0) / spread;
  return slope * (run.at(-1)!.offsetS - run[0]!.onsetS);
}
