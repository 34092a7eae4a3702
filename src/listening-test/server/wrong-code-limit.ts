/** Wrong codes a minute, from everybody together (no addresses are kept), before all must wait. */
const MOST_A_MINUTE = 30;

/** Slows down whoever tries codes. */
export class WrongCodeLimit {
  #wrong: number[] = [];

  isReached(nowMs: number): boolean {
    this.#wrong = this.#wrong.filter((at) => at > nowMs - 60_000);
    return this.#wrong.length >= MOST_A_MINUTE;
  }

  note(nowMs: number): void {
    this.#wrong.push(nowMs);
  }
}
