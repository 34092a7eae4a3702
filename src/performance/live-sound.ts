import type { BowPlan } from "../bowing/bow-plan.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { STRING_NAMES } from "../score/score.ts";
import { LiveCello, type LiveRow } from "../sound/live-cello.ts";
import { HOP_OUT_SAMPLES } from "../sound/render.ts";
import type { SoundSettings } from "../sound/sound-settings.ts";
import { stopCurve, virtualLeftHand } from "../sound/string/left-hand.ts";
import { openPeriodS, stoppedPeriodS } from "../sound/string/tuning.ts";
import { Lateness } from "./lateness.ts";
import type { PcmSink } from "./pcm-sink.ts";

/** The bow is told once in a control cycle [s]. */
export const ROW_S = 0.002;
/** Rows that are written together: 10 ms. */
const BLOCK_ROWS = 5;
/** Silence written ahead of the first sound, so that whoever plays has something while a block is late [s]. */
const LEAD_S = 0.02;
/** The left hand's time begins so long before the score, and goes on so long after it [s]. */
const MARGIN_S = 2;
/** Missing bow states are filled for so long; more are left out, for filling them would make what follows later still [s]. */
const MOST_FILLED_S = 0.1;
/** A bow state that is later than this is left out: late sound is no live sound, and what comes after it would be late, too [s]. */
export const MOST_LATE_S = 0.1;
/** Sound begins so long before the score [s]: a moment of silence. */
const BEFORE_S = 0.5;

/**
 * What live sound came to. Times from when a bow state would have come, had it waited for nobody, to its sound's being
 * written [s].
 */
export interface LiveSoundReport {
  readonly soundS: number;
  readonly medianLatencyS: number;
  readonly p99LatencyS: number;
  readonly worstLatencyS: number;
  /** Times that whoever plays had nothing left to play. */
  readonly underruns: number;
  /** Bow states that never came, filled with the one before. */
  readonly filledRows: number;
  /** Bow states without sound: too many in a row that never came, or came too late. */
  readonly leftOutRows: number;
  /** Sound that whoever plays did not take [s]. */
  readonly lostS: number;
  /** Samples louder than can be written. */
  readonly clipped: number;
}

/** A piece's cello, played from bow states as they arrive, written as PCM in blocks. */
export class LiveSound {
  readonly #cello: LiveCello;
  readonly #sink: PcmSink;
  readonly #gain: number;
  readonly #sampleRateHz: number;
  readonly #nowS: () => number;
  readonly #lateness = new Lateness();
  readonly #block: Int16Array;
  #inBlock = 0;
  /** When the rows were due whose sound is still to come, oldest first. */
  readonly #dueS: number[] = [];
  #blockDueS = 0;
  readonly #latenciesS: number[] = [];
  #playsSinceS: number | undefined;
  #writtenS = 0;
  #soundS = 0;
  #lostS = 0;
  #underruns = 0;
  #filledRows = 0;
  #leftOutRows = 0;
  #clipped = 0;
  #lastRow: LiveRow | undefined;
  #lastRobotS = NaN;
  readonly #endS: number;

  /** @param out where it goes, how much louder than the strings make it, and a clock that never runs backwards */
  constructor(
    plan: BowPlan,
    { strings: lines }: Pick<Instrument, "strings">,
    out: { readonly sink: PcmSink; readonly gainDb: number; readonly nowS: () => number },
    settings: SoundSettings,
  ) {
    const strings = STRING_NAMES.map((name) => ({ ...lines[name].physics, lengthM: lines[name].lengthM }));
    const stepS = HOP_OUT_SAMPLES / settings.sampleRateHz;
    const lengthS = (plan.notes.at(-1)?.endS ?? 0) + 2 * MARGIN_S;
    const open = strings.map((s) => s.openMidi);
    const fingers = virtualLeftHand(plan.notes, open, { timeAt: (scoreS) => scoreS + MARGIN_S });
    const { fingerMoveS: moveS, shiftSPerSemitone } = settings;
    const grid = { count: Math.ceil(lengthS / stepS) + 1, stepS, moveS, shiftSPerSemitone };
    const stops = strings.map((string, s) =>
      stopCurve(fingers, s, grid, (midi) =>
        midi === "open" ? openPeriodS(string, settings) : stoppedPeriodS(string, midi, settings),
      ),
    );
    this.#cello = new LiveCello(strings, { stepS, stops }, ROW_S, settings);
    this.#endS = lengthS - 2 * MARGIN_S;
    this.#sink = out.sink;
    this.#gain = 10 ** (out.gainDb / 20) * 32767;
    this.#nowS = out.nowS;
    this.#sampleRateHz = settings.sampleRateHz;
    this.#block = new Int16Array(2 * Math.round(BLOCK_ROWS * ROW_S * settings.sampleRateHz));
  }

  /** One bow state. @param scoreS where the arm is in the score, @param robotS its clock: where states are missing, time goes on */
  hear(row: Omit<LiveRow, "handS">, scoreS: number, robotS: number): void {
    const nowS = this.#nowS();
    const lateS = this.#lateness.of(nowS, robotS);
    if (scoreS < -BEFORE_S || scoreS > this.#endS + MARGIN_S) return; // the arm comes, or has gone
    const missing = Math.max(0, Math.round((robotS - this.#lastRobotS) / ROW_S) - 1 || 0);
    this.#lastRobotS = robotS;
    if (lateS > MOST_LATE_S) return void (this.#leftOutRows += missing + 1);
    if (missing * ROW_S > MOST_FILLED_S) this.#leftOutRows += missing;
    else
      for (let k = 0; k < missing && this.#lastRow; k++) {
        this.#filledRows++;
        this.#push(this.#lastRow, nowS - lateS);
      }
    this.#lastRow = {
      forceN: Float64Array.from(row.forceN, finite),
      bowSpeedMps: Float64Array.from(row.bowSpeedMps, finite),
      contactM: Float64Array.from(row.contactM, finite),
      handS: scoreS + MARGIN_S,
    };
    this.#push(this.#lastRow, nowS - lateS);
  }

  report(): LiveSoundReport {
    const sorted = [...this.#latenciesS].sort((a, b) => a - b);
    const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? NaN;
    return {
      soundS: this.#soundS,
      medianLatencyS: at(0.5),
      p99LatencyS: at(0.99),
      worstLatencyS: at(1),
      underruns: this.#underruns,
      filledRows: this.#filledRows,
      leftOutRows: this.#leftOutRows,
      lostS: this.#lostS,
      clipped: this.#clipped,
    };
  }

  #push(row: LiveRow, dueS: number): void {
    this.#dueS.push(dueS);
    const heard = this.#cello.push(row);
    if (!heard) return;
    const firstS = this.#dueS.shift()!;
    if (this.#inBlock === 0) this.#blockDueS = firstS;
    for (let n = 0; n < heard.left.length; n++) {
      this.#block[this.#inBlock++] = this.#sample(heard.left[n]!);
      this.#block[this.#inBlock++] = this.#sample(heard.right[n]!);
    }
    if (this.#inBlock === this.#block.length) this.#write();
  }

  #sample(x: number): number {
    const value = Math.round(x * this.#gain);
    if (value <= 32767 && value >= -32768) return value;
    this.#clipped++;
    return value > 0 ? 32767 : -32768;
  }

  #write(): void {
    this.#inBlock = 0;
    const blockS = BLOCK_ROWS * ROW_S;
    const nowS = this.#nowS();
    if (this.#playsSinceS === undefined) this.#lead(nowS);
    else if (nowS - this.#playsSinceS > this.#writtenS) {
      this.#underruns++;
      this.#lead(nowS);
    }
    this.#soundS += blockS;
    this.#writtenS += blockS;
    if (!this.#sink.write(this.#block.slice())) this.#lostS += blockS;
    this.#latenciesS.push(nowS - this.#blockDueS);
  }

  /** Begins, after nothing was left to play, with a little silence. */
  #lead(nowS: number): void {
    this.#playsSinceS = nowS;
    this.#writtenS = LEAD_S;
    this.#sink.write(new Int16Array(2 * Math.round(LEAD_S * this.#sampleRateHz)));
  }
}

const finite = (x: number): number => (Number.isFinite(x) ? x : 0);

/** One line for a person. */
export function sayLiveSound(r: LiveSoundReport): string {
  const ms = (s: number): string => `${(1e3 * s).toFixed(1)} ms`;
  const troubles = [
    r.underruns > 0 ? `${r.underruns} underruns` : "",
    r.filledRows > 0 ? `${r.filledRows} bow states missing` : "",
    r.leftOutRows > 0
      ? `${(r.leftOutRows * ROW_S).toFixed(2)} s left out, for the sound could not keep up`
      : "",
    r.lostS > 0 ? `${r.lostS.toFixed(2)} s not taken by whoever plays` : "",
    r.clipped > 0 ? `${r.clipped} samples clipped` : "",
  ].filter(Boolean);
  return (
    `live sound: ${r.soundS.toFixed(1)} s; from bow to written sound ${ms(r.medianLatencyS)} in the median, 99 % within ${ms(r.p99LatencyS)}, ` +
    `at most ${ms(r.worstLatencyS)}; ${troubles.length === 0 ? "no underruns" : troubles.join(", ")}`
  );
}
