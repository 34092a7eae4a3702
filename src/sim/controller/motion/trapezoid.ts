/** Way and speed at a moment, and the even acceleration from there on. */
interface Phase {
  readonly startS: number;
  readonly way: number;
  readonly speed: number;
  readonly acceleration: number;
}

/** Over a length in even phases: up (or down) to an even speed, along, down. Way and speed never jump. */
export interface Trapezoid {
  readonly length: number;
  readonly durationS: number;
  readonly endSpeed: number;
  readonly phases: readonly Phase[];
}

/** Where a way begins and ends other than at rest. */
export interface EndSpeeds {
  readonly start?: number;
  readonly end?: number;
}

/**
 * The quickest within speed and acceleration. A start too fast to brake from brakes harder than `acceleration`; an end
 * too fast to reach is not reached.
 *
 * @param length ≥ 0; the units of `acceleration` and `speed` follow from its unit
 */
export function quickest(
  length: number,
  acceleration: number,
  speed: number,
  ends: EndSpeeds = {},
): Trapezoid {
  const { start = 0, end = 0 } = ends;
  if (length <= 0) return { length: 0, durationS: 0, endSpeed: end, phases: [] };
  const peak = Math.sqrt(acceleration * length + (start ** 2 + end ** 2) / 2);
  if (peak <= start) return onePhase(length, start, end);
  if (peak <= end) return onePhase(length, start, Math.sqrt(start ** 2 + 2 * acceleration * length));
  return threePhases(length, acceleration, Math.min(peak, speed), { start, end });
}

/**
 * The one that takes `durationS`, with `acceleration` or as much more as the time demands.
 *
 * @param start speed at its begin; it ends at rest
 */
export function lasting(length: number, durationS: number, acceleration: number, start = 0): Trapezoid {
  if (length <= 0) return quickest(0, acceleration, 1);
  if (start > 0) return lastingFrom(start, length, durationS, acceleration);
  const a = Math.max(acceleration, (4 * length) / durationS ** 2);
  const rampS = (durationS - Math.sqrt(Math.max(0, durationS ** 2 - (4 * length) / a))) / 2;
  return threePhases(length, a, a * rampS, { start: 0, end: 0 });
}

/** Way, speed and acceleration at a time after the start. */
export function at(
  { length, durationS, endSpeed, phases }: Trapezoid,
  timeS: number,
): [number, number, number] {
  if (timeS >= durationS) return [length, endSpeed, 0];
  let phase = phases[0]!;
  for (const later of phases) if (later.startS <= timeS) phase = later;
  const t = timeS - phase.startS;
  const { way, speed, acceleration: a } = phase;
  return [way + t * (speed + 0.5 * a * t), speed + a * t, a];
}

/** Halvings that pin a duration down to rounding. */
const HALVINGS = 60;

/** The cruising speed that makes the duration, by halving; a harder acceleration first where none does. */
function lastingFrom(start: number, length: number, durationS: number, acceleration: number): Trapezoid {
  let a = acceleration;
  const made = (speed: number) => quickest(length, a, speed, { start });
  while (made(Infinity).durationS > durationS && a < 1e6) a *= 1.1;
  let [slow, fast] = [0, Math.max(start, (2 * length) / durationS) + a * durationS];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (slow + fast) / 2;
    if (middle <= 0 || made(middle).durationS > durationS) slow = middle;
    else fast = middle;
  }
  return made(fast);
}

function onePhase(length: number, start: number, end: number): Trapezoid {
  const durationS = (2 * length) / (start + end);
  const phase = { startS: 0, way: 0, speed: start, acceleration: (end - start) / durationS };
  return { length, durationS, endSpeed: end, phases: [phase] };
}

function threePhases(
  length: number,
  acceleration: number,
  cruise: number,
  { start, end }: Required<EndSpeeds>,
): Trapezoid {
  const [upS, downS] = [Math.abs(cruise - start) / acceleration, Math.abs(cruise - end) / acceleration];
  const upWay = (upS * (start + cruise)) / 2;
  const cruiseWay = Math.max(0, length - upWay - (downS * (cruise + end)) / 2);
  const cruiseS = cruiseWay / cruise;
  const durationS = upS + cruiseS + downS;
  const phases = [
    { startS: 0, way: 0, speed: start, acceleration: acceleration * Math.sign(cruise - start) },
    { startS: upS, way: upWay, speed: cruise, acceleration: 0 },
    {
      startS: upS + cruiseS,
      way: upWay + cruiseWay,
      speed: cruise,
      acceleration: acceleration * Math.sign(end - cruise),
    },
  ];
  return { length, durationS, endSpeed: end, phases };
}
