import type * as cellist from "../cellist_msgs/messages.ts";
import { CellistError, type ErrorCode } from "../errors.ts";
import type { GraphNode } from "../ros/node/graph-node.ts";
import { rosTime } from "../ros/time.ts";

/** The error that a message tells of. */
export const errorFromRefusal = ({ code, sentence, detail_json }: cellist.Refusal): CellistError =>
  new CellistError(code as ErrorCode, sentence, JSON.parse(detail_json || "{}") as Record<string, unknown>);

/** Runs steps that may refuse: a `CellistError` goes to /refusal, anything else is the node's crash. */
export function refusing(node: GraphNode): (step: () => void | Promise<void>) => void {
  const refusals = node.publisher("refusal");
  const failed = (error: unknown): void => {
    if (!(error instanceof CellistError)) return node.crash(error);
    refusals.publish({
      header: { stamp: rosTime(node.clock.nowNs()), frame_id: "" },
      node: node.name,
      code: error.code,
      sentence: error.message,
      detail_json: JSON.stringify(error.detail),
    });
  };
  return (step) => {
    try {
      void step()?.catch(failed);
    } catch (error) {
      failed(error);
    }
  };
}
