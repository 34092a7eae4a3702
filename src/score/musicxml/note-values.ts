/** A length that one note head can show. */
export interface NoteValue {
  readonly ticks: number;
  /** MusicXML name: "quarter", "16th". */
  readonly type: string;
  readonly dots: number;
  /** Three in the time of two. */
  readonly triplet: boolean;
}

/** Parts of a quarter note that all values here are whole numbers of. */
const UNITS_PER_QUARTER = 24;

/** Lengths in 1/24 of a quarter, longest first; a plain value stands before an equal one with dots or as a triplet. */
const VALUES: readonly (Omit<NoteValue, "ticks"> & { readonly units: number })[] = [
  ["whole", 96],
  ["half", 48],
  ["quarter", 24],
  ["eighth", 12],
  ["16th", 6],
  ["32nd", 3],
  ["64th", 1.5],
]
  .flatMap(([type, units]) => {
    const [name, plain] = [type as string, units as number];
    return [
      { type: name, dots: 0, triplet: false, units: plain },
      { type: name, dots: 1, triplet: false, units: plain * 1.5 },
      { type: name, dots: 2, triplet: false, units: plain * 1.75 },
      { type: name, dots: 0, triplet: true, units: (plain * 2) / 3 },
    ];
  })
  .filter(
    ({ units, dots, triplet }) =>
      (Number.isInteger(units) || units === 1.5) && !(dots === 2 && units < 10) && !(triplet && units > 32),
  )
  .sort((a, b) => b.units - a.units || a.dots - b.dots);

/**
 * A length as note values that are tied together, exact in sum: one value where one says it, else broken at beats, else the
 * longest first. What fits no value (a played rhythm) goes to the last one.
 *
 * @param offsetTicks from the start of its measure
 * @param beatTicks length of a beat of the meter
 */
export function noteValues(
  ticks: number,
  offsetTicks: number,
  beatTicks: number,
  ticksPerQuarter: number,
): readonly NoteValue[] {
  const units = (ticks * UNITS_PER_QUARTER) / ticksPerQuarter;
  const single = VALUES.find((value) => Math.abs(value.units - units) < 1e-6);
  if (single) return [asValue(single, ticks)];
  const toBeat = beatTicks - (offsetTicks % beatTicks);
  if (toBeat < ticks && toBeat < beatTicks)
    return [
      ...noteValues(toBeat, offsetTicks, beatTicks, ticksPerQuarter),
      ...noteValues(ticks - toBeat, offsetTicks + toBeat, beatTicks, ticksPerQuarter),
    ];
  const longest = VALUES.find((value) => value.units < units && isWholeTicks(value.units, ticksPerQuarter));
  if (longest === undefined) return [asValue(VALUES.at(-1)!, ticks)];
  const first = (longest.units * ticksPerQuarter) / UNITS_PER_QUARTER;
  const rest = ticks - first;
  if ((rest * UNITS_PER_QUARTER) / ticksPerQuarter < 1 - 1e-6) return [asValue(longest, ticks)];
  return [asValue(longest, first), ...noteValues(rest, offsetTicks + first, beatTicks, ticksPerQuarter)];
}

const isWholeTicks = (units: number, ticksPerQuarter: number): boolean =>
  Number.isInteger((units * ticksPerQuarter) / UNITS_PER_QUARTER);

const asValue = ({ type, dots, triplet }: Omit<NoteValue, "ticks">, ticks: number): NoteValue => ({
  ticks,
  type,
  dots,
  triplet,
});
