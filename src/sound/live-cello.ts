import { Cello } from "./cello.ts";
import { HalfRate } from "./half-rate.ts";
import { HOP_OUT_SAMPLES } from "./render.ts";
import { Room } from "./room/room.ts";
import type { SoundSettings } from "./sound-settings.ts";
import type { StereoSound } from "./stems.ts";
import { ContactFollower, LANDING_ROWS } from "./string/contact-follower.ts";
import type { StopCurve } from "./string/left-hand.ts";
import { readSmooth } from "./string/smooth-curve.ts";
import {
  bridgeTripOf,
  HOP_SAMPLES,
  openString,
  OVERSAMPLING,
  type LongString,
  type OpenString,
  type StringDrive,
} from "./string/string-drive.ts";

/** The bow on the strings C, G, D, A at one moment, and where the left hand is on the axis of its stops [s]. */
export interface LiveRow {
  readonly forceN: ArrayLike<number>;
  readonly bowSpeedMps: ArrayLike<number>;
  readonly contactM: ArrayLike<number>;
  readonly handS: number;
}

/** What the left hand does to each string along its own time, as `stopCurve` gives it. */
export interface HandAhead {
  readonly stepS: number;
  /** C, G, D, A. */
  readonly stops: readonly StopCurve[];
}

/** A smooth curve is read from one row before and three after. */
const ROWS = 4;

/**
 * A cello that sounds while it is bowed: takes one row of contact at a time and gives as much sound back.
 *
 * The same strings, body and room as `renderSound`, sample for sample; the sound of a row comes `LiveCello.rowsLate` rows
 * after it: hair is followed until it has landed, and a smooth curve needs the two rows after.
 */
export class LiveCello {
  /** Rows that have gone in when the sound of a row comes out. */
  static readonly rowsLate = LANDING_ROWS + 2;
  readonly #open: readonly OpenString[];
  readonly #settings: SoundSettings;
  readonly #hand: HandAhead;
  readonly #cello: Cello;
  readonly #room: Room;
  readonly #halves = [new HalfRate(HOP_SAMPLES), new HalfRate(HOP_SAMPLES)] as const;
  readonly #hops: number;
  readonly #drives: readonly StringDrive[];
  readonly #followers: readonly ContactFollower[];
  /** The last `ROWS` rows of each string, oldest first. */
  readonly #force: readonly Float64Array[];
  readonly #speed: readonly Float64Array[];
  readonly #place: readonly Float64Array[];
  /** The hand at the rows that are still followed, and at those. */
  readonly #handS = new Float64Array(LANDING_ROWS + ROWS);
  #rows = 0;

  /** @param periodS time from row to row, a whole number of half milliseconds */
  constructor(strings: readonly LongString[], hand: HandAhead, periodS: number, settings: SoundSettings) {
    this.#open = strings.map((string) => openString(string, settings));
    this.#settings = settings;
    this.#hand = hand;
    this.#hops = Math.round((periodS * settings.sampleRateHz) / HOP_OUT_SAMPLES);
    this.#cello = new Cello(strings, settings);
    this.#room = new Room(settings.room, settings.sampleRateHz);
    this.#drives = strings.map(() => emptyDrive(this.#hops + 1));
    this.#followers = strings.map(() => new ContactFollower(settings.touchForceN));
    const past = (): Float64Array[] => strings.map(() => new Float64Array(ROWS));
    [this.#force, this.#speed, this.#place] = [past(), past(), past()];
  }

  /** Cello and room for the time of one row; `undefined` until the first row can sound. */
  push(row: LiveRow): StereoSound | undefined {
    this.#take(row);
    if (this.#rows <= LiveCello.rowsLate) return undefined;
    for (let s = 0; s < this.#open.length; s++) this.#steer(s);
    const samples = this.#hops * HOP_OUT_SAMPLES;
    const [dry, room] = [stereo(samples), stereo(samples)];
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

  #take(row: LiveRow): void {
    const first = this.#rows++ === LANDING_ROWS; // the first row that the followers have followed
    const keep = (past: Float64Array, value: number, fill: boolean): void => {
      if (fill) past.fill(value);
      past.copyWithin(0, 1);
      past[past.length - 1] = value;
    };
    keep(this.#handS, row.handS, this.#rows === 1);
    this.#followers.forEach((follower, s) => {
      follower.take(row.forceN[s]!, row.bowSpeedMps[s]!, row.contactM[s]!);
      keep(this.#force[s]!, follower.row.forceN, first);
      keep(this.#speed[s]!, follower.row.bowSpeedMps, first);
      keep(this.#place[s]!, follower.row.contactM, first);
    });
  }

  /** One string's drive from the row that sounds to the next. */
  #steer(s: number): void {
    const drive = this.#drives[s]!;
    const { stepS } = this.#hand;
    const { periodS, stopped } = this.#hand.stops[s]!;
    const rate = OVERSAMPLING * this.#settings.sampleRateHz;
    const [fromS, toS] = [this.#handS[1]!, this.#handS[2]!];
    for (let i = 0; i <= this.#hops; i++) {
      const at = 1 + i / this.#hops;
      drive.forceN[i] = readSmooth(this.#force[s]!, at);
      drive.bowSpeedMps[i] = readSmooth(this.#speed[s]!, at);
      const handS = fromS + (i / this.#hops) * (toS - fromS);
      const point = Math.min(Math.max(Math.round(handS / stepS), 0), periodS.length - 1);
      drive.period[i] = periodS[point]! * rate;
      drive.stopped[i] = stopped[point]!;
      drive.bridgeTrip[i] = bridgeTripOf(readSmooth(this.#place[s]!, at), drive.period[i]!, this.#open[s]!);
    }
  }
}

const stereo = (samples: number): StereoSound => ({
  left: new Float32Array(samples),
  right: new Float32Array(samples),
});

const emptyDrive = (points: number): StringDrive => ({
  forceN: new Float64Array(points),
  bowSpeedMps: new Float64Array(points),
  bridgeTrip: new Float64Array(points),
  period: new Float64Array(points),
  stopped: new Float64Array(points),
  pluckN: new Float64Array(points),
});
