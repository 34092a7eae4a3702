import type { BagReader } from "../bag/bag-reader.ts";
import { CellistError } from "../errors.ts";
import type { ParameterTable } from "../ros/node/parameters.ts";
import { nanosecondsOf } from "../ros/time.ts";

/** How a bag is played, as parameters of the player. */
export const PLAYER_PARAMETERS = {
  bag: { type: "string", default: "", what: "file or folder to play", readOnly: true },
  topics: {
    type: "string_array",
    default: [] as readonly string[],
    what: "topics to play; empty: all",
    readOnly: true,
  },
  exclude: {
    type: "string_array",
    default: [] as readonly string[],
    what: "topics not to play",
    readOnly: true,
  },
  rate: {
    type: "double",
    default: 1,
    min: 0.001,
    max: 1000,
    what: "bag seconds a wall second [-]",
    readOnly: true,
  },
  loop: { type: "bool", default: false, what: "begins again at the end", readOnly: true },
  paused: { type: "bool", default: false, what: "waits for ~/resume or ~/play_next", readOnly: true },
  start: {
    type: "double",
    default: 0,
    min: 0,
    what: "where to begin, from the bag's start [s]",
    readOnly: true,
  },
  duration: { type: "double", default: -1, what: "how much to play; below 0: all [s]", readOnly: true },
  clock_hz: {
    type: "double",
    default: 0,
    min: 0,
    max: 1000,
    what: "how often /clock tells the bag's time; 0: never [Hz]",
    readOnly: true,
  },
  finish: { type: "bool", default: true, what: "ends the launch at the end of the bag", readOnly: true },
} as const satisfies ParameterTable;

/** Values of `PLAYER_PARAMETERS`. */
export interface PlaySettings {
  readonly topics: readonly string[];
  readonly exclude: readonly string[];
  readonly rate: number;
  readonly loop: boolean;
  readonly paused: boolean;
  readonly start: number;
  readonly duration: number;
  readonly clock_hz: number;
}

/** The part of a bag that its settings ask for, as log times. @throws CellistError "usage" when that is outside the bag */
export async function spanOf(
  reader: BagReader,
  { start, duration }: { readonly start: number; readonly duration: number },
): Promise<{ readonly startNs: bigint; readonly endNs: bigint }> {
  const { startNs, endNs } = await reader.span();
  const fromNs = startNs + nanosecondsOf(start);
  if (fromNs > endNs) {
    const lengthS = Number(endNs - startNs) / 1e9;
    throw new CellistError(
      "usage",
      `${reader.path} is ${lengthS.toFixed(3)} s long; it cannot start at ${start} s`,
    );
  }
  const untilNs = duration < 0 ? endNs : fromNs + nanosecondsOf(duration);
  return { startNs: fromNs, endNs: untilNs < endNs ? untilNs : endNs };
}
