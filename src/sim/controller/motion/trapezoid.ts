/** Rest to rest over a length: even acceleration, even speed, even deceleration. */
export interface Trapezoid {
  readonly length: number;
  readonly acceleration: number;
  readonly rampS: number;
  readonly durationS: number;
}

/** The quickest within speed and acceleration. */
export function quickest(length: number, acceleration: number, speed: number): Trapezoid {
  const rampS = Math.min(speed / acceleration, Math.sqrt(length / acceleration));
  const cruiseS = rampS > 0 ? Math.max(0, length / (acceleration * rampS) - rampS) : 0;
  return { length, acceleration, rampS, durationS: 2 * rampS + cruiseS };
}

/** The one that takes `durationS`, with `acceleration` or as much more as the time demands. */
export function lasting(length: number, durationS: number, acceleration: number): Trapezoid {
  const a = Math.max(acceleration, (4 * length) / durationS ** 2);
  const rampS = (durationS - Math.sqrt(Math.max(0, durationS ** 2 - (4 * length) / a))) / 2;
  return { length, acceleration: a, rampS, durationS };
}

/** Way, speed and acceleration at a time after the start. */
export function at(
  { length, acceleration: a, rampS, durationS }: Trapezoid,
  timeS: number,
): [number, number, number] {
  if (timeS >= durationS) return [length, 0, 0];
  if (timeS < rampS) return [0.5 * a * timeS ** 2, a * timeS, a];
  const leftS = durationS - timeS;
  if (leftS < rampS) return [length - 0.5 * a * leftS ** 2, a * leftS, -a];
  return [a * rampS * (timeS - 0.5 * rampS), a * rampS, 0];
}
