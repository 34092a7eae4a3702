import type { RobotStreams } from "ur-rtde-ts";
import { CellistError } from "../errors.ts";
import type { TaughtPose } from "../instrument/calibration.ts";
import { isSameKinematics } from "../instrument/compare-calibrations.ts";
import { dhOf } from "../instrument/load.ts";
import type { DhParameters } from "../kinematics/dh.ts";
import type { Outcome } from "../outcome.ts";
import type { LoadedInstrument } from "../shelf/load-instrument.ts";
import { dhParameters } from "./arm-kinematics.ts";
import { armKinematics, openArmDesk, refuseUnready, sayingWhy, type ArmDesk } from "./arm-desk.ts";
import { stillPulled } from "./hidden-weight.ts";
import { makeCalibration, type CalibrationTitle, type MadeCalibration } from "./make-calibration.ts";
import { nameOfPlace } from "./misplaced.ts";
import type { TaughtPlace } from "./operator.ts";
import { poseOfJoints, standingPose, STATES } from "./standing-pose.ts";
import { TaughtPlaces, type RulerReading } from "./taught-places.ts";

/** The arm that is taught, as it is reached. */
export interface TaughtArm {
  readonly streams: RobotStreams;
  /** Joints of its next states, from a look that takes hold of nothing [rad]. */
  readonly joints: (count: number) => Promise<readonly (readonly number[])[]>;
}

/**
 * Teaching at an operator's call, place by place in any order, until hair and strings are fitted. The arm is let go of from
 * here (Freedrive), or by whoever stands at the teach pendant: then it is only looked at. One call is answered after the other.
 */
export class HandTeaching {
  readonly places: TaughtPlaces;
  readonly #start: LoadedInstrument;
  readonly #arm: () => TaughtArm;
  readonly #onHeldAgain: (why: string) => void;
  #desk: ArmDesk | undefined;
  #isFree = false;
  #last: Promise<unknown> = Promise.resolve();

  /**
   * @param start tool, payload and a first idea of the hair; on the same arm, also the poses that are not taught anew
   * @param arm where the arm is, when it is needed
   * @param onHeldAgain told when the arm stopped being free without being asked to
   */
  constructor(start: LoadedInstrument, arm: () => TaughtArm, onHeldAgain: (why: string) => void) {
    this.#start = start;
    this.#arm = arm;
    this.#onHeldAgain = onHeldAgain;
    this.places = new TaughtPlaces(start.instrument.tcp_F);
  }

  /** Lets a hand move the arm. @throws CellistError as `openArmDesk` */
  free(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#desk?.control.closed === true) this.#desk = undefined;
      const { tcp_F, payload } = this.#start.instrument;
      const desk = (this.#desk ??= this.#watched(await openArmDesk(this.#arm().streams, { tcp_F, payload })));
      refuseUnready(desk.control, desk.name);
      if (desk.control.mode !== "hand-guided") await beginAtRest(desk);
      this.#isFree = true;
    });
  }

  /** Has the arm hold itself where it is, and lets others command it. @returns false when it was not free */
  hold(): Promise<boolean> {
    return this.#inTurn(() => this.#letGo());
  }

  /**
   * Takes down where the arm stands.
   *
   * @throws CellistError `calibration-invalid`: too near to another place; `robot-not-ready`: the arm moves; `robot-unreachable`
   */
  take(place: TaughtPlace, ruler: RulerReading): Promise<TaughtPose> {
    return this.#inTurn(async () => {
      const pose = await this.#standing();
      if (!pose.ok) throw new CellistError("robot-not-ready", pose.why);
      const wrong = this.places.take(place, pose.value, ruler);
      if (wrong === undefined) return pose.value;
      throw new CellistError(
        "calibration-invalid",
        `${nameOfPlace(place)} was not taken: ${wrong}; move the bow, or drop that one if it was wrong`,
      );
    });
  }

  /**
   * Fits hair and strings.
   *
   * @throws CellistError `calibration-invalid`: nothing taught, too little taught on another arm, no cello fits, nonsense
   */
  make(title: CalibrationTitle): Promise<MadeCalibration> {
    return this.#inTurn(async () => {
      const { calibration } = this.#start;
      if (this.places.taken.length === 0)
        throw new CellistError(
          "calibration-invalid",
          "nothing was taught yet: lay the bow on a string first",
        );
      const dh = await this.#kinematics();
      const missing = this.places.missing().map(nameOfPlace);
      if (missing.length > 0 && !isSameKinematics(dh, dhOf(calibration)))
        throw new CellistError(
          "calibration-invalid",
          `not taught yet: ${missing.join(", ")}; those of "${calibration.name}" are another arm's`,
        );
      return makeCalibration(calibration, dh, this.places.cello(calibration), title);
    });
  }

  /** Ends Freedrive and every connection. */
  async close(): Promise<void> {
    await this.hold();
  }

  async #standing(): Promise<Outcome<TaughtPose, string>> {
    const { tcp_F } = this.#start.instrument;
    const desk = this.#desk;
    if (desk && !desk.control.closed) {
      const arm = { dh: dhParameters(desk.kinematics), tcp_F };
      return sayingWhy(desk.name, () => standingPose(desk.control, arm));
    }
    const { streams, joints } = this.#arm();
    const dh = dhParameters(await armKinematics(streams));
    return poseOfJoints(await joints(STATES), { dh, tcp_F });
  }

  async #kinematics(): Promise<DhParameters> {
    return dhParameters(this.#desk?.kinematics ?? (await armKinematics(this.#arm().streams)));
  }

  async #letGo(): Promise<boolean> {
    const desk = this.#desk;
    const wasFree = this.#isFree;
    [this.#desk, this.#isFree] = [undefined, false];
    if (desk?.control.mode === "hand-guided") await desk.control.hand.end().catch(() => undefined); // `close` ends it, too
    await desk?.close();
    return wasFree;
  }

  /** A stop, a person at the pendant or a lost connection end Freedrive: the hand feels it, and is told why. */
  #watched(desk: ArmDesk): ArmDesk {
    const heldAgain = (why: string): void => {
      if (!this.#isFree || this.#desk !== desk) return;
      this.#isFree = false;
      this.#onHeldAgain(`${desk.name} is no longer free: ${why}`);
    };
    const { control } = desk;
    control.onState(() => {
      if (control.mode !== "hand-guided") heldAgain(control.condition.text);
    });
    control.onClosed((reason) => heldAgain(reason?.message ?? "the connection was closed"));
    return desk;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#last.then(work);
    this.#last = next.catch(() => undefined);
    return next;
  }
}

/** A desk may be open since before a stop, and somebody may still hold the arm that the stop took from him. */
async function beginAtRest({ control, name }: ArmDesk): Promise<void> {
  const pulled = stillPulled(control);
  if (pulled !== undefined)
    throw new CellistError("robot-not-ready", `${name}: the arm is not free yet: ${pulled} and ask again`);
  await sayingWhy(name, () => control.hand.begin());
}
