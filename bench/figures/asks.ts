import type { PlannedFigures, PlayedFigures } from "./piece-figures.ts";

/** All that is known of one piece in one cell: as planned, and as played where that was asked for. */
export interface PieceResult {
  readonly cell: string;
  readonly piece: string;
  readonly planned: PlannedFigures & PlayedFigures;
  readonly played: PlayedFigures | undefined;
}

/** One figure that the issue asks for. */
interface Ask {
  readonly name: string;
  readonly unit: string;
  /** In `unit`. */
  readonly limit: number;
  readonly side: "at most" | "at least";
  /** In `unit`; null = the piece has none of it, or it was not played. */
  readonly of: (piece: PieceResult) => number | null;
}

const times = (value: number | null | undefined, factor: number): number | null =>
  value === null || value === undefined ? null : factor * value;
/** As played, else as planned. */
const best = ({ planned, played }: PieceResult): PlayedFigures => played ?? planned;
const DEG = 180 / Math.PI;

/** @source issue 4, "Shown by" */
const ASKS: readonly Ask[] = [
  ask("crossing to the neighbour, median", "s", 0.2, "at most", (p) => best(p).adjacentS),
  ask("crossing over strings, median", "s", 0.35, "at most", (p) => best(p).skipS),
  ask("dead time", "%", 5, "at most", (p) => 100 * best(p).deadShare),
  // A plan begins a stroke from rest late on purpose, for the servo's spread: only what was played can be judged.
  ask("onset error as played, 95 %", "ms", 10, "at most", ({ played }) => times(played?.onsetP95S, 1e3)),
  // Rounding of sums is no drift.
  ask("drift of the commands", "µs", 0.001, "at most", (p) => 1e6 * best(p).commandOffS),
  ask("drift of alike onsets as played", "ms", 5, "at most", ({ played }) =>
    played === undefined || played.driftS === null ? null : 1e3 * Math.abs(played.driftS),
  ),
  ask("unscored reversals", "", 0, "at most", (p) => best(p).reversals),
  ask("time with bow speed within 15 % of its dynamic's", "%", 100, "at least", (p) =>
    times(best(p).speedWithin, 100),
  ),
  ask("bow speed f ÷ p", "", 2.5, "at least", (p) => best(p).forteRatio),
  ask("tilt error while sounding, most", "deg", 2, "at most", (p) => times(p.planned.tiltMax_rad, DEG)),
  ask("the same on two strings at once", "deg", 2, "at most", (p) => times(p.planned.pairTiltMax_rad, DEG)),
  ask("elbow from straight", "deg", 15, "at least", (p) => DEG * p.planned.elbow_rad),
  ask("joint speed", "% of its limit", 80, "at most", (p) => 100 * p.planned.speedUse),
  ask("joint acceleration", "% of its limit", 80, "at most", (p) => 100 * p.planned.accelerationUse),
  ask("joint jerk", "% of its limit", 100, "at most", (p) => 100 * p.planned.jerkUse),
  ask("clearance outside the planned contact", "mm", 10, "at least", (p) => 1e3 * p.planned.clearanceM),
];

function ask(
  name: string,
  unit: string,
  limit: number,
  side: Ask["side"],
  of: (piece: PieceResult) => number | null,
): Ask {
  return { name, unit, limit, side, of };
}

/** Rounding of sums is no shortfall. */
const NOTHING = 1e-9;

const meets = ({ limit, side }: Ask, value: number): boolean =>
  side === "at most" ? value <= limit + NOTHING : value >= limit - NOTHING;

/** Names of the asks that one piece falls short of. */
export const shortOf = (piece: PieceResult): readonly string[] =>
  ASKS.flatMap((one) => {
    const value = one.of(piece);
    return value === null || meets(one, value) ? [] : [one.name];
  });

/** One line for each ask: its worst piece, and every piece that falls short. */
export function askLines(pieces: readonly PieceResult[]): readonly string[] {
  return ASKS.map((one) => {
    const rated = pieces.flatMap((piece) => {
      const value = one.of(piece);
      return value === null ? [] : [{ where: `${piece.cell} ${piece.piece}`, value }];
    });
    const asked = `${one.name.padEnd(49)} ${one.side} ${one.limit} ${one.unit}`.trimEnd().padEnd(80);
    if (rated.length === 0) return `  -    ${asked} nothing to judge`;
    const sorted = rated.sort((a, b) => (one.side === "at most" ? b.value - a.value : a.value - b.value));
    const short = sorted.filter(({ value }) => !meets(one, value));
    const worst = `worst ${digits(sorted[0]!.value)} (${sorted[0]!.where}), ${rated.length - short.length} of ${rated.length} meet it`;
    const others = short.slice(1).map(({ where, value }) => `${where} ${digits(value)}`);
    const more = others.length > 0 ? `; also short: ${others.join(", ")}` : "";
    return `  ${short.length === 0 ? "met " : "SHORT"} ${asked} ${worst}${more}`;
  });
}

const digits = (value: number): string => value.toPrecision(3);
