import { writeFileSync } from "node:fs";
import { performThroughNodes } from "./perform-through-nodes.ts";
import { shortMidi } from "./short-piece.ts";

/**
 * Child process of the full-disk test: performs while this process may write no file larger than the system allows it.
 * Prints how far the arm came and what was said.
 *
 *     on-a-full-disk.ts <folder> stop|continue
 */
const [folder, onFullDisk] = process.argv.slice(2) as [string, string];
const piece = `${folder}/short.mid`;
writeFileSync(piece, shortMidi());
let [reachedS, totalS, said] = [0, NaN, ""];
try {
  await performThroughNodes(
    `${folder}/${onFullDisk}.mcap`,
    { piece, on_full_disk: onFullDisk },
    {
      onProgress: ({ path_time_s, total_s }) => {
        reachedS = Math.max(reachedS, path_time_s);
        totalS = total_s;
      },
    },
  );
} catch (error) {
  said = (error as Error).message;
}
console.log(JSON.stringify({ reachedS, totalS, said }));
