import { CELLO_STRINGS, type BowedString } from "../../instrument/strings.ts";
import { STRING_NAMES, type StringName } from "../../score/score.ts";
import { chartFrame, type ChartFrame } from "./chart-frame.ts";
import { curve } from "./curve.ts";

/** A note as it was bowed. */
export interface BowedPoint {
  readonly string: StringName;
  /** Distance of the hair from the bridge over the sounding length [-]. */
  readonly beta: number;
  readonly speedMps: number;
  readonly forceN: number;
  /** The string moved once per period for most of the note; null = it cannot be said. */
  readonly good: boolean | null;
}

const FROM = 0.04;
const TO = 0.25;
const BETAS = Float64Array.from({ length: 60 }, (_, i) => FROM + ((TO - FROM) * i) / 59);

/**
 * Schelleng's diagram for any speed and string: force over impedance and speed. The upper limit is then one line for all
 * strings, the lower one for each.
 *
 *     F_max / Z₀v = 2 / (β·Δµ),   F_min / Z₀v = Z₀ / (2·R·β²·Δµ)
 */
export function schellengPlot(points: readonly BowedPoint[]): string {
  const frame = chartFrame({
    title:
      "Schelleng: the notes played (dots; ringed red where the string did not keep its motion) and the limits",
    x: { from: FROM, to: TO, label: "distance from the bridge over sounding length" },
    y: { from: 0.01, to: 100, label: "force / (impedance × speed)", log: true },
  });
  const physics = (name: StringName): BowedString => CELLO_STRINGS[name];
  const upper = BETAS.map((beta) => 2 / (beta * physics("A").frictionDrop));
  const lower = STRING_NAMES.map((name) => {
    const { impedanceKgps: z, bridgeResistanceKgps: r, frictionDrop } = physics(name);
    return `<g class="limit s${name}line">${curve(frame, BETAS, BETAS.map((beta) => z / (2 * r * beta * beta * frictionDrop)), "line thin")}</g>`; // prettier-ignore
  });
  return frame.svg(
    curve(frame, BETAS, upper, "line") + lower.join("") + points.map((p) => dot(frame, p)).join(""),
  );
}

function dot(frame: ChartFrame, { string, beta, speedMps, forceN, good }: BowedPoint): string {
  const [x, y] = [
    frame.x(Math.min(TO, Math.max(FROM, beta))),
    frame.y(forceN / (CELLO_STRINGS[string].impedanceKgps * speedMps)),
  ];
  const ring = good === false ? ' stroke="#c0392b" stroke-width="2"' : "";
  return `<circle class="s${string}" cx="${x}" cy="${y}" r="3.5"${ring}/>`;
}
