import type * as cellist from "../cellist_msgs/messages.ts";
import { provenanceOf } from "../provenance.ts";
import type { Workcell } from "../shelf/workcell.ts";

/** Everything about how a performance is made, as it goes into the bag. */
export const performanceSettings = (
  { profile, calibration, cell }: Workcell,
  { title, composer, sha256 }: cellist.Score,
  choices: {
    readonly tempo: number;
    readonly robot: string;
    readonly lockStep: boolean;
    readonly seed: number;
  },
): Record<string, unknown> => ({
  profile,
  calibration: { name: calibration.name, ...provenanceOf(calibration) },
  cell: { name: cell.name, ...provenanceOf(cell) },
  piece: { title, composer, sha256 },
  tempo: choices.tempo,
  robot: choices.robot,
  lockStep: choices.lockStep,
  seed: choices.seed,
});
