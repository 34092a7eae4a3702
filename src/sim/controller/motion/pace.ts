import { lasting, quickest, type Trapezoid } from "./trapezoid.ts";

/** How fast to go along a segment, in its own measure. */
export interface Pace {
  readonly acceleration: number;
  readonly speed: number;
  /** Duration [s]; 0 = as speed and acceleration give. */
  readonly timeS: number;
}

/** The speed profile of a way at a pace, ending at rest. */
export const paced = (length: number, { acceleration, speed, timeS }: Pace, start = 0): Trapezoid =>
  timeS > 0 ? lasting(length, timeS, acceleration, start) : quickest(length, acceleration, speed, { start });

/** The speed at which a pace goes on when nothing hinders it. */
export const cruiseOf = (length: number, { acceleration, speed, timeS }: Pace): number =>
  timeS > 0 ? Math.max(...lasting(length, timeS, acceleration).phases.map((phase) => phase.speed), 0) : speed;
