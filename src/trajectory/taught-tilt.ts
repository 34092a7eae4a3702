import type { Instrument } from "../instrument/instrument.ts";
import { STRING_NAMES } from "../score/score.ts";
import type { BowState } from "./bow-motion.ts";

/** How the person who taught the strings tilted the bow here, between the taught poses evenly [rad]. */
export function taughtTilt_rad({ strings }: Instrument, state: BowState): number {
  const on = (i: number): number => {
    const { frog, tip } = strings[STRING_NAMES[i]!];
    const share = (state.bowM - frog.bowM) / (tip.bowM - frog.bowM);
    return frog.hold.tilt_rad + share * (tip.hold.tilt_rad - frog.hold.tilt_rad);
  };
  const [from, to] = [on(state.fromString), on(state.toString)];
  return from + state.turn * (to - from);
}
