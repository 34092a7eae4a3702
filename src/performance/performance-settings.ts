import type * as cellist from "../cellist_msgs/messages.ts";
import { provenanceOf } from "../provenance.ts";
import type { Arrangement } from "../shelf/arranged-piece.ts";
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
    /** Left hand, locks and expression, where the piece was arranged by who asks. */
    readonly arrangement?: Arrangement;
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
  ...(choices.arrangement && { arrangement: { ...choices.arrangement } }),
});
