import { ConnectionError } from "ur-rtde-ts";
import { CellistError } from "../errors.ts";
import { bowOnString, type BowPlace } from "../instrument/bow-on-string.ts";
import type { TouchDown } from "../instrument/drift.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { compose, fromUrPose, toUrPose, type Pose, type UrPose } from "../math/pose.ts";
import { dot, sub } from "../math/vec.ts";
import type { StringName } from "../score/score.ts";
import { sayingWhy, type ArmDesk } from "./arm-desk.ts";
import { nextStates } from "./next-states.ts";
import { refuseStopped } from "./travel.ts";
import { unlessSafeguarded } from "./unless-safeguarded.ts";
import { touchHeight, type TouchHeight } from "./touch-height.ts";

/** How the bow is lowered onto a string. */
export interface TouchSettings {
  /** The descent begins so high over the string, and gives up so deep [m]. */
  readonly hoverM: number;
  readonly deepM: number;
  /** [m/s] */
  readonly speedMps: number;
  /** The descent ends at this force [N]. */
  readonly forceN: number;
}

/**
 * @assumed 1.2 N is a mezzo forte; at 4 mm/s the arm stops within a tenth of a millimetre; a cello that moved by more than
 *   8 mm is to be taught again
 */
export const TOUCH_SETTINGS: TouchSettings = { hoverM: 0.016, deepM: 0.008, speedMps: 0.004, forceN: 1.2 };

/** One string touched at one place. */
export interface FeltString extends TouchDown {
  readonly place: BowPlace;
  readonly felt: TouchHeight;
}

/** The mean over so many states tells the force: 20 ms at 500 Hz. */
const MEAN_OF = 10;
/** So long the arm stands before its sensor is taken for zero [states]. */
const SETTLE_STATES = 200;
/** And so long its zero is listened to. */
const IDLE_STATES = 100;

/**
 * Lowers the bow onto a string from `hoverM` above it, feels where it begins to press, and lifts it again.
 *
 * @param stop stops the arm where it is
 * @throws CellistError `robot-stopped` when no string is found, or the arm was stopped
 */
export async function touchDown(
  desk: ArmDesk,
  instrument: Instrument,
  place: BowPlace & { readonly string: StringName },
  settings: TouchSettings,
  stop?: AbortSignal,
): Promise<FeltString> {
  const { control, name } = desk;
  const { string } = place;
  const { hair, strings, tcp_F } = instrument;
  const { outward_B } = strings[string];
  const X_FT = fromUrPose("F", "T", tcp_F);
  const at = (heightM: number): Pose<"B", "F"> => bowOnString(hair, strings[string], { ...place, heightM });
  const tcpAt = (heightM: number): UrPose => toUrPose(compose(at(heightM), X_FT));
  const touch_B_m = compose(at(0), X_FT).p_m;
  const heightOf = (pose: ArrayLike<number>): number =>
    dot(sub([pose[0]!, pose[1]!, pose[2]!], touch_B_m), outward_B);

  await nextStates(control, SETTLE_STATES);
  await sayingWhy(name, () => control.force.zeroSensor());
  const outwardN = (f: ArrayLike<number>): number => dot([f[0]!, f[1]!, f[2]!], outward_B);
  const idle: number[] = []; // a sensor is zeroed to its noise
  await nextStates(control, IDLE_STATES, (state) => idle.push(outwardN(state.actual_TCP_force)));
  const zeroN = meanOf(idle);
  const descent = { heightM: [] as number[], forceN: [] as number[] };
  const enough = new AbortController();
  const heard = control.onState(({ actual_TCP_pose, actual_TCP_force }) => {
    descent.heightM.push(heightOf(actual_TCP_pose));
    descent.forceN.push(outwardN(actual_TCP_force) - zeroN);
    if (meanOf(descent.forceN.slice(-MEAN_OF)) > settings.forceN) enough.abort();
  });
  try {
    const lowered = control.moves.line(tcpAt(-settings.deepM), {
      speedMps: settings.speedMps,
      accelerationMps2: 0.2,
      signal: AbortSignal.any([enough.signal, ...(stop ? [stop] : [])]),
    });
    await unlessSafeguarded(desk, lowered);
  } catch (cause) {
    refuseStopped(name, stop);
    if (!(enough.signal.aborted && cause instanceof ConnectionError && cause.code === "ABORTED"))
      await sayingWhy(name, () => Promise.reject(cause as Error));
  } finally {
    heard();
  }
  const lifted = sayingWhy(name, () => control.moves.line(tcpAt(settings.hoverM), { speedMps: 0.05 }));
  await unlessSafeguarded(desk, lifted);
  const felt = enough.signal.aborted ? touchHeight(descent) : undefined;
  if (felt === undefined)
    throw new CellistError(
      "robot-stopped",
      `the bow went ${(1e3 * settings.deepM).toFixed(0)} mm deeper than the ${string} string should be and felt less than ` +
        `${settings.forceN} N; the cello has moved too far, or the bow is loose: calibrate anew`,
    );
  return { string, place, X_BF: at(felt.heightM), felt };
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
