/** Rows before the hair comes back to a string in which its speed and place are brought to what they will be there. */
export const LANDING_ROWS = 5;
/** Where the hair is taken to be on a string that it has not touched yet [m]. @assumed it sounds only along with others */
const UNTOUCHED_M = 0.08;

/** The hair on one string at one moment. */
export interface FollowedRow {
  /** As felt, >= 0 [N]. */
  forceN: number;
  bowSpeedMps: number;
  contactM: number;
}

/**
 * Follows the hair on one string row by row, `LANDING_ROWS` behind, so that a performance can be heard while it is played.
 *
 * Motion noise must not squeak: force counts from `touchForceN`, in full from twice that. While the hair is off the string
 * its speed and place say nothing: both stay as they were, and run straight to what they will be in the last rows before it
 * comes back; a jump there would be heard in a string that still rings.
 */
export class ContactFollower {
  readonly row: FollowedRow = { forceN: 0, bowSpeedMps: 0, contactM: UNTOUCHED_M };
  readonly #touchForceN: number;
  /** The last rows as they came, newest first: force felt, speed, place. */
  readonly #forceN = new Float64Array(LANDING_ROWS + 1);
  readonly #speed = new Float64Array(LANDING_ROWS + 1);
  readonly #place = new Float64Array(LANDING_ROWS + 1);
  /** Where the hair left, and how many rows ago; −1 = it was never here. */
  #leftSpeed = 0;
  #leftPlace = UNTOUCHED_M;
  #leftAgo = -1;

  constructor(touchForceN: number) {
    this.#touchForceN = touchForceN;
  }

  /** Takes the next row; `row` is then the one that came `LANDING_ROWS` before it (at rest, before there was one). */
  take(forceN: number, bowSpeedMps: number, contactM: number): void {
    keep(this.#forceN, feltForceN(forceN, this.#touchForceN));
    keep(this.#speed, bowSpeedMps);
    keep(this.#place, contactM);
    if (this.#leftAgo >= 0) this.#leftAgo++;
    const { row } = this;
    row.forceN = this.#forceN[LANDING_ROWS]!;
    if (row.forceN > 0) {
      row.bowSpeedMps = this.#leftSpeed = this.#speed[LANDING_ROWS]!;
      row.contactM = this.#leftPlace = this.#place[LANDING_ROWS]!;
      this.#leftAgo = 0;
    } else this.#bridge();
  }

  #bridge(): void {
    const { row } = this;
    let ahead = 1;
    while (ahead <= LANDING_ROWS && this.#forceN[LANDING_ROWS - ahead] === 0) ahead++;
    const share = ahead > LANDING_ROWS ? 0 : this.#leftAgo < 0 ? 1 : this.#shareOfWay(ahead);
    const at = Math.max(0, LANDING_ROWS - ahead);
    row.bowSpeedMps = this.#leftSpeed + (this.#speed[at]! - this.#leftSpeed) * share;
    row.contactM = this.#leftPlace + (this.#place[at]! - this.#leftPlace) * share;
  }

  /** How far the row is on the way to where the hair comes back, `ahead` rows from it. */
  #shareOfWay(ahead: number): number {
    const way = Math.min(this.#leftAgo + ahead, LANDING_ROWS);
    return (way - ahead) / way;
  }
}

function keep(past: Float64Array, value: number): void {
  for (let i = past.length - 1; i > 0; i--) past[i] = past[i - 1]!;
  past[0] = value;
}

/** Nothing up to the touch force, all from twice the touch force on, a smooth step between. */
function feltForceN(forceN: number, touchForceN: number): number {
  const x = Math.min(forceN / touchForceN - 1, 1);
  return x > 0 ? forceN * x * x * (3 - 2 * x) : 0;
}
