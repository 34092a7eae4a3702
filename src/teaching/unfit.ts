import { CellistError } from "../errors.ts";
import type { FreeContext } from "../planning/plan-free-motion.ts";
import type { MadeCalibration } from "./make-calibration.ts";
import type { TaughtPlace } from "./operator.ts";
import { parkedInTheWay } from "./parked-in-the-way.ts";

/** Why no calibration can be made of what was taught, and which place to teach again, where that is known. */
export interface Unfit {
  readonly why: string;
  readonly place?: TaughtPlace;
}

/** What keeps a calibration from being played by: it is nonsense, or the arm would wait where something stands. */
export function unfitToPlay(
  make: () => MadeCalibration,
  room: Pick<FreeContext, "cell" | "profile">,
): Unfit | undefined {
  try {
    const inTheWay = parkedInTheWay(make().instrument, room);
    return inTheWay === undefined
      ? undefined
      : { why: `parked there, ${inTheWay}`, place: { kind: "parked" } };
  } catch (error) {
    if (error instanceof CellistError && error.code === "calibration-invalid") return { why: error.message };
    throw error;
  }
}
