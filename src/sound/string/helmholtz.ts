/** The string slid under the hair, from sticking to sticking. */
export interface Slip {
  readonly startS: number;
  readonly lengthS: number;
  /** Way of the hair over the string; > 0 where the bow goes down [m]. */
  readonly travelM: number;
}

/** One bowed note, as the string had it. */
export interface BowedTone {
  /** First slip in the direction of the bow [s]; null = none. */
  readonly firstSlipS: number | null;
  /** From that slip, or the note's start where that is later, to Helmholtz motion [s]; null = never. */
  readonly preHelmholtzS: number | null;
  /** What came before: more than one slip in a period, or periods that are too long. */
  readonly start: "clean" | "multiple slip" | "choked";
  /** Share of the sustained part in which slips come once per period [-]; null = it is too short to have one. */
  readonly helmholtzShare: number | null;
}

/** A note as it was to be bowed. */
export interface ToneWindow {
  readonly startS: number;
  readonly endS: number;
  /** 1 down, −1 up. */
  readonly sign: 1 | -1;
  /** Time of one vibration at a moment [s]. */
  readonly periodAtS: (timeS: number) => number;
}

/** Slips this far from one period apart are still one period apart: a heavy bow flattens. @assumed */
const EVEN = 0.08;
/** Periods in a row that make Helmholtz motion. */
const CYCLES = 5;
/** More slips per period than this before Helmholtz motion is multiple slip. */
const MULTIPLE = 1.15;
/** An onset is looked for from so long before the note [s]. */
const EARLY_S = 0.02;
/** The sustained part begins and ends so far inside the note [s]: a start may take 90 ms, and the bow slows at the end. */
const START_S = 0.1;
const END_S = 0.06;

/** Longest that a start may take and still be heard as clean [s]. @source Guettler and Askenfelt, JASA 101 (1997) */
export const ACCEPTED_START_S = { clean: 0.05, choked: 0.05, "multiple slip": 0.09 } as const;

/**
 * How a note began and went on, from the slips of its string.
 *
 * Helmholtz motion begins with the first of `CYCLES` periods in a row with one slip each, evenly spaced within `EVEN`.
 *
 * @param slips of the string, in order of time, without ripples (`SlipWatch`)
 */
export function bowedTone(slips: readonly Slip[], window: ToneWindow): BowedTone {
  const { startS, endS, sign } = window;
  const mine = slips.filter(
    (slip) => slip.startS >= startS - EARLY_S && slip.startS < endS && slip.travelM * sign > 0,
  );
  const first = mine[0];
  if (!first)
    return { firstSlipS: null, preHelmholtzS: null, start: "clean", helmholtzShare: shareOf(mine, window) };
  const fromS = Math.max(first.startS, startS);
  const settledS = helmholtzFromS(mine, window.periodAtS);
  const untilS = settledS ?? endS;
  const before = mine.filter((slip) => slip.startS >= fromS && slip.startS < untilS).length;
  const perPeriod = (before * window.periodAtS(fromS)) / Math.max(untilS - fromS, 1e-9);
  return {
    firstSlipS: first.startS,
    preHelmholtzS: settledS === undefined ? null : Math.max(0, settledS - fromS),
    start: untilS <= fromS ? "clean" : perPeriod > MULTIPLE ? "multiple slip" : "choked",
    helmholtzShare: shareOf(mine, window),
  };
}

/** A start that settles as soon as listeners ask for. */
export const isAcceptedStart = (tone: BowedTone): boolean =>
  tone.preHelmholtzS !== null && tone.preHelmholtzS <= ACCEPTED_START_S[tone.start];

/** When Helmholtz motion began; `undefined` if it never did. */
export function helmholtzFromS(
  slips: readonly Slip[],
  periodAtS: (timeS: number) => number,
): number | undefined {
  let run = 0;
  for (let i = 1; i < slips.length; i++) {
    run = isOnePeriod(slips[i - 1]!, slips[i]!, periodAtS) ? run + 1 : 0;
    if (run >= CYCLES) return slips[i - CYCLES]!.startS;
  }
  return undefined;
}

const isOnePeriod = (a: Slip, b: Slip, periodAtS: (timeS: number) => number): boolean =>
  Math.abs((b.startS - a.startS) / periodAtS(b.startS) - 1) < EVEN;

function shareOf(slips: readonly Slip[], { startS, endS, periodAtS }: ToneWindow): number | null {
  const [fromS, toS] = [startS + START_S, endS - END_S];
  if (toS - fromS < CYCLES * periodAtS(fromS)) return null;
  let evenS = 0;
  for (let i = 1; i < slips.length; i++) {
    const [a, b] = [slips[i - 1]!, slips[i]!];
    if (isOnePeriod(a, b, periodAtS))
      evenS += Math.max(0, Math.min(b.startS, toS) - Math.max(a.startS, fromS));
  }
  return evenS / (toS - fromS);
}
