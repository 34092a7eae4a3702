/** Our open D string over the same sweep as `stk-bowed.cpp`: cost, level, centroid, Helmholtz share. `tsx bench/sound/force-sweep.ts` */
import { play, RATE, STEADY } from "../../test/sound/steady-note.ts";
import { centroidHz, rmsOf } from "../../test/sound/tone.ts";

play(STEADY); // compiled before it is measured
for (const forceN of [0.05, 0.3, 0.6, 1, 1.5, 2.5, 5]) {
  const before = process.cpuUsage();
  const { bridgeN, periodS, frequencyHz, tone } = play({ ...STEADY, forceN, lengthS: 1.5 });
  const tookS = process.cpuUsage(before).user / 1e6;
  console.log(
    `this one   ${forceN.toFixed(2)} N at 0.25 m/s, beta 0.116  level ${(20 * Math.log10(rmsOf(bridgeN, RATE, periodS, 0.5))).toFixed(1).padStart(6)} dB  ` +
      `centroid ${centroidHz(bridgeN, RATE, frequencyHz, 1).toFixed(0).padStart(5)} Hz  cost 1/${(1.5 / tookS).toFixed(0)}  one slip a period ${(100 * (tone.helmholtzShare ?? 0)).toFixed(0)} %`,
  );
}
