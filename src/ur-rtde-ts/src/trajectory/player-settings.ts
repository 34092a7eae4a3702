/** How the player program plays a path. */
export interface PlayerSettings {
  /** servoj's look-ahead, 0.03 to 0.2 [s]: the arm lags the path by about this and 4 ms. */
  readonly lookaheadS: number;
  /** servoj's gain, 100 to 2000. */
  readonly gain: number;
  /** Time from full speed to rest along the path: pause, stop, a dry buffer and a silent host [s]. */
  readonly stopS: number;
  /** Path time that must be buffered before it starts; less is enough when the buffer is full or holds all [s]. */
  readonly startAheadS: number;
  /** The arm may stand so far from the first knot, per joint [rad]. */
  readonly startTolerance_rad: number;
  /** A host that says nothing for so long is taken for dead: the arm comes to rest on its path [s]. */
  readonly hostSilenceS: number;
  /** Time given to the servo to settle once path time stands, before the program ends [s]. */
  readonly settleS: number;
  /** Knots kept on the controller, 4 to 256. */
  readonly ringKnots: number;
}

/** @source look-ahead and gain: what Universal Robots' own driver streams with; the rest @assumed */
export const PLAYER_SETTINGS: PlayerSettings = {
  lookaheadS: 0.03,
  gain: 2000,
  stopS: 0.25,
  startAheadS: 1.5,
  startTolerance_rad: 0.02,
  hostSilenceS: 1,
  settleS: 0.3,
  ringKnots: 128,
};

/** What settings mean in time: promises that can be counted with. */
export interface RestPromise {
  /** Longest time from a stop, pause or dry buffer to a standing target [s]. */
  readonly targetRestS: number;
  /** The same to a standing arm: the servo has settled [s]. */
  readonly armRestS: number;
  /** Path time covered on the way to rest, from full rate [s]. */
  readonly wayS: number;
}

/**
 * Time and way to rest along the path. The rate falls evenly from r to 0 in r · stopS, so path time advances by
 * r² · stopS / 2 meanwhile.
 *
 * @param rate how fast path time runs when the stop is asked for, 0 to 1
 */
export function restPromise({ stopS, settleS }: PlayerSettings, rate = 1): RestPromise {
  return { targetRestS: rate * stopS, armRestS: rate * stopS + settleS, wayS: (rate * rate * stopS) / 2 };
}

const RANGES: Readonly<Record<keyof PlayerSettings, readonly [number, number]>> = {
  lookaheadS: [0.03, 0.2],
  gain: [100, 2000],
  stopS: [0.02, 5],
  startAheadS: [0, 60],
  startTolerance_rad: [0, 0.2],
  hostSilenceS: [0.1, 3600],
  settleS: [0, 5],
  ringKnots: [4, 256],
};

/** The settings, defaults filled in. @throws RangeError with the setting, its value and its range */
export function playerSettings(given: Partial<PlayerSettings> = {}): PlayerSettings {
  const settings = { ...PLAYER_SETTINGS, ...given };
  for (const [name, [least, most]] of Object.entries(RANGES)) {
    const value = settings[name as keyof PlayerSettings];
    if (value >= least && value <= most) continue;
    throw new RangeError(`Player setting ${name} is ${value}; it must be ${least} to ${most}.`);
  }
  return settings;
}
