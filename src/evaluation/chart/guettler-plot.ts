import type { StringName } from "../../score/score.ts";
import { chartFrame } from "./chart-frame.ts";

/** How a bow began a note. */
export interface BowStart {
  readonly string: StringName;
  readonly accelerationMps2: number;
  /** Force over that of the open D string at the same place of the map: divided by impedance, times the D string's [N]. */
  readonly forceOnDN: number;
  readonly accepted: boolean;
}

/** A map of starts: which settle as soon as listeners ask for. */
export interface GuettlerMap {
  readonly string: StringName;
  readonly beta: number;
  readonly accelerationsMps2: readonly number[];
  readonly forcesN: readonly number[];
  /** One row per force, one letter per acceleration: "#" accepted, "." not. */
  readonly rows: readonly string[];
}

/** Starts of a performance over a map of the simulated string. */
export function guettlerPlot(map: GuettlerMap, starts: readonly BowStart[]): string {
  const { accelerationsMps2: a, forcesN: f } = map;
  const [da, df] = [a[1]! - a[0]!, f[1]! - f[0]!];
  const frame = chartFrame({
    title: `Guettler: starts played (dots; ringed red where they settled too late) over those the ${map.string} string takes at ${map.beta} of its length (blue)`,
    x: { from: 0, to: a.at(-1)! + da / 2, label: "acceleration of the bow, m/s²" },
    y: { from: 0, to: f.at(-1)! + df / 2, label: "force, as on D, N" },
  });
  const cells = map.rows.flatMap((row, i) =>
    [...row].flatMap((cell, k) => {
      if (cell !== "#") return [];
      const [left, right] = [frame.x(a[k]! - da / 2), frame.x(a[k]! + da / 2)];
      const [top, bottom] = [frame.y(f[i]! + df / 2), frame.y(f[i]! - df / 2)];
      return [`<rect class="band" x="${left}" y="${top}" width="${(right - left).toFixed(1)}" height="${(bottom - top).toFixed(1)}"/>`]; // prettier-ignore
    }),
  );
  const dots = starts.map(({ string, accelerationMps2, forceOnDN, accepted }) => {
    const ring = accepted ? "" : ' stroke="#c0392b" stroke-width="2"';
    return `<circle class="s${string}" cx="${frame.x(Math.min(accelerationMps2, a.at(-1)!))}" cy="${frame.y(Math.min(forceOnDN, f.at(-1)!))}" r="3.5"${ring}/>`;
  });
  return frame.svg(cells.join("") + dots.join(""));
}
