import type { EarTrim } from "./sound-settings.ts";

/**
 * How much sharper each note must be stopped than it is to sound, under the bow as the planner holds it.
 *
 * @source `bench/sound/ear.ts`, which writes this table: mean over p, mp, mf and f of the simulated strings [cents]
 */
export const EAR_TRIM: EarTrim = {
  36: [0.3, 3.0, 1.3, 3.1, 6.2, 6.3, 5.8, 6.6, 4.3, 6.3, 4.9, 5.8, 5.8, 6.0, 1.8, 3.5, 5.6, 21.3],
  43: [4.0, 4.5, 6.2, 6.2, 8.9, 9.8, 11.7, 10.1, 11.5, 13.5, 13.2, 11.0, 12.0, 10.3, 11.7, 8.5, 6.8, 10.4],
  50: [5.1, 5.8, 7.9, 7.9, 9.2, 8.5, 9.5, 10.4, 11.0, 11.2, 12.9, 12.9, 12.9, 13.2, 13.9, 11.8, 9.0, 12.2],
  57: [
    5.3, 7.6, 9.0, 9.1, 11.0, 11.1, 12.8, 14.4, 14.3, 16.3, 15.7, 15.8, 16.8, 17.3, 18.2, 18.9, 14.9, 15.7,
  ],
};
