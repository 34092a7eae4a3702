import type { DynamicMark, Hairpin } from "../loudness-curve.ts";
import type { RawNote } from "../raw-notes.ts";
import type { Direction } from "./directions.ts";
import type { PlayedMeasure } from "./played-measures.ts";
import { afterTurns, suddenTurn, type SuddenTurn } from "./sudden-turns.ts";

/** What the directions of a part mean for its notes. */
export interface DirectionMarks {
  readonly marks: { readonly dynamics: readonly DynamicMark[]; readonly hairpins: readonly Hairpin[] };
  /** Indices of notes that are begun with an accent (sfz, fp …). */
  readonly accents: ReadonlySet<number>;
  readonly remarks: readonly string[];
}

interface PlacedDirection {
  readonly tick: number;
  readonly says: Direction;
}

/** Dynamics, hairpins and sudden accents at their ticks. @param notes sorted by start */
export function directionMarks(
  measures: readonly PlayedMeasure[],
  notes: readonly RawNote[],
  ticksPerQuarter: number,
): DirectionMarks {
  const placed = measures.flatMap(({ startTick, measure }) =>
    measure.directions
      .toSorted((a, b) => a.offsetTicks - b.offsetTicks)
      .map(({ offsetTicks, says }): PlacedDirection => ({ tick: startTick + offsetTicks, says })),
  );
  const dynamics: DynamicMark[] = [];
  const accents = new Set<number>();
  const turns: SuddenTurn[] = [];
  for (const { tick, says } of placed) {
    if (says.kind === "dynamic") dynamics.push({ tick, value: says.value });
    if (says.kind !== "sudden") continue;
    const index = notes.findIndex(({ endTick }) => endTick > tick);
    if (index < 0) continue;
    if (says.isAccented) accents.add(index);
    if (says.turn) turns.push(suddenTurn(tick, says.turn, notes[index]!, ticksPerQuarter));
  }
  const drawn = drawnHairpins(placed);
  const worded = wordedHairpins(placed, notes.at(-1)?.endTick ?? 0);
  const remarks = [
    ...(drawn.loose > 0 ? [`hairpins without a beginning or an end: ${drawn.loose} ignored`] : []),
    ...(worded.length > 0
      ? [
          `cresc. and dim. in words: ${worded.length}, played to the end of their line, or to the next dynamic or hairpin`,
        ]
      : []),
  ];
  const hairpins = [...drawn.hairpins, ...worded].map((one) => afterTurns(one, turns));
  return {
    marks: {
      dynamics: [...dynamics, ...turns.flatMap((turn) => turn.dynamics)].sort((a, b) => a.tick - b.tick),
      hairpins: [...turns.map(({ hairpin }) => hairpin), ...hairpins],
    },
    accents,
    remarks,
  };
}

function drawnHairpins(placed: readonly PlacedDirection[]): {
  readonly hairpins: readonly Hairpin[];
  readonly loose: number;
} {
  const hairpins: Hairpin[] = [];
  const open = new Map<string, { fromTick: number; grows: boolean }>();
  let loose = 0;
  for (const { tick, says } of placed) {
    if (says.kind !== "wedge") continue;
    if (says.type !== "stop") open.set(says.number, { fromTick: tick, grows: says.type === "crescendo" });
    else {
      const begun = open.get(says.number);
      open.delete(says.number);
      if (begun && begun.fromTick < tick) hairpins.push({ ...begun, toTick: tick });
      else loose += 1;
    }
  }
  return { hairpins, loose: loose + open.size };
}

/** Words reach as far as the line that is drawn from them; without one to the next dynamic, hairpin or such word. */
function wordedHairpins(placed: readonly PlacedDirection[], endTick: number): readonly Hairpin[] {
  return placed.flatMap(({ tick, says }, i): readonly Hairpin[] => {
    if (says.kind !== "swell-words") return [];
    const { grows, line } = says;
    const after = placed.slice(i + 1);
    const ends = (one: PlacedDirection): boolean => one.tick > tick && endsWords(one.says);
    const lineEnd = line && after.find((one) => one.says.kind === "line-stop" && one.says.line === line);
    const toTick = (lineEnd || after.find(ends))?.tick ?? endTick;
    const isDrawnToo = placed.some((one) => one.tick === tick && isHairpinStart(one.says));
    return toTick > tick && !isDrawnToo ? [{ fromTick: tick, toTick, grows }] : [];
  });
}

const endsWords = (says: Direction): boolean =>
  says.kind === "dynamic" ||
  (says.kind === "sudden" && says.turn !== undefined) ||
  says.kind === "swell-words" ||
  isHairpinStart(says);

const isHairpinStart = (says: Direction): boolean => says.kind === "wedge" && says.type !== "stop";
