import { CYCLES_PER_S } from "./control-cycle.ts";
import type { InputImage } from "./input-image.ts";

export type WatchdogAction = "ignore" | "pause" | "stop";

/** `rtde_set_watchdog`: an input that is not written often enough pauses or stops the program. */
export class Watchdogs {
  readonly #inputs: InputImage;
  readonly #limits = new Map<string, { readonly mostCycles: number; readonly action: WatchdogAction }>();

  constructor(inputs: InputImage) {
    this.#inputs = inputs;
  }

  /** @param minFrequencyHz 0 takes the watchdog off */
  set(name: string, minFrequencyHz: number, action: WatchdogAction, cycle: number): void {
    if (minFrequencyHz > 0) {
      this.#limits.set(name, { mostCycles: Math.ceil(CYCLES_PER_S / minFrequencyHz), action });
      this.#inputs.watched.set(name, cycle);
    } else {
      this.#limits.delete(name);
      this.#inputs.watched.delete(name);
    }
  }

  get isEmpty(): boolean {
    return this.#limits.size === 0;
  }

  clear(): void {
    this.#limits.clear();
    this.#inputs.watched.clear();
  }

  /** The action of the first watchdog that has waited too long, and its variable. */
  check(cycle: number): { readonly name: string; readonly action: WatchdogAction } | undefined {
    for (const [name, { mostCycles, action }] of this.#limits)
      if (action !== "ignore" && cycle - this.#inputs.watched.get(name)! > mostCycles)
        return { name, action };
    return undefined;
  }
}
