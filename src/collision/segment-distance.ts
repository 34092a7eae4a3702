const clamp = (x: number): number => (x < -1 ? -1 : x > 1 ? 1 : x);

/**
 * Squared distance between two segments, c1 ± e and c2 ± g, exact to rounding for any lengths and angles.
 *
 * The distance is a convex quadratic of the two places s, t in [−1, 1]: the best place on the whole first line,
 * clamped, gives the best place on the second, and that, clamped, the best on the first. Between nearly
 * parallel lines rounding may choose the wrong end of the first; there the four ends are tried as well.
 *
 * @param rx @param ry @param rz c1 − c2 [m]
 * @param ex @param ey @param ez half of the first segment, end minus centre [m]
 * @param gx @param gy @param gz half of the second segment [m]
 * @returns [m²]
 */
// prettier-ignore
export function segmentSegmentSquared(
  rx: number, ry: number, rz: number,
  ex: number, ey: number, ez: number,
  gx: number, gy: number, gz: number,
): number {
  const ee = ex * ex + ey * ey + ez * ez;
  const gg = gx * gx + gy * gy + gz * gz;
  const eg = ex * gx + ey * gy + ez * gz;
  const er = ex * rx + ey * ry + ez * rz;
  const gr = gx * rx + gy * ry + gz * rz;
  const det = ee * gg - eg * eg;
  let s = det > 0 ? clamp((eg * gr - er * gg) / det) : 0;
  let t = gg > 0 ? (gr + s * eg) / gg : 0;
  if (gg === 0 || t < -1 || t > 1) {
    t = clamp(t);
    s = ee > 0 ? clamp((t * eg - er) / ee) : 0;
  }
  let best = gapSquared(rx, ry, rz, ex, ey, ez, gx, gy, gz, s, t);
  if (det > 1e-8 * ee * gg) return best;
  for (let end = -1; end <= 1; end += 2) {
    t = gg > 0 ? clamp((gr + end * eg) / gg) : 0;
    s = ee > 0 ? clamp((end * eg - er) / ee) : 0;
    best = Math.min(
      best,
      gapSquared(rx, ry, rz, ex, ey, ez, gx, gy, gz, end, t),
      gapSquared(rx, ry, rz, ex, ey, ez, gx, gy, gz, s, end),
    );
  }
  return best;
}

/** |r + s·e − t·g|² */
// prettier-ignore
function gapSquared(
  rx: number, ry: number, rz: number,
  ex: number, ey: number, ez: number,
  gx: number, gy: number, gz: number,
  s: number, t: number,
): number {
  const x = rx + s * ex - t * gx;
  const y = ry + s * ey - t * gy;
  const z = rz + s * ez - t * gz;
  return x * x + y * y + z * z;
}

/**
 * Squared distance from a segment to a solid box around the origin with axes along x, y, z; 0 where they overlap.
 *
 * Along the segment the squared distance is convex and piecewise quadratic: its slope is found at each place where
 * the segment passes a face's plane, and in the one piece where the slope changes sign it is a straight line.
 *
 * @param rx @param ry @param rz centre of the segment [m]
 * @param ex @param ey @param ez half of the segment, end minus centre [m]
 * @param hx @param hy @param hz half sizes of the box [m]
 * @returns [m²]
 */
// prettier-ignore
export function segmentBoxSquared(
  rx: number, ry: number, rz: number,
  ex: number, ey: number, ez: number,
  hx: number, hy: number, hz: number,
): number {
  let lo = -1;
  let hi = 1;
  let slopeLo = slopeAt(lo, rx, ry, rz, ex, ey, ez, hx, hy, hz);
  let slopeHi = slopeAt(hi, rx, ry, rz, ex, ey, ez, hx, hy, hz);
  if (slopeLo >= 0) return outsideSquared(rx - ex, ry - ey, rz - ez, hx, hy, hz);
  if (slopeHi <= 0) return outsideSquared(rx + ex, ry + ey, rz + ez, hx, hy, hz);
  for (let face = 0; face < 6; face++) {
    const r = face < 2 ? rx : face < 4 ? ry : rz;
    const e = face < 2 ? ex : face < 4 ? ey : ez;
    const h = face < 2 ? hx : face < 4 ? hy : hz;
    const at = ((face & 1 ? h : -h) - r) / e; // e = 0: not between lo and hi
    if (!(at > lo && at < hi)) continue;
    const there = slopeAt(at, rx, ry, rz, ex, ey, ez, hx, hy, hz);
    if (there > 0) {
      hi = at;
      slopeHi = there;
    } else {
      lo = at;
      slopeLo = there;
    }
  }
  const t = slopeLo === 0 ? lo : lo - ((hi - lo) * slopeLo) / (slopeHi - slopeLo);
  return outsideSquared(rx + t * ex, ry + t * ey, rz + t * ez, hx, hy, hz);
}

/** Half the slope of the squared distance at place t of the segment. */
// prettier-ignore
function slopeAt(
  t: number,
  rx: number, ry: number, rz: number,
  ex: number, ey: number, ez: number,
  hx: number, hy: number, hz: number,
): number {
  return ex * beyond(rx + t * ex, hx) + ey * beyond(ry + t * ey, hy) + ez * beyond(rz + t * ez, hz);
}

/** Squared distance of a point from the box. */
function outsideSquared(px: number, py: number, pz: number, hx: number, hy: number, hz: number): number {
  const x = beyond(px, hx);
  const y = beyond(py, hy);
  const z = beyond(pz, hz);
  return x * x + y * y + z * z;
}

/** How far a coordinate lies outside ± half, with its sign; 0 inside. */
const beyond = (v: number, half: number): number => (v > half ? v - half : v < -half ? v + half : 0);
