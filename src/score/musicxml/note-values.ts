/** Some notes in the time of others: 3 in the time of 2, 5 in the time of 4. */
export interface Tuplet {
  readonly actual: number;
  readonly normal: number;
}

/** A length that one note head can show. */
export interface NoteValue {
  readonly ticks: number;
  /** MusicXML name: "quarter", "16th". */
  readonly type: string;
  readonly dots: number;
  readonly tuplet?: Tuplet;
}

/** Parts of a quarter note that plain values and triplets are whole numbers of, down to a 1/64. */
const UNITS_PER_QUARTER = 24;

const PLAIN: readonly (readonly [string, number])[] = [
  ["whole", 96],
  ["half", 48],
  ["quarter", 24],
  ["eighth", 12],
  ["16th", 6],
  ["32nd", 3],
  ["64th", 1.5],
  ["128th", 0.75],
];

/** Tuplets that are written; a sextuplet is two triplets. */
const TUPLETS: readonly Tuplet[] = [
  { actual: 3, normal: 2 },
  { actual: 5, normal: 4 },
  { actual: 7, normal: 4 },
  { actual: 9, normal: 8 },
  { actual: 11, normal: 8 },
  { actual: 13, normal: 8 },
];

type ValueInUnits = Omit<NoteValue, "ticks"> & { readonly units: number };

/** Values of one kind (no tuplet, or one), longest first. No dot leaves a smaller part than a 1/64, no tuplet is longer than a half. */
function valuesOf(tuplet: Tuplet | undefined): readonly ValueInUnits[] {
  const share = tuplet ? tuplet.normal / tuplet.actual : 1;
  return PLAIN.flatMap(([type, units]) =>
    [1, 1.5, 1.75].flatMap((times, dots): ValueInUnits[] => {
      const isWritten =
        (dots === 0 || units >= 3) && !(dots === 2 && (tuplet || units < 6)) && !(tuplet && units > 48);
      return isWritten ? [{ type, dots, ...(tuplet && { tuplet }), units: units * times * share }] : [];
    }),
  ).toSorted((a, b) => b.units - a.units);
}

const KINDS = [valuesOf(undefined), ...TUPLETS.map(valuesOf)];

/** How far a tick may lie from the length that is meant, because ticks are whole: of a seventh part, say. */
const ROUNDING_TICKS = 0.75;

/**
 * A length as note values that are tied together, exact in sum: one value where one says it, else broken at beats, else the
 * longest first, of the kind (plain, triplets, quintuplets …) that all of it is made of. What fits no value (a played rhythm) goes to
 * the last one.
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
  const ticksPerUnit = ticksPerQuarter / UNITS_PER_QUARTER;
  const isLong = ({ units }: ValueInUnits, long: number): boolean =>
    Math.abs(units * ticksPerUnit - long) <= ROUNDING_TICKS;
  const single = KINDS.flat().find((value) => isLong(value, ticks));
  if (single) return [asValue(single, ticks)];
  const toBeat = beatTicks - (offsetTicks % beatTicks);
  if (toBeat < ticks && toBeat < beatTicks)
    return [
      ...noteValues(toBeat, offsetTicks, beatTicks, ticksPerQuarter),
      ...noteValues(ticks - toBeat, offsetTicks + toBeat, beatTicks, ticksPerQuarter),
    ];
  const kind = KINDS.find((values) => isMadeOf(values, ticks, ticksPerUnit)) ?? KINDS[0]!;
  const longest = kind.find(({ units }) => units * ticksPerUnit < ticks - ROUNDING_TICKS);
  if (longest === undefined) return [asValue(kind.at(-1)!, ticks)];
  const first = Math.round(longest.units * ticksPerUnit);
  const rest = ticks - first;
  if (rest < kind.at(-1)!.units * ticksPerUnit - ROUNDING_TICKS) return [asValue(longest, ticks)];
  return [asValue(longest, first), ...noteValues(rest, offsetTicks + first, beatTicks, ticksPerQuarter)];
}

/** Whether a length is a whole number of the shortest values of a kind. */
function isMadeOf(values: readonly ValueInUnits[], ticks: number, ticksPerUnit: number): boolean {
  const shortest = values.at(-1)!.units * ticksPerUnit;
  return Math.abs(Math.round(ticks / shortest) * shortest - ticks) <= Math.min(ROUNDING_TICKS, shortest / 8);
}

const asValue = ({ type, dots, tuplet }: Omit<NoteValue, "ticks">, ticks: number): NoteValue => ({
  ticks,
  type,
  dots,
  ...(tuplet && { tuplet }),
});
