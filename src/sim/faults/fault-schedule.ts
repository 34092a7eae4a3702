import { FIRST_CYCLE, timeOfCycle } from "../controller/control-cycle.ts";
import { type FaultWorld, inject } from "./fault-commands.ts";
import type { TimedFault } from "./fault-script.ts";

/** Lets faults happen at their times. The controller's own clock counts, so lock-step runs repeat to the bit. */
export class FaultSchedule {
  readonly #world: FaultWorld;
  readonly #faults: readonly TimedFault[];
  #next = 0;

  constructor(world: FaultWorld, faults: readonly TimedFault[]) {
    this.#world = world;
    this.#faults = faults;
  }

  /** Before each control cycle. What cannot be done is told to the controller's log. */
  step(): void {
    const { controller } = this.#world;
    const nowS = timeOfCycle(controller.cycle + 1 - FIRST_CYCLE);
    for (; this.#next < this.#faults.length; this.#next++) {
      const { timeS, fault, line } = this.#faults[this.#next]!;
      if (timeS > nowS + 1e-9) return;
      const why = inject(this.#world, fault);
      if (why !== undefined) controller.log(`fault script, line ${line}: ${why}`);
    }
  }
}
