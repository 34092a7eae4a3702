import { scoreClock } from "../evaluation/score-clock.ts";
import type { PerformanceRecord } from "../evaluation/performance-record.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { STRING_NAMES } from "../score/score.ts";
import { renderSound, type RenderedSound, type SoundInput } from "../sound/render.ts";
import type { SoundSettings } from "../sound/sound-settings.ts";
import { virtualLeftHand } from "../sound/string/left-hand.ts";

/** Period the strings are driven at: one control cycle [s]. */
const PERIOD_S = 0.002;

/**
 * The sound of a recorded performance: bow contacts and joints from the record, a virtual left hand on the score's clock.
 *
 * @returns as loud as the strings make it; time 0 is the record's first row
 */
export function soundOfPerformance(
  record: PerformanceRecord,
  instrument: Pick<Instrument, "strings">,
  settings: SoundSettings,
): RenderedSound {
  return renderSound(soundInputOf(record, instrument), settings);
}

/** All that the sound of a recorded performance depends on. */
export function soundInputOf(record: PerformanceRecord, instrument: Pick<Instrument, "strings">): SoundInput {
  const clock = scoreClock(record);
  const strings = STRING_NAMES.map((name) => {
    const { physics, lengthM } = instrument.strings[name];
    return { ...physics, lengthM };
  });
  const firstS = record.robotTimeS[0] ?? 0;
  const fingers = virtualLeftHand(
    record.plan.notes,
    strings.map((s) => s.openMidi),
    { timeAt: (scoreS) => robotTimeAt(clock.scoreS, record.robotTimeS, scoreS) - firstS },
  );
  return { periodS: PERIOD_S, ...evenRows(record), fingers, strings };
}

/** Robot time at which the score clock first shows a second; before and after the record it runs on evenly [s]. */
export function robotTimeAt(scoreS: Float64Array, robotTimeS: Float64Array, atS: number): number {
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

/** Rows on an even grid: a lost state is bridged by the one before it, so that later sound stays in place. */
function evenRows({ robotTimeS, contacts, qd_radps }: PerformanceRecord) {
  const n = robotTimeS.length;
  const rows = n === 0 ? 0 : Math.round((robotTimeS[n - 1]! - robotTimeS[0]!) / PERIOD_S) + 1;
  const from = new Int32Array(rows);
  for (let row = 0, k = 0; row < rows; row++) {
    while (k + 1 < n && robotTimeS[k + 1]! <= robotTimeS[0]! + row * PERIOD_S + 1e-6) k++;
    from[row] = k;
  }
  const even = (values: Float64Array, width: number): Float64Array => {
    const out = new Float64Array(rows * width);
    for (let row = 0; row < rows; row++)
      for (let s = 0; s < width; s++) out[row * width + s] = finite(values[from[row]! * width + s]!);
    return out;
  };
  return {
    contacts: {
      forceN: even(contacts.forceN, 4),
      bowSpeedMps: even(contacts.bowSpeedMps, 4),
      contactM: even(contacts.contactM, 4),
    },
    jointSpeeds_radps: even(qd_radps, 6),
  };
}

const finite = (value: number): number => (Number.isFinite(value) ? value : 0);
