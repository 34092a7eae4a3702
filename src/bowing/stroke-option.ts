import type { BowLevel } from "../score/bow-level.ts";
import type { BowDirection, Dynamic } from "../score/score.ts";
import type { BowGrid } from "./bow-grid.ts";
import type { BowingSettings, BowingWeights } from "./bowing-settings.ts";
import { quickness, slurCrossingCost, speedCost, totalCost, type Cost } from "./costs.ts";
import { cheapestLevelPaths, type LevelCandidates } from "./string-choice.ts";
import type { Stroke } from "./stroke.ts";
import { bentTimeS, speedPoints } from "./stroke-course.ts";
import { missedAtTurn, rampTimeS, strokeProgressM, strokeTravelM } from "./stroke-travel.ts";
import type { WantedSpeed } from "./wanted-speed.ts";

/** A stroke's direction and strings. What is left to choose: where it starts and how much hair it uses. */
export interface StrokeWay {
  readonly direction: BowDirection;
  /** One per note. */
  readonly levels: readonly BowLevel[];
  readonly firstLevel: BowLevel;
  readonly lastLevel: BowLevel;
  /** Paid wherever the bow is. */
  readonly fixed: readonly Cost[];
}

/** One way of a stroke with its prices on the grid. Arrays over travels have one row per `travelBins`. */
export interface StrokeOption extends StrokeWay {
  readonly fixedCost: number;
  /** Hair it may use, in bins; the first is the wanted one. */
  readonly travelBins: Int32Array;
  readonly speedCost: Float64Array;
  /** What `startPlace` + `endPlace` charge for length alone: half the sum of two squares is the middle's plus this. */
  readonly placeRelief: Float64Array;
  /** First and last start bin for which every note stays inside its string's window. */
  readonly firstStart: Int32Array;
  readonly lastStart: Int32Array;
  /** Half the price of the place, per bin, of the stroke's start and of its end. */
  readonly startPlace: Float64Array;
  readonly endPlace: Float64Array;
  /** Price of what crossings inside the stroke ask of the arm, >= 0, from a start bin and signed hair [bins]; absent = nothing. */
  readonly crossedInside?: (startBin: number, signedBins: number) => number;
}

/** Half the price of a place, per level, dynamic and bin. */
export type PlacePrices = Readonly<Record<BowLevel, Readonly<Record<Dynamic, Float64Array>>>>;

/** Directions and strings that marks and pitches leave open for a stroke. @param pulse of its first note */
export function strokeWays(
  stroke: Stroke,
  candidates: readonly LevelCandidates[],
  pulse: number,
  settings: BowingSettings,
): readonly StrokeWay[] {
  const { weights, quickCrossingS } = settings;
  const lengthS = stroke.notes.map((n) => n.endS - n.startS);
  const lower = (c: number): number => c * weights.lowerString;
  const paths = cheapestLevelPaths(
    candidates,
    (from, to, i) =>
      slurCrossingCost(from, to, quickness(quickCrossingS, lengthS[i - 1]!, lengthS[i]!), weights),
    lower,
  );
  const { articulation } = stroke.notes[0]!.note;
  const accent = articulation === "accent" || articulation === "martele";
  const directions: readonly BowDirection[] = stroke.marked ? [stroke.marked] : ["down", "up"];
  return directions.flatMap((direction) =>
    paths.map(({ levels, cost }) => {
      const lowered = levels.reduce((sum, level, i) => sum + lower(candidates[i]!.indexOf(level)), 0);
      return {
        direction,
        levels,
        firstLevel: levels[0]!,
        lastLevel: levels.at(-1)!,
        fixed: [
          { name: "lowerString", cost: lowered },
          { name: "crossingInSlur", cost: cost - lowered },
          { name: "upOnStrongBeat", cost: direction === "up" ? weights.upOnStrongBeat * pulse : 0 },
          { name: "upOnAccent", cost: direction === "up" && accent ? weights.upOnAccent : 0 },
        ],
      };
    }),
  );
}

/** Share of a stroke's hair that is used before each of its notes, and 1 at its end; independent of speed [-]. */
export function noteShares(stroke: Stroke, settings: BowingSettings): readonly number[] {
  const { rampS } = settings;
  const points = speedPoints(stroke, settings);
  const durationS = stroke.endS - stroke.startS;
  const wholeM = strokeTravelM(1, durationS, rampS);
  return [
    ...stroke.notes.map(
      ({ startS }) =>
        strokeProgressM({ speedMps: 1, durationS, rampS }, bentTimeS(points, startS) - stroke.startS) /
        wholeM,
    ),
    1,
  ];
}

/** Start bins from which `bins` of hair keep every note inside its string's window; empty when first > last. */
export function startBins(
  way: StrokeWay,
  shares: readonly number[],
  bins: number,
  grid: BowGrid,
): [number, number] {
  let [low, high] = [-Infinity, Infinity];
  const down = way.direction === "down";
  for (const [i, level] of way.levels.entries()) {
    const { first, last } = grid.window[level];
    const [before, after] = [shares[i]! * bins, shares[i + 1]! * bins];
    low = Math.max(low, down ? first - before : first + after);
    high = Math.min(high, down ? last - after : last + before);
  }
  return [Math.ceil(low - 1e-9), Math.floor(high + 1e-9)];
}

/** Most hair that one of the ways can use, in bins; < 1 when none fits. */
export function longestBins(ways: readonly StrokeWay[], shares: readonly number[], grid: BowGrid): number {
  const fits = (bins: number): boolean =>
    ways.some((way) => {
      const [first, last] = startBins(way, shares, bins, grid);
      return first <= last;
    });
  let bins = grid.bins - 1;
  while (bins > 0 && !fits(bins)) bins--;
  return bins;
}

/** What the options of one stroke share. */
export interface PricedStroke {
  readonly stroke: Stroke;
  readonly shares: readonly number[];
  readonly travelBins: Int32Array;
  readonly speedCost: Float64Array;
}

/** Prices the hair of a stroke. @param longest from `longestBins`, at least the hair of the slowest speed */
export function pricedStroke(
  stroke: Stroke,
  speed: WantedSpeed,
  shares: readonly number[],
  longest: number,
  settings: BowingSettings,
): PricedStroke {
  const binsAt = (speedMps: number): number =>
    strokeTravelM(speedMps, speed.durationS, settings.rampS) / settings.binM;
  const wanted = binsAt(speed.wantedMps);
  const asked = speed.limit === "hair" ? binsAt(speed.dynamicMps) : wanted;
  const travelBins = travelChoices(speed, longest, settings);
  const missed = missedAtEnds(stroke, settings);
  const price = new Float64Array(travelBins.length); // the first is the wanted hair, to the nearest bin: free
  for (let j = 1; j < price.length; j++)
    price[j] = speedCost(travelBins[j]!, wanted, settings, { askedBins: asked, missed }).cost;
  return { stroke, shares, travelBins, speedCost: price };
}

/** Short notes at the ends of a slur lack no more than this share of the tolerance [-]. @assumed the rest is for the arm to use */
const MOST_MISSED = 0.5;

/**
 * How much slower than its stroke the note at an end of a slur is that the ramps leave least of, as far as another speed can make up
 * for it [-]; 0 of a single note, whose speed the hand bounds.
 */
function missedAtEnds({ notes, startS, endS }: Stroke, { rampS, speedTolerance }: BowingSettings): number {
  if (notes.length === 1) return 0;
  const ramp = rampTimeS(endS - startS, rampS);
  const missed = [notes[0]!, notes.at(-1)!].map((note) => missedAtTurn(note.endS - note.startS, ramp));
  return Math.min(Math.max(...missed), MOST_MISSED * speedTolerance);
}

/** Prices one way of a stroke on the grid. */
export function strokeOption(
  way: StrokeWay,
  priced: PricedStroke,
  prices: PlacePrices,
  grid: BowGrid,
  weights: BowingWeights,
): StrokeOption {
  const { travelBins, speedCost } = priced;
  const { notes } = priced.stroke;
  const window = grid.window[way.firstLevel];
  const width = Math.max(1, window.last - window.first);
  const placeRelief = new Float64Array(travelBins.length);
  const [firstStart, lastStart] = [new Int32Array(travelBins.length), new Int32Array(travelBins.length)];
  for (let j = 0; j < travelBins.length; j++) {
    placeRelief[j] = weights.place * (travelBins[j]! / width) ** 2;
    [firstStart[j], lastStart[j]] = startBins(way, priced.shares, travelBins[j]!, grid);
  }
  return {
    ...way,
    fixedCost: totalCost(way.fixed),
    travelBins,
    speedCost,
    placeRelief,
    firstStart,
    lastStart,
    startPlace: prices[way.firstLevel][notes[0]!.note.dynamic],
    endPlace: prices[way.lastLevel][notes.at(-1)!.note.dynamic],
  };
}

/** Hair of a stroke that the programme may choose from [bins]: the wanted, then others 2 % apart. */
export function travelChoices(speed: WantedSpeed, longest: number, settings: BowingSettings): Int32Array {
  const binsAt = (mps: number): number => strokeTravelM(mps, speed.durationS, settings.rampS) / settings.binM;
  const least = leastBins(speed, settings);
  const wanted = Math.min(Math.max(Math.round(binsAt(speed.wantedMps)), least), longest);
  const most = Math.min(Math.max(wanted, Math.floor(binsAt(speed.fastestMps))), longest);
  const choices = [wanted];
  for (let n = wanted; n > least; choices.push(n)) n = Math.max(least, n - apart(n));
  for (let n = wanted; n < most; choices.push(n)) n = Math.min(most, n + apart(n));
  return Int32Array.from(choices);
}

const apart = (bins: number): number => Math.max(1, Math.floor(0.02 * bins));

/** Hair of the slowest stroke that speaks, at least one bin. */
export const leastBins = (speed: WantedSpeed, { rampS, binM }: BowingSettings): number =>
  Math.max(1, Math.ceil(strokeTravelM(speed.slowestMps, speed.durationS, rampS) / binM - 1e-9));
