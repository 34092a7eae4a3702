import { PLAYER_TARGETS, type PlayerState } from "ur-rtde-ts";
import type { Joints } from "../../src/math/joints.ts";
import { Spread } from "./spread.ts";
import { apartMm, type Swing } from "./swing.ts";

/** What a package must have for the log. */
export type Seen = Readonly<Record<(typeof PLAYER_TARGETS)[number] | "timestamp", number>> &
  Readonly<Record<"target_q" | "actual_q", ArrayLike<number>>>;

/** Robot time, path time, then six joints each: commanded by the player, target of the servo, measured. */
const ROW = 20;

/** Cycles of a path that is played at full rate: kept as they come, looked at afterwards. */
export class PathLog {
  #rows = new Float64Array(ROW * 16_384);
  #count = 0;

  add(player: PlayerState, p: Seen): void {
    if (player.phase !== "playing" || player.rate !== 1) return;
    if ((this.#count + 1) * ROW > this.#rows.length) {
      const larger = new Float64Array(2 * this.#rows.length);
      larger.set(this.#rows);
      this.#rows = larger;
    }
    const at = this.#count++ * ROW;
    this.#rows[at] = p.timestamp;
    this.#rows[at + 1] = player.pathTimeS;
    for (let joint = 0; joint < 6; joint++) {
      this.#rows[at + 2 + joint] = p[PLAYER_TARGETS[joint]!];
      this.#rows[at + 8 + joint] = p.target_q[joint]!;
      this.#rows[at + 14 + joint] = p.actual_q[joint]!;
    }
  }

  /**
   * How far the path came off the plan, in place and in time.
   *
   * @param lagS what the servo lags; the arm is compared with the plan so much before [s]
   */
  report(swing: Swing, lagS: number) {
    const [planMm, servoMm, armMm, clockMs] = [new Spread(), new Spread(), new Spread(), new Spread()];
    for (let row = 0; row < this.#count; row++) {
      const at = row * ROW;
      const joints = (from: number): Joints =>
        Array.from(this.#rows.subarray(at + from, at + from + 6)) as unknown as Joints;
      const pathS = this.#rows[at + 1]!;
      planMm.add(apartMm(joints(2), swing.at(pathS)));
      const lagged = swing.at(pathS - lagS);
      servoMm.add(apartMm(joints(8), lagged));
      armMm.add(apartMm(joints(14), lagged));
      clockMs.add(1000 * Math.abs(this.#rows[at]! - pathS - (this.#rows[0]! - this.#rows[1]!)));
    }
    return { cycles: this.#count, planMm, clockMs, servoMm, armMm };
  }
}
