/**
 * Which starts the simulated D string takes, over acceleration and force. Prints `src/evaluation/chart/guettler-map.ts`.
 * `tsx bench/sound/guettler.ts`
 */
import { isAcceptedStart } from "../../src/sound/string/helmholtz.ts";
import { LENGTH_M, play, STEADY } from "../../test/sound/steady-note.ts";

/** Where the planner plays at mezzo-forte. */
const BETA = 0.134;
const STEPS = 14;
const accelerations = Array.from({ length: STEPS }, (_, i) => Number((0.25 * (i + 1)).toFixed(2)));
const forces = Array.from({ length: STEPS }, (_, i) => Number((0.2 * (i + 1)).toFixed(2)));

const rows = forces.map((forceN) =>
  accelerations
    .map((accelerationMps2) => {
      const { tone } = play({
        ...STEADY,
        contactM: BETA * LENGTH_M,
        forceN,
        forceLeadS: 0.1,
        rampS: 0.08,
        lengthS: 0.4,
        speedAt: (t) => accelerationMps2 * Math.max(0, t),
      });
      return isAcceptedStart(tone) ? "#" : ".";
    })
    .join(""),
);
console.log(`import type { GuettlerMap } from "./guettler-plot.ts";

/** Starts from rest of the simulated open D string, with constant acceleration. @source \`bench/sound/guettler.ts\`, which writes this */
export const GUETTLER_MAP: GuettlerMap = {
  string: "D",
  beta: ${BETA},
  accelerationsMps2: [${accelerations.join(", ")}],
  forcesN: [${forces.join(", ")}],
  rows: [
${rows.map((row) => `    "${row}",`).join("\n")}
  ],
};`);
