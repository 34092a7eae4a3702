import { stat } from "node:fs/promises";
import type { BagContents } from "./bag-contents.ts";
import { openBagFile, openFolder } from "./rosbag2/folder-contents.ts";

/** Opens a bag of any kind: a file of MCAP or SQLite, or a folder of rosbag2. @throws CellistError "bag-unreadable" */
export async function openBag(path: string): Promise<BagContents> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false, // the opening says why
  );
  return isFolder ? openFolder(path) : openBagFile(path);
}
