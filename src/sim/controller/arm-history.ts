import { norm, type Vec3 } from "../../math/vec.ts";

/** How far back scripts can look [cycles]. @assumed */
const DEPTH = 1000;
/** What counts as a contact: more force than this against the direction, above what was felt before [N]. @assumed */
const CONTACT_N = 5;
/** A contact has begun where the force first rose by so much [N]. @assumed */
const ONSET_N = 1;
/** The force before is the mean over this stretch of the past [cycles]. @assumed */
const [BEFORE_FROM, BEFORE_TO] = [100, 200];

/** The last two seconds of joints and forces. */
export class ArmHistory {
  readonly #q_rad = Array.from({ length: DEPTH }, () => new Float64Array(6));
  readonly #force = Array.from({ length: DEPTH }, () => new Float64Array(3));
  #count = 0;

  /** @param force at the tool, base axes [N] */
  remember(q_rad: ArrayLike<number>, force: readonly number[]): void {
    const slot = this.#count % DEPTH;
    this.#q_rad[slot]!.set(q_rad);
    for (let i = 0; i < 3; i++) this.#force[slot]![i] = force[i]!;
    this.#count += 1;
  }

  /** Joints so many cycles ago; undefined farther back than is remembered. */
  jointsBefore(cycles: number): number[] | undefined {
    return cycles < Math.min(DEPTH, this.#count) ? [...this.#at(this.#q_rad, cycles)] : undefined;
  }

  /**
   * Cycles since just before the tool met something; 0 when it has not.
   *
   * @param direction in which the tool goes, base axes; zero = any
   */
  contactBefore(direction: Vec3): number {
    const known = Math.min(DEPTH, this.#count);
    if (known <= BEFORE_FROM) return 0;
    const base = this.#meanForce(BEFORE_FROM, Math.min(BEFORE_TO, known));
    const length = norm(direction);
    const rise = (cycles: number): number => {
      const [x, y, z] = this.#at(this.#force, cycles) as unknown as [number, number, number];
      const change: Vec3 = [x - base[0], y - base[1], z - base[2]];
      if (length === 0) return norm(change);
      return -(change[0] * direction[0] + change[1] * direction[1] + change[2] * direction[2]) / length;
    };
    if (rise(0) < CONTACT_N) return 0;
    let cycles = 1;
    while (cycles < BEFORE_FROM && rise(cycles) > ONSET_N) cycles += 1;
    return cycles;
  }

  #meanForce(from: number, to: number): Vec3 {
    const sum = [0, 0, 0];
    for (let cycles = from; cycles < to; cycles++)
      for (let i = 0; i < 3; i++) sum[i]! += this.#at(this.#force, cycles)[i]! / (to - from);
    return [sum[0]!, sum[1]!, sum[2]!];
  }

  #at(ring: readonly Float64Array[], cyclesAgo: number): Float64Array {
    return ring[(this.#count - 1 - cyclesAgo + DEPTH) % DEPTH]!;
  }
}
