import { eachLevel } from "../score/bow-level.ts";
import type { ScoreNote } from "../score/score.ts";
import { poseProblem } from "./bowing-problem.ts";
import type { BowGrid } from "./bow-grid.ts";
import type { BowingSettings } from "./bowing-settings.ts";
import type { OpenStroke } from "./open-strokes.ts";
import { cheapestBowing } from "./programme.ts";
import type { SpeedLock } from "./refusal.ts";
import { strokeTravelM } from "./stroke-travel.ts";
import type { TimedNote } from "./stroke.ts";

/** Fastest tempo tried for a remedy, and the step between trials of tempos and speeds [-]. */
const FASTEST_TRIAL = 4;
const TRIAL_STEP = 1.05;
/** Longest bow asked for [m]. @assumed a person reads no more in a larger figure */
const LONGEST_ASKED_M = 8;

type Run = readonly OpenStroke[];

/** What would set free strokes in a row that no bowing has: a longer bow, another tempo, no marks, another speed. */
export class FreedBows {
  readonly run: Run;
  readonly grid: BowGrid;
  readonly settings: BowingSettings;

  constructor(run: Run, grid: BowGrid, settings: BowingSettings) {
    this.run = run;
    this.grid = grid;
    this.settings = settings;
  }

  /** How much more than `availableM` of hair would do, on every string; with it locked speeds are as locked [m]. */
  missingM(availableM: number): number {
    const most = Math.ceil(LONGEST_ASKED_M / this.grid.binM);
    const least = Math.max(0, Math.ceil((this.#lockedM() - availableM) / this.grid.binM));
    let [low, high] = [Math.max(0, least - 1), Math.max(1, least)];
    for (let step = 1; high < most && !this.#isBowable(this.run, widened(this.grid, high)); step *= 2)
      [low, high] = [high, high + step];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#isBowable(this.run, widened(this.grid, middle))) high = middle;
      else low = middle;
    }
    return high * this.grid.binM;
  }

  /** Slowest tried tempo at which the run can be bowed on its own; `null` if none. */
  tempoFactor(): number | null {
    for (let factor = TRIAL_STEP; factor <= FASTEST_TRIAL; factor *= TRIAL_STEP)
      if (this.#isBowable(this.run.map((open) => faster(open, factor)))) return factor;
    return null;
  }

  /** What a person wrote that is in the way: a locked speed, bow marks; undefined where the run is too long without any. */
  forcedBy(): "marks" | SpeedLock | undefined {
    const locked = this.run.filter(({ stroke }) => speedLock(stroke.notes));
    const one = locked.find((open) => this.#isBowable(this.#withSpeeds([open], undefined)));
    if (one) return this.#lockOf([one]);
    if (locked.length > 1 && this.#isBowable(this.#withSpeeds(locked, undefined)))
      return this.#lockOf(locked);
    return this.#isBowable(this.run.map(unmarked)) ? "marks" : undefined;
  }

  /** Hair of the longest stroke that has a locked speed; 0 without one. */
  #lockedM(): number {
    return Math.max(
      0,
      ...this.run.map(({ stroke: { notes, startS, endS } }) =>
        strokeTravelM(speedLock(notes)?.speedMps ?? 0, endS - startS, this.settings.rampS),
      ),
    );
  }

  /** The fastest of some locks, and what they may be. */
  #lockOf(locked: Run): SpeedLock {
    const [lock] = locked
      .map(({ stroke }) => speedLock(stroke.notes)!)
      .toSorted((a, b) => b.speedMps - a.speedMps);
    for (let mps = lock!.speedMps / TRIAL_STEP; mps >= this.settings.minSpeedMps; mps /= TRIAL_STEP)
      if (this.#isBowable(this.#withSpeeds(locked, mps))) return { ...lock!, fittingMps: mps };
    return { ...lock!, fittingMps: null };
  }

  /** The run with the locks of some strokes lifted, or held to a speed where they are faster. */
  #withSpeeds(locked: Run, mostMps: number | undefined): Run {
    return this.run.map((open) =>
      locked.includes(open)
        ? withNotes(open, (timed) => ({ ...timed, note: slower(timed.note, mostMps) }))
        : open,
    );
  }

  #isBowable(run: Run, grid = this.grid): boolean {
    const posed = poseProblem(run, grid, this.settings);
    return posed.ok && cheapestBowing(posed.value.problem) !== undefined;
  }
}

/** The first locked speed of a stroke: the one that rules it. */
function speedLock(notes: readonly TimedNote[]): Pick<SpeedLock, "noteIndex" | "speedMps"> | undefined {
  const found = notes.find(({ note }) => note.override?.speedMps)?.note;
  return found && { noteIndex: found.index, speedMps: found.override!.speedMps! };
}

function slower(note: ScoreNote, mostMps: number | undefined): ScoreNote {
  const { speedMps, ...others } = note.override ?? {};
  if (speedMps === undefined) return note;
  return {
    ...note,
    override: { ...others, ...(mostMps !== undefined && { speedMps: Math.min(speedMps, mostMps) }) },
  };
}

const withNotes = (open: OpenStroke, change: (timed: TimedNote) => TimedNote): OpenStroke => ({
  ...open,
  stroke: { ...open.stroke, notes: open.stroke.notes.map(change) },
});

const unmarked = (open: OpenStroke): OpenStroke => ({
  ...open,
  stroke: { ...open.stroke, marked: undefined },
});

const faster = (open: OpenStroke, factor: number): OpenStroke => ({
  ...open,
  stroke: {
    ...open.stroke,
    startS: open.stroke.startS / factor,
    endS: open.stroke.endS / factor,
    notes: open.stroke.notes.map((n) => ({ ...n, startS: n.startS / factor, endS: n.endS / factor })),
  },
});

/** The same bow with more hair at its tip. */
const widened = (grid: BowGrid, bins: number): BowGrid => ({
  ...grid,
  bins: grid.bins + bins,
  window: eachLevel((level) => ({ ...grid.window[level], last: grid.window[level].last + bins })),
});
