import { DYNAMICS, type Dynamic } from "./score.ts";

/**
 * MIDI velocity of each dynamic: steps of 16, mf = 80.
 *
 * @source the spacing notation programs use when they export dynamics (p 49, mp 64, mf 80, f 96, ff 112)
 */
export const VELOCITY_OF_DYNAMIC: Readonly<Record<Dynamic, number>> = {
  pp: 33,
  p: 49,
  mp: 64,
  mf: 80,
  f: 96,
  ff: 112,
};

/**
 * The dynamic nearest to a velocity; a tie goes to the louder one.
 *
 *     pp 1–40 · p 41–56 · mp 57–71 · mf 72–87 · f 88–103 · ff 104–127
 *
 * @param velocity 1..127
 */
export function dynamicOfVelocity(velocity: number): Dynamic {
  const distance = (dynamic: Dynamic): number => Math.abs(VELOCITY_OF_DYNAMIC[dynamic] - velocity);
  return DYNAMICS.reduce((best, dynamic) => (distance(dynamic) <= distance(best) ? dynamic : best));
}
