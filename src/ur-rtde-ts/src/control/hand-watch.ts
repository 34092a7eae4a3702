/**
 * Whether the arm is in a hand, as far as the control program knows, and whether a stop took it away meanwhile.
 *
 * A stop that pauses the program (a safeguard) holds the arm, but the program still believes it free when it goes on; no manual
 * says whether such an arm is free again then. So it counts as held from the stop on, and the program has to end Freedrive first.
 */
export class HandWatch {
  #isInHand = false;
  #wasTaken = false;
  #isTold = false;

  /** A hand can move the arm. */
  get isFree(): boolean {
    return this.#isInHand && !this.#wasTaken;
  }

  /**
   * Takes the newest state.
   *
   * @param isInHand what the program says of itself
   * @returns whether the program must be told now to end Freedrive
   */
  hear(isInHand: boolean, canMove: boolean): boolean {
    this.#isInHand = isInHand;
    if (!isInHand) this.#wasTaken = this.#isTold = false;
    else if (!canMove) this.#wasTaken = true;
    else if (this.#wasTaken && !this.#isTold) return (this.#isTold = true);
    return false;
  }
}
