import { Cello } from "./cello.ts";
import { HalfRate } from "./half-rate.ts";
import { HOP_OUT_SAMPLES } from "./render.ts";
import { Room } from "./room/room.ts";
import type { SoundSettings } from "./sound-settings.ts";
import type { StereoSound } from "./stems.ts";
import { readSmooth } from "./string/smooth-curve.ts";
import { feltForceN } from "./string/string-contact.ts";
import type { StopCurve } from "./string/left-hand.ts";
import {
  bridgeTripOf,
  HOP_SAMPLES,
  OVERSAMPLING,
  type LongString,
  type StringDrive,
} from "./string/string-drive.ts";

/** The bow on the strings C, G, D, A at one moment. */
export interface BowRow {
  readonly forceN: ArrayLike<number>;
  readonly bowSpeedMps: ArrayLike<number>;
  readonly contactM: ArrayLike<number>;
  /** Where the left hand is: seconds on the axis of its stops. */
  readonly handS: number;
}

/** What the left hand does to each string along its own time, as `stopCurve` gives it. */
export interface LeftHandAhead {
  readonly stepS: number;
  /** C, G, D, A. */
  readonly stops: readonly StopCurve[];
}

/** Rows a smooth curve is read from: one before, three after. */
const ROWS = 4;

/**
 * A cello that sounds while it is bowed: takes one row of contact at a time and gives as much sound back.
 *
 * The same strings, body and room as `renderSound`. What it cannot know is the future: where the hair is in the air, speed
 * and place stay as they were until it lands. Sound comes two rows after its bow: a smooth curve needs the row after next.
 */
export class LiveCello {
  /** How much later than the bow its sound is, at the end of a row [s]. */
  readonly delayS: number;
  readonly #strings: readonly LongString[];
  readonly #settings: SoundSettings;
  readonly #hand: LeftHandAhead;
  readonly #cello: Cello;
  readonly #room: Room;
  readonly #halves = [new HalfRate(HOP_SAMPLES), new HalfRate(HOP_SAMPLES)] as const;
  readonly #hops: number;
  readonly #drives: readonly StringDrive[];
  /** The last `ROWS` rows of each string, oldest first. */
  readonly #force: readonly Float64Array[];
  readonly #speed: readonly Float64Array[];
  readonly #place: readonly Float64Array[];
  readonly #handS = new Float64Array(ROWS);
  #rows = 0;

  /** @param periodS time from row to row, a whole number of half milliseconds */
  constructor(strings: readonly LongString[], hand: LeftHandAhead, periodS: number, settings: SoundSettings) {
    this.#strings = strings;
    this.#settings = settings;
    this.#hand = hand;
    this.#hops = Math.round((periodS * settings.sampleRateHz) / HOP_OUT_SAMPLES);
    this.delayS = 2 * periodS + HalfRate.delay / (OVERSAMPLING * settings.sampleRateHz);
    this.#cello = new Cello(strings, settings);
    this.#room = new Room(settings.room, settings.sampleRateHz);
    this.#drives = strings.map(() => emptyDrive(this.#hops + 1));
    [this.#force, this.#speed, this.#place] = [0, 0, 0].map(() =>
      strings.map(() => new Float64Array(ROWS)),
    ) as [Float64Array[], Float64Array[], Float64Array[]];
  }

  /** Cello and room of one row's time; the first rows of a performance are silence. */
  push(row: BowRow): StereoSound {
    this.#take(row);
    const samples = this.#hops * HOP_OUT_SAMPLES;
    const dry = { left: new Float32Array(samples), right: new Float32Array(samples) };
    const room = { left: new Float32Array(samples), right: new Float32Array(samples) };
    this.#strings.forEach((_, s) => this.#steer(s));
    for (let hop = 0; hop < this.#hops; hop++) {
      const heard = this.#cello.play(this.#drives, hop);
      this.#halves[0].push(heard.left, dry.left, hop * HOP_OUT_SAMPLES);
      this.#halves[1].push(heard.right, dry.right, hop * HOP_OUT_SAMPLES);
    }
    this.#room.answer(dry.left, dry.right, room);
    for (let n = 0; n < samples; n++) {
      room.left[n]! += dry.left[n]!;
      room.right[n]! += dry.right[n]!;
    }
    return room;
  }

  #take(row: BowRow): void {
    const first = this.#rows++ === 0;
    const keep = (past: Float64Array, value: number): void => {
      if (first) past.fill(value);
      past.copyWithin(0, 1);
      past[ROWS - 1] = value;
    };
    keep(this.#handS, row.handS);
    this.#strings.forEach((_, s) => {
      const force = feltForceN(row.forceN[s]!, this.#settings.touchForceN);
      keep(this.#force[s]!, force);
      keep(this.#speed[s]!, force > 0 ? row.bowSpeedMps[s]! : this.#speed[s]![ROWS - 1]!);
      keep(this.#place[s]!, force > 0 ? row.contactM[s]! : this.#place[s]![ROWS - 1]!);
    });
  }

  /** One string's drive from the second last row but one to the next. */
  #steer(s: number): void {
    const [drive, string, settings] = [this.#drives[s]!, this.#strings[s]!, this.#settings];
    const { stops, stepS } = this.#hand;
    const rate = OVERSAMPLING * settings.sampleRateHz;
    for (let i = 0; i <= this.#hops; i++) {
      const at = 1 + i / this.#hops;
      drive.forceN[i] = readSmooth(this.#force[s]!, at);
      drive.bowSpeedMps[i] = readSmooth(this.#speed[s]!, at);
      const handS = this.#handS[1]! + (at - 1) * (this.#handS[2]! - this.#handS[1]!);
      const { periodS, stopped } = stops[s]!;
      const point = Math.min(Math.max(Math.round(handS / stepS), 0), periodS.length - 1);
      drive.period[i] = periodS[point]! * rate;
      drive.stopped[i] = stopped[point]!;
      drive.bridgeTrip[i] = bridgeTripOf(readSmooth(this.#place[s]!, at), drive.period[i]!, string, settings);
    }
  }
}

const emptyDrive = (points: number): StringDrive => ({
  forceN: new Float64Array(points),
  bowSpeedMps: new Float64Array(points),
  bridgeTrip: new Float64Array(points),
  period: new Float64Array(points),
  stopped: new Float64Array(points),
  pluckN: new Float64Array(points),
});
