import { ok, refuse, type Outcome } from "../outcome.ts";
import { eachLevel, stringsOf } from "../score/bow-level.ts";
import { DYNAMICS, type Dynamic } from "../score/score.ts";
import { bowAtBinM, shareOfWindow, type BowGrid } from "./bow-grid.ts";
import type { BowingSettings } from "./bowing-settings.ts";
import { crossingPlaceCost, placeCost, strokeChange } from "./costs.ts";
import { crossingPrices, turnTimeS, type CrossingPrices } from "./crossing-prices.ts";
import type { Objection } from "./objection.ts";
import type { OpenStroke } from "./open-strokes.ts";
import type { BowingProblem } from "./programme.ts";
import type { BowingRefusal } from "./refusal.ts";
import {
  leastBins,
  longestBins,
  noteShares,
  pricedStroke,
  strokeOption,
  strokeWays,
  type PlacePrices,
  type PricedStroke,
  type StrokeOption,
  type StrokeWay,
} from "./stroke-option.ts";
import { longestStrokeS, strokeTravelM } from "./stroke-travel.ts";
import type { Stroke, TimedNote } from "./stroke.ts";
import { wantedSpeed, type WantedSpeed } from "./wanted-speed.ts";

/** The programme to solve, and the speed each stroke should have. */
export interface PosedProblem {
  readonly problem: BowingProblem;
  readonly speeds: readonly WantedSpeed[];
}

/**
 * Prices every way of every stroke; refuses a stroke that no bow is long enough for.
 *
 * @param objections of the arm
 * @param foresight whether what crossings will ask of the arm has its price
 */
export function poseProblem(
  open: readonly OpenStroke[],
  grid: BowGrid,
  settings: BowingSettings,
  objections: readonly Objection[] = [],
  foresight = true,
): Outcome<PosedProblem, BowingRefusal> {
  const prices = placePrices(grid, settings);
  const crossed = crossingPrices(grid, settings, objections, foresight);
  const strokes: (readonly StrokeOption[])[] = [];
  const speeds: WantedSpeed[] = [];
  for (const { stroke, candidates, pulse } of open) {
    const ways = strokeWays(stroke, candidates, pulse, settings);
    const shares = noteShares(stroke, settings);
    const longest = longestBins(ways, shares, grid);
    const speed = wantedSpeed(stroke, longest * grid.binM, settings);
    if (leastBins(speed, settings) > longest) return refuse(tooLong(stroke, longest * grid.binM, settings));
    speeds.push(speed);
    const priced = pricedStroke(stroke, speed, shares, longest, settings);
    strokes.push(
      ways.map((way) => ({
        ...strokeOption(way, priced, prices, grid, settings.weights),
        ...crossedInside(way, priced, crossed),
      })),
    );
  }
  const changes = open
    .slice(1)
    .map(({ stroke }, k) => strokeChange(open[k]!.stroke, stroke, grid.airEffort, settings));
  const crossingPlace = eachLevel((level) =>
    perBin(grid, (bin) => {
      const share = shareOfWindow(grid.window[level], bin);
      const strings = stringsOf(level);
      const costs = strings.map((name) =>
        crossingPlaceCost({ share, bowM: bowAtBinM(grid, name, bin), ease: grid.ease[name] }, settings),
      );
      return costs.reduce((sum, cost) => sum + cost, 0) / strings.length;
    }),
  );
  const { bins, binM } = grid;
  const objected = new Set(objections.map(({ noteIndex }) => noteIndex));
  const crossedInto: BowingProblem["crossedInto"] = (k, from, to) => {
    const [last, first] = [open[k - 1]!.stroke.notes.at(-1)!, open[k]!.stroke.notes[0]!];
    if (from.lastLevel === to.firstLevel && !objected.has(first.note.index)) return undefined;
    return crossed({
      noteIndex: first.note.index,
      ...{ from: from.lastLevel, to: to.firstLevel, before: from.direction, after: to.direction },
      turnS: turnTimeBetweenS(last, first),
    });
  };
  const { weights } = settings;
  return ok({ problem: { strokes, changes, bins, binM, weights, crossingPlace, crossedInto }, speeds });
}

/** Price of what the crossings inside a stroke ask of the arm. */
function crossedInside(
  { levels, direction }: StrokeWay,
  { stroke, shares }: PricedStroke,
  crossed: CrossingPrices,
): Pick<StrokeOption, "crossedInside"> {
  const inside = stroke.notes.slice(1).flatMap((after, i) => {
    const [from, to] = [levels[i]!, levels[i + 1]!];
    if (from === to) return [];
    const way = { from, to, before: direction, after: direction };
    const turnS = turnTimeBetweenS(stroke.notes[i]!, after);
    const prices = crossed({ noteIndex: after.note.index, ...way, turnS });
    return prices ? [{ prices, share: shares[i + 1]! }] : [];
  });
  if (inside.length === 0) return {};
  const priceAt = (startBin: number, signedBins: number): number => {
    let sum = 0;
    for (const { prices, share } of inside) sum += prices[Math.round(startBin + share * signedBins)]!;
    return sum;
  };
  return { crossedInside: priceAt };
}

const turnTimeBetweenS = (before: TimedNote, after: TimedNote): number =>
  turnTimeS(before.endS - before.startS, after.startS - before.endS, after.endS - after.startS);

function placePrices(grid: BowGrid, { weights, placeShare }: BowingSettings): PlacePrices {
  const price = (name: keyof PlacePrices, dynamic: Dynamic): Float64Array =>
    perBin(grid, (bin) => placeCost(grid.window[name], placeShare[dynamic], bin, weights) / 2);
  return eachLevel(
    (name) =>
      Object.fromEntries(
        DYNAMICS.map((dynamic) => [dynamic, price(name, dynamic)]),
      ) as PlacePrices[typeof name],
  );
}

const perBin = (grid: BowGrid, price: (bin: number) => number): Float64Array =>
  Float64Array.from({ length: grid.bins }, (_, bin) => price(bin));

function tooLong(stroke: Stroke, availableM: number, settings: BowingSettings): BowingRefusal {
  const seconds = stroke.endS - stroke.startS;
  const slowestMps = settings.minSpeedMps;
  return {
    kind: "bow-too-short",
    noteIndex: stroke.notes[0]!.note.index,
    lastNoteIndex: stroke.notes.at(-1)!.note.index,
    strokes: 1,
    startS: stroke.startS,
    seconds,
    neededM: strokeTravelM(slowestMps, seconds, settings.rampS),
    slowestMps,
    availableM,
    tempoFactor: availableM > 0 ? seconds / longestStrokeS(availableM, slowestMps, settings.rampS) : null,
  };
}
