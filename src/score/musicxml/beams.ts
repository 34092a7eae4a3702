import { beatTicks } from "../position.ts";
import type { StaffMeasure, StaffPiece } from "./staff-pieces.ts";

/** Beams and tuplet brackets of one note head. */
export interface Grouping {
  /** Per beam, from the outermost: begin, continue, end, forward hook, backward hook. */
  readonly beams: readonly string[];
  readonly tuplet: "start" | "stop" | undefined;
}

const FLAGS: Readonly<Record<string, number>> = { eighth: 1, "16th": 2, "32nd": 3, "64th": 4 };

/** Notes with flags are beamed within their beat, a dotted one where the meter goes in threes; triplets are bracketed. */
export function groupings(measure: StaffMeasure, ticksPerQuarter: number): readonly Grouping[] {
  const { meter, startTick, pieces } = measure;
  const inThrees = meter.beatUnit >= 8 && meter.beatsPerBar % 3 === 0;
  const beat = beatTicks(ticksPerQuarter, meter) * (inThrees ? 3 : 1);
  const group = (one: StaffPiece | undefined): number | undefined =>
    one?.note ? Math.floor((one.startTick - startTick) / beat) : undefined;
  const flags = (one: StaffPiece | undefined): number => (one?.note ? (FLAGS[one.value.type] ?? 0) : 0);
  const tuplets = tupletBrackets(pieces);
  return pieces.map((one, i): Grouping => {
    const [before, after] = [pieces[i - 1], pieces[i + 1]];
    const reach = (other: StaffPiece | undefined): number => (group(other) === group(one) ? flags(other) : 0);
    const [back, on] = [reach(before), reach(after)];
    const beams = Array.from({ length: flags(one) }, (_, level) => {
      if (back > level) return on > level ? "continue" : "end";
      if (on > level) return "begin";
      return back > 0 ? "backward hook" : "forward hook";
    });
    return { beams: back > 0 || on > 0 ? beams : [], tuplet: tuplets[i] };
  });
}

/** A bracket ends where its triplets fill twice their plain value, or where another value follows. */
function tupletBrackets(pieces: readonly StaffPiece[]): readonly ("start" | "stop" | undefined)[] {
  const brackets: ("start" | "stop" | undefined)[] = pieces.map(() => undefined);
  let begun: { index: number; ticks: number; full: number } | undefined;
  for (const [i, { value }] of pieces.entries()) {
    if (!value.triplet) begun = undefined;
    else {
      begun ??= { index: i, ticks: 0, full: value.ticks * 3 };
      begun.ticks += value.ticks;
      const ends = begun.ticks >= begun.full || !pieces[i + 1]?.value.triplet;
      if (!ends) continue;
      if (begun.index < i) [brackets[begun.index], brackets[i]] = ["start", "stop"];
      begun = undefined;
    }
  }
  return brackets;
}
