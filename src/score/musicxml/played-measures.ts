import type { KeyChange, MeterChange } from "../score.ts";
import type { TempoChange } from "../tempo.ts";
import type { Direction } from "./directions.ts";
import { badAt, type Meter } from "./measure-place.ts";
import { playOrder } from "./play-order.ts";
import type { PartMeasure } from "./read-measure.ts";
import type { WrittenPart, WrittenScore } from "./read-parts.ts";

/** A measure where it is played, repeats unfolded. */
export interface PlayedMeasure {
  readonly startTick: number;
  readonly ticks: number;
  readonly measure: PartMeasure;
}

/** A part unfolded, with the time it is played in. */
export interface PlayedPart {
  readonly measures: readonly PlayedMeasure[];
  readonly tempos: readonly TempoChange[];
  readonly meters: readonly MeterChange[];
  readonly keys: readonly KeyChange[];
  readonly endTick: number;
  /** What is played otherwise than it stands there, one sentence each. */
  readonly remarks: readonly string[];
}

/** @source Standard MIDI File 1.0: 120 quarters a minute where nothing is said; MusicXML names no default */
const DEFAULT_US_PER_QUARTER = 500_000;

/**
 * Unfolds the repeats of one part. Tempo, repeats and the length of measures are taken from all parts, because many programs
 * write tempo marks into the first part only.
 *
 * @throws musicxml-invalid for measures that are too long and for repeats that lead nowhere
 */
export function playedMeasures(score: WrittenScore, part: WrittenPart): PlayedPart {
  const together = part.measures.map((measure, i) => measureOfAll(score, part, measure, i));
  const order = playOrder(together);
  const measures: PlayedMeasure[] = [];
  const tempos: TempoChange[] = [];
  const [meters, keys]: [MeterChange[], KeyChange[]] = [[], []];
  let tick = 0;
  for (const index of order) {
    const [all, measure] = [together[index]!, part.measures[index]!];
    measures.push({ startTick: tick, ticks: all.ticks, measure });
    addMeter(meters, tick, all.meter);
    addKey(keys, tick, measure);
    for (const { offsetTicks, usPerQuarter } of all.tempos)
      tempos.push({ tick: tick + offsetTicks, usPerQuarter });
    tick += all.ticks;
  }
  const unfolded = order.length !== part.measures.length || order.some((index, i) => index !== i);
  const remarks = together.flatMap(({ remark }) => (remark ? [remark] : []));
  if (unfolded)
    remarks.push(`repeats: ${part.measures.length} measures are played as ${order.length}, and counted so`);
  if (tempos.length === 0)
    remarks.push(`no tempo is written: played at ${60e6 / DEFAULT_US_PER_QUARTER} quarter notes a minute`);
  return { measures, tempos: tempoMap(tempos), meters, keys, endTick: tick, remarks };
}

interface MeasureOfAll {
  readonly label: string;
  readonly ticks: number;
  /** What its length is: the time signature, or a shorter one for a pickup or a split measure. */
  readonly meter: Meter;
  readonly tempos: readonly { readonly offsetTicks: number; readonly usPerQuarter: number }[];
  readonly signs: PartMeasure["signs"];
  readonly remark: string | undefined;
}

function measureOfAll(
  score: WrittenScore,
  part: WrittenPart,
  measure: PartMeasure,
  index: number,
): MeasureOfAll {
  const all = score.parts.map(({ measures }) => measures[index]!);
  const tempos = all
    .flatMap(({ directions }) => directions)
    .flatMap(({ offsetTicks, says }) =>
      isTempo(says) ? [{ offsetTicks, usPerQuarter: says.usPerQuarter }] : [],
    );
  const stops = all.map(({ signs }) => signs);
  const backward = stops.find((signs) => signs.backward)?.backward;
  const endingStarts = stops.find((signs) => signs.endingStarts)?.endingStarts;
  return {
    label: measure.label,
    ...lengthOf(score.ticksPerQuarter, part, measure, Math.max(...all.map(({ ticks }) => ticks)), index),
    tempos,
    signs: {
      forward: stops.some(({ forward }) => forward),
      ...(backward && { backward }),
      ...(endingStarts && { endingStarts }),
      endingStops: stops.some(({ endingStops }) => endingStops),
      jumps: [...new Set(stops.flatMap(({ jumps }) => jumps))],
    },
  };
}

const isTempo = (says: Direction): says is Extract<Direction, { kind: "tempo" }> => says.kind === "tempo";

/** Less than this is lost or won where the ticks of tuplets are whole: half a 1/64 note, in quarters. */
const ROUNDING_QUARTERS = 1 / 32;

/** How far a measure reaches: others fill one that our part leaves early, but where they overfill it, ours ends in time [ticks]. */
function reachOf(own: number, others: number, full: number, ticksPerQuarter: number): number {
  const rounding = ROUNDING_QUARTERS * ticksPerQuarter;
  if (own >= full + rounding) return own;
  return Math.max(own, others) > full - rounding ? full : Math.max(own, others);
}

/** A full measure, or a shorter one with a meter of its own. Longer than full is a mistake unless it says so. */
function lengthOf(
  ticksPerQuarter: number,
  part: WrittenPart,
  measure: PartMeasure,
  others: number,
  index: number,
): Pick<MeasureOfAll, "ticks" | "meter" | "remark"> {
  const { meter, label } = measure;
  const beat = (ticksPerQuarter * 4) / meter.beatUnit;
  const full = beat * meter.beatsPerBar;
  const reach = reachOf(measure.ticks, others, full, ticksPerQuarter);
  if (reach === 0 || reach === full) return { ticks: full, meter, remark: undefined };
  if (reach > full && !measure.implicit)
    throw badAt(
      { part: part.name, measure: label, meter, ticksPerQuarter },
      full,
      `the measure holds ${beatsText(reach / beat)} beats where ${meter.beatsPerBar}/${meter.beatUnit} has ${meter.beatsPerBar}.`,
    );
  let beatUnit = meter.beatUnit;
  while (beatUnit < 64 && !Number.isInteger((reach * beatUnit) / (4 * ticksPerQuarter))) beatUnit *= 2;
  const beats = (reach * beatUnit) / (4 * ticksPerQuarter);
  if (!Number.isInteger(beats))
    throw badAt(
      { part: part.name, measure: label, meter, ticksPerQuarter },
      0,
      `the measure lasts ${beatsText(reach / beat)} beats, which is no whole number of 1/64 notes.`,
    );
  // an upbeat, and the measures that it or a repeat sign leaves short, are no surprise
  const completes = [0, index - 1, index + 1].some((i) => part.measures[i]?.ticks === full - reach);
  const said = measure.implicit || index === 0 || completes;
  const remark = `measure ${label} holds ${beatsText(reach / beat)} of ${meter.beatsPerBar} beats: played as a short measure`;
  return { ticks: reach, meter: { beatsPerBar: beats, beatUnit }, remark: said ? undefined : remark };
}

const beatsText = (beats: number): string => `${Number(beats.toFixed(2))}`;

function addMeter(meters: MeterChange[], tick: number, { beatsPerBar, beatUnit }: Meter): void {
  const before = meters.at(-1);
  if (before?.beatsPerBar === beatsPerBar && before.beatUnit === beatUnit) return;
  meters.push({ tick, beatsPerBar, beatUnit });
}

function addKey(keys: KeyChange[], tick: number, { key }: PartMeasure): void {
  const before = keys.at(-1);
  if (!key || (before?.fifths === key.fifths && before.minor === key.minor)) return;
  keys.push({ tick, ...key });
}

/** Sorted, first at tick 0, without repetitions; the last of several at one tick holds. */
function tempoMap(tempos: readonly TempoChange[]): TempoChange[] {
  const byTick = new Map<number, TempoChange>([[0, { tick: 0, usPerQuarter: DEFAULT_US_PER_QUARTER }]]);
  for (const tempo of tempos) byTick.set(tempo.tick, tempo);
  return [...byTick.values()]
    .sort((a, b) => a.tick - b.tick)
    .filter(({ usPerQuarter }, i, all) => usPerQuarter !== all[i - 1]?.usPerQuarter);
}
