/** Share of a ramp over which the acceleration rises, and again over which it falls: half a cosine each. */
const EDGE = 0.25;

/**
 * 0 → 1 at even speed between two ramps, with continuous acceleration that is flat in the middle of each ramp: near the
 * least acceleration there is for the time.
 *
 *     peak slope 1/(1 − r),   peak curvature 1/(r · (1 − r) · (1 − EDGE))
 *
 * @param x clamped to [0, 1]
 * @param ramp r, share of the time that each ramp takes, in (0, 1/2]
 * @source the modified trapezoid of cam design, Norton, Cam Design and Manufacturing Handbook
 */
export function cruiseStep(x: number, ramp: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > 0.5) return 1 - cruiseStep(1 - x, ramp);
  const speed = 1 / (1 - ramp);
  if (x >= ramp) return speed * (x - ramp / 2);
  if (x > ramp / 2) return speed * (x - ramp / 2) + rampStart(ramp - x, ramp, speed);
  return rampStart(x, ramp, speed);
}

/** Way covered in the first half of a ramp. */
function rampStart(x: number, ramp: number, speed: number): number {
  const edge = EDGE * ramp;
  const peak = speed / (ramp - edge);
  if (x <= edge) {
    const w = edge / Math.PI;
    return (peak / 2) * ((x * x) / 2 + w * w * (Math.cos(x / w) - 1));
  }
  const since = x - edge;
  const atEdge = peak * edge * edge * (0.25 - 1 / Math.PI ** 2);
  return atEdge + (peak * edge * since) / 2 + (peak * since * since) / 2;
}
