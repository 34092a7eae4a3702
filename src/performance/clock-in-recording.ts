import { CellistError } from "../errors.ts";
import { envelopeOffset } from "../evaluation/audio/envelope-offset.ts";
import type { TakeClock } from "../evaluation/audio/take-clock.ts";
import type { PerformanceRecord } from "../evaluation/performance-record.ts";
import { scoreClock } from "../evaluation/score-clock.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { DEFAULT_SOUND } from "../sound/sound-settings.ts";
import { mixOf } from "../sound/stems.ts";
import type { Recording } from "../sound/wav.ts";
import { soundOfPerformance } from "./sound-of-performance.ts";

/** A recording may begin and end so far from its bag [s]. */
const MOST_S = 30;
/** Less alike than this, two recordings are not of one performance [-]. @assumed */
const LEAST_CORRELATION = 0.3;

/**
 * When score second 0 is in a recording of a performance whose bag is at hand: the bag's own sound is rendered and laid
 * over the recording, to 5 ms.
 *
 * @throws CellistError `take-unheard` where they do not fit
 */
export function clockInRecording(
  recording: Recording,
  record: PerformanceRecord,
  instrument: Pick<Instrument, "strings">,
): TakeClock {
  const { stems } = soundOfPerformance(record, instrument, DEFAULT_SOUND);
  const bag = { samples: mixOf(stems).mix.left, sampleRateHz: stems.sampleRateHz };
  const { offsetS, correlation } = envelopeOffset(
    bag,
    { samples: recording.channels[0]!, sampleRateHz: recording.sampleRateHz },
    MOST_S,
  );
  if (correlation < LEAST_CORRELATION)
    throw new CellistError(
      "take-unheard",
      `the recording does not fit the bag: their loudness agrees by ${correlation.toFixed(2)} at best, ${LEAST_CORRELATION} is needed; give the bag of the same performance`,
    );
  const zeroS = scoreClock(record).scoreZeroRobotS - (record.robotTimeS[0] ?? 0) + offsetS;
  return { zeroS, tempo: 1 };
}
