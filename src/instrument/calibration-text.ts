import { Document, isMap, isSeq, visit } from "yaml";
import type { Calibration } from "./calibration.ts";

/**
 * A calibration as the text of its file, by keys in the file's own order; lists of numbers stand on one line.
 *
 * @param heading lines for people, without the leading `#`
 */
export function calibrationText(calibration: Calibration, heading: readonly string[]): string {
  const { extra, ...rest } = calibration;
  const document = new Document(extra.length > 0 ? calibration : rest);
  document.commentBefore = heading.map((line) => ` ${line}`).join("\n");
  visit(document, {
    Seq: (_, node) => void (node.flow = node.items.every((item) => !isMap(item) && !isSeq(item))),
  });
  return document.toString({ lineWidth: 120, flowCollectionPadding: false });
}
