import { describeCollision } from "../collision/clearance.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { freeClearance } from "../planning/clearance-checks.ts";
import type { FreeContext } from "../planning/plan-free-motion.ts";

/** What stands too near to the arm where it is parked; undefined when nothing does. */
export function parkedInTheWay(
  instrument: Instrument,
  { cell, profile }: Pick<FreeContext, "cell" | "profile">,
): string | undefined {
  const clear = freeClearance({ instrument, cell, profile });
  const { minM, pair } = clear.clearanceAt(instrument.parked_rad);
  return minM < clear.requiredM ? describeCollision(minM, pair, clear.requiredM) : undefined;
}
