import { beatTicks } from "../position.ts";
import type { StaffMeasure, StaffPiece } from "./staff-pieces.ts";

/** Beams and tuplet brackets of one note head. */
export interface Grouping {
  /** Per beam, from the outermost: begin, continue, end, forward hook, backward hook. */
  readonly beams: readonly string[];
  readonly tuplet: "start" | "stop" | undefined;
}

const FLAGS: Readonly<Record<string, number>> = { eighth: 1, "16th": 2, "32nd": 3, "64th": 4, "128th": 5 };

/** Notes with flags are beamed within their beat, a dotted one where the meter goes in threes; tuplets are bracketed. */
export function groupings(measure: StaffMeasure, ticksPerQuarter: number): readonly Grouping[] {
  const { meter, startTick, pieces } = measure;
  const inThrees = meter.beatUnit >= 8 && meter.beatsPerBar % 3 === 0;
  const beat = beatTicks(ticksPerQuarter, meter) * (inThrees ? 3 : 1);
  const group = (one: StaffPiece | undefined): number | undefined =>
    one?.note ? Math.floor((one.startTick - startTick) / beat) : undefined;
  const flags = (one: StaffPiece | undefined): number => (one?.note ? (FLAGS[one.value.type] ?? 0) : 0);
  const tuplets = tupletBrackets(pieces, { startTick, beat });
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

/** A bracket ends where its notes fill their plain value or a beat, or where another value follows. */
function tupletBrackets(
  pieces: readonly StaffPiece[],
  { startTick, beat }: { readonly startTick: number; readonly beat: number },
): readonly ("start" | "stop" | undefined)[] {
  const brackets: ("start" | "stop" | undefined)[] = pieces.map(() => undefined);
  let begun: { index: number; ticks: number; full: number } | undefined;
  for (const [i, { value, startTick: at }] of pieces.entries()) {
    const { tuplet, ticks } = value;
    if (!tuplet) begun = undefined;
    else {
      begun ??= { index: i, ticks: 0, full: ticks * tuplet.actual };
      begun.ticks += ticks;
      const isFull = begun.ticks > begun.full - tuplet.actual; // whole ticks do not add up to a beat
      const onBeat = (at + ticks - startTick) % beat === 0;
      if (!isFull && !onBeat && pieces[i + 1]?.value.tuplet === tuplet) continue;
      if (begun.index < i) [brackets[begun.index], brackets[i]] = ["start", "stop"];
      begun = undefined;
    }
  }
  return brackets;
}
