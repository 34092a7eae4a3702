import { levelOfDynamic } from "../dynamics.ts";
import type { DynamicMark, Hairpin } from "../loudness-curve.ts";
import type { RawNote } from "../raw-notes.ts";
import type { Sudden } from "./directions.ts";

/** A note that is begun in one dynamic and soon has another: fp, sfp … */
export interface SuddenTurn {
  /** Both dynamics, at their ticks. */
  readonly dynamics: readonly [DynamicMark, DynamicMark];
  /** The way between them, inside the note. */
  readonly hairpin: Hairpin;
}

/**
 * How long the first dynamic takes to become the second: an eighth, and at most half of the note, so that the second is heard.
 *
 * @assumed "at once", and yet a bow cannot lose three dynamics in no time
 */
const MOST_QUARTERS = 1 / 2;
const MOST_SHARE = 1 / 2;

/** The turn of a note, from where the sign stands or, in a rest before it, from its start. @param note the sign's own */
export function suddenTurn(
  tick: number,
  turn: NonNullable<Sudden["turn"]>,
  note: RawNote,
  ticksPerQuarter: number,
): SuddenTurn {
  const fromTick = Math.max(tick, note.startTick);
  const lastsTicks = Math.min(MOST_QUARTERS * ticksPerQuarter, MOST_SHARE * (note.endTick - fromTick));
  const toTick = fromTick + Math.max(1, Math.round(lastsTicks));
  return {
    dynamics: [
      { tick: fromTick, value: turn.from },
      { tick: toTick, value: turn.to },
    ],
    hairpin: { fromTick, toTick, grows: levelOfDynamic(turn.from) < levelOfDynamic(turn.to) },
  };
}

/** A hairpin that is drawn from such a note begins with its second dynamic. */
export function afterTurns(hairpin: Hairpin, turns: readonly SuddenTurn[]): Hairpin {
  const { fromTick, toTick } = hairpin;
  const turn = turns.find(
    ({ hairpin: own }) => own.fromTick <= fromTick && fromTick < own.toTick && own.toTick < toTick,
  );
  return turn ? { ...hairpin, fromTick: turn.hairpin.toTick } : hairpin;
}
