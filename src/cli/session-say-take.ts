import type { Take } from "../listening-test/session/session-state.ts";
import { takeFaults } from "../listening-test/session/take-quality.ts";

/** Tells a person what a take is like. */
export function sayTake(take: Take): void {
  const { quality, alignment } = take.recorded!;
  console.log(
    `${take.id}: ${quality.durationS.toFixed(1)} s, ${quality.integratedLufs.toFixed(1)} LUFS, peak ${quality.truePeakDbtp.toFixed(1)} dBTP`,
  );
  if (alignment)
    console.log(
      `  recording and bag in step: the bag begins ${alignment.offsetS.toFixed(3)} s into the recording (correlation ${alignment.correlation.toFixed(2)})`,
    );
  for (const fault of takeFaults(take)) console.log(`  look at this: ${fault}`);
}
