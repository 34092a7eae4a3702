import type { Instrument } from "../instrument/instrument.ts";
import { levelAt, stringsOf } from "../score/bow-level.ts";
import type { StringName } from "../score/score.ts";
import type { BowState } from "./bow-motion.ts";

/** How the person who taught the strings tilted the bow here, between the taught poses evenly [rad]. */
export function taughtTilt_rad({ strings }: Instrument, state: BowState): number {
  const onString = (name: StringName): number => {
    const { frog, tip } = strings[name];
    const share = (state.bowM - frog.bowM) / (tip.bowM - frog.bowM);
    return frog.hold.tilt_rad + share * (tip.hold.tilt_rad - frog.hold.tilt_rad);
  };
  const on = (level: number): number => {
    const tilts = stringsOf(levelAt(level)).map(onString);
    return tilts.reduce((sum, tilt) => sum + tilt, 0) / tilts.length;
  };
  const [from, to] = [on(state.fromLevel), on(state.toLevel)];
  return from + state.turn * (to - from);
}
