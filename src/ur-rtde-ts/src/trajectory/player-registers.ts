/**
 * Which general-purpose register carries what between host and player program.
 *
 * Only the upper half (24 to 47) is used: the lower half belongs to field buses.
 */
export const PLAYER_REGISTERS = {
  /** Host to robot, integers. */
  knotNumber: 24, // from 1; a new number = a new knot lies in the registers
  want: 25,
  session: 26, // anything else than the program's own number is a leftover of an earlier run
  lastKnot: 27, // number of the path's last knot, 0 = not known yet
  beat: 28, // changes while the host lives
  /** Host to robot, doubles. */
  knotTime: 24,
  knotValues: 25, // q, qd, qdd: 18 doubles, 25 … 42
  /** Robot to host, integers. */
  accepted: 24,
  phase: 25,
  sessionEcho: 26,
  wantEcho: 27,
  /** Robot to host, doubles. */
  pathTime: 24,
  rate: 25,
  ahead: 26,
  leastSlack: 27,
  target: 28, // the joints commanded in this cycle: 6 doubles, 28 … 33
} as const;

/** What the host wants of the player: levels, not events, so that a lost package changes nothing. */
export const WANT = { wait: 0, play: 1, pause: 2, stop: 3 } as const;
