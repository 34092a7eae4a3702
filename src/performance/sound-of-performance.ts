import { scoreClock } from "../evaluation/score-clock.ts";
import type { PerformanceRecord } from "../evaluation/performance-record.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { STRING_NAMES } from "../score/score.ts";
import { virtualLeftHand } from "../sound/left-hand.ts";
import { LISTENING_LEVEL, normaliseLoudness, type NormalisedSound } from "../sound/normalise-loudness.ts";
import { renderSound } from "../sound/render.ts";
import type { SoundSettings } from "../sound/sound-settings.ts";

/** Period the strings are driven at: one control cycle [s]. */
const PERIOD_S = 0.002;

/**
 * The sound of a recorded performance: bow contacts from the record, a virtual left hand on the score's clock.
 *
 * @returns mono samples at `settings.sampleRateHz`, brought to the listening level as a whole
 */
export function soundOfPerformance(
  record: PerformanceRecord,
  instrument: Pick<Instrument, "strings">,
  settings: SoundSettings,
): NormalisedSound {
  const clock = scoreClock(record);
  const strings = STRING_NAMES.map((name) => instrument.strings[name].physics);
  const firstS = record.robotTimeS[0] ?? 0;
  const fingers = virtualLeftHand(
    record.plan.notes,
    strings.map((s) => s.openMidi),
    { timeAt: (scoreS) => robotTimeAt(clock.scoreS, record.robotTimeS, scoreS) - firstS },
  );
  const lengthM = instrument.strings.A.lengthM;
  const samples = renderSound(
    { periodS: PERIOD_S, contacts: evenContacts(record), fingers, strings, lengthM },
    settings,
  );
  return normaliseLoudness(samples, settings.sampleRateHz, LISTENING_LEVEL);
}

/** Robot time at which the score clock first shows a second; before and after the record it runs on evenly [s]. */
function robotTimeAt(scoreS: Float64Array, robotTimeS: Float64Array, atS: number): number {
  let [low, high] = [0, scoreS.length - 1];
  if (atS <= scoreS[low]!) return robotTimeS[low]! + atS - scoreS[low]!;
  if (atS >= scoreS[high]!) return robotTimeS[high]! + atS - scoreS[high]!;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (scoreS[middle]! < atS) low = middle;
    else high = middle;
  }
  return robotTimeS[high]!;
}

/** Contacts on an even grid: a lost state is bridged by the one before it, so that later sound stays in place. */
function evenContacts({ robotTimeS, contacts }: PerformanceRecord) {
  const n = robotTimeS.length;
  const rows = n === 0 ? 0 : Math.round((robotTimeS[n - 1]! - robotTimeS[0]!) / PERIOD_S) + 1;
  const even = (values: Float64Array): Float64Array => {
    const out = new Float64Array(rows * 4);
    for (let row = 0, from = 0; row < rows; row++) {
      while (from + 1 < n && robotTimeS[from + 1]! <= robotTimeS[0]! + row * PERIOD_S + 1e-6) from++;
      for (let s = 0; s < 4; s++) out[row * 4 + s] = finite(values[from * 4 + s]!);
    }
    return out;
  };
  return {
    forceN: even(contacts.forceN),
    bowSpeedMps: even(contacts.bowSpeedMps),
    contactM: even(contacts.contactM),
  };
}

const finite = (value: number): number => (Number.isFinite(value) ? value : 0);
