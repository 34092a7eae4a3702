import { dirname } from "node:path";
import type * as cellist from "../cellist_msgs/messages.ts";
import { CellistError, type ErrorCode } from "../errors.ts";
import { provenanceOf } from "../provenance.ts";
import type { NodeInterface, GraphNode } from "../ros/node/graph-node.ts";
import type { SentGoal } from "../ros/node/action-client.ts";
import { rosTime } from "../ros/time.ts";
import type { MessageOf, TopicName } from "../ros/topics.ts";
import { notConfirmed } from "./arm-of-driver.ts";
import { errorFromRefusal } from "./refusal-message.ts";

/** What conducting needs on the graph. */
export const CONDUCTOR_INTERFACE = {
  subscribes: ["score", "trajectory_details", "refusal", "controller", "sound", "report"],
  publishes: ["settings"],
} as const satisfies NodeInterface;

/** Ways to act on a performance while it plays; all of them along the path. */
export interface Controls {
  stop(): void;
  /** @returns why that makes no sense now */
  pause(): Promise<string | undefined>;
  resume(): Promise<string | undefined>;
}

export interface ConductOptions {
  /** Everything about how the performance is made, JSON-able; goes into the bag. */
  settings(score: cellist.Score): Readonly<Record<string, unknown>>;
  /** Makes the place for the results; called when nothing stands against playing any more. @returns the bag's path */
  makeBagPath(): string;
  /** Asks a person beside a real arm. @returns the robot's address as typed */
  confirm(text: string, address: string): string | Promise<string>;
  readonly onProgress?: (feedback: cellist.Perform_Feedback) => void;
  readonly onPlaying?: (controls: Controls) => void;
}

/**
 * Waits for the plan, checks the arm, has it confirmed, records and plays.
 *
 * @returns the bag
 * @throws CellistError with the first thing that stands against it
 */
export async function conduct(node: GraphNode, options: ConductOptions): Promise<string> {
  const unlessRefused = refusalOf(node);
  const score = await unlessRefused(first(node, "score"));
  const details = await unlessRefused(first(node, "trajectory_details"));
  const before = await node.call("robot_driver/preflight", "cellist_msgs/srv/Preflight", {});
  if (!before.ready) throw new CellistError("robot-not-ready", before.message);
  if (before.confirm === "") await unlessRefused(first(node, "controller"));
  const confirm = before.confirm === "" ? "" : await options.confirm(before.message, before.confirm);
  if (confirm !== before.confirm) throw notConfirmed(before.confirm); // the driver looks again; but no bag is begun for it
  const bag = options.makeBagPath();
  const settings = options.settings(score);
  node
    .publisher("settings")
    .publish({ json: JSON.stringify(settings), sha256: provenanceOf(settings).sha256 });
  await startRecording(node, bag);
  let finished = false;
  try {
    await play(node, { trajectory_sha256: details.sha256, confirm }, options);
    finished = true;
  } finally {
    await stopRecording(node, bag, finished);
  }
  return bag;
}

/** Waits for sound and report of a bag. @throws CellistError when one of them is refused */
export async function resultsOf(node: GraphNode, bag: string): Promise<cellist.Report> {
  const ofBag = (message: { readonly bag: string }): boolean => message.bag === bag;
  const report = first(node, "report", ofBag);
  await refusalOf(node)(Promise.all([report, first(node, "sound", ofBag)]));
  return report;
}

/** Lets a wait end with whatever is refused on the graph. */
function refusalOf(node: GraphNode): <T>(wanted: Promise<T>) => Promise<T> {
  const refused = new Promise<never>((_, reject) =>
    node.subscribe("refusal", (r) => reject(errorFromRefusal(r))),
  );
  refused.catch(() => undefined); // raced by those who wait
  return (wanted) => Promise.race([refused, wanted]);
}

async function startRecording(node: GraphNode, path: string): Promise<void> {
  const start = rosTime(node.clock.nowNs());
  const { success, message } = await node.call("recorder/start", "cellist_msgs/srv/Record", { path, start });
  if (!success) throw new CellistError("file-unwritable", message);
}

/** A bag with a hole in it is not a finished performance: say so even when the music went well. */
async function stopRecording(node: GraphNode, bag: string, finished: boolean): Promise<void> {
  const { success, message } = await node.call("recorder/stop", "std_srvs/srv/SetBool", { data: finished });
  if (!success)
    throw new CellistError("log-incomplete", `${message}; what was written before is readable in ${bag}`);
}

async function play(node: GraphNode, goal: cellist.Perform_Goal, options: ConductOptions): Promise<void> {
  const client = node.actionClient("perform", "cellist_msgs/action/Perform");
  const sent = await client.send(goal, options.onProgress);
  options.onPlaying?.(controlsOf(node, sent));
  const { end, result } = await sent.result;
  if (end !== "succeeded") throw new CellistError(result.code as ErrorCode, result.message);
}

function controlsOf(node: GraphNode, sent: SentGoal<"cellist_msgs/action/Perform">): Controls {
  const ask = async (what: "pause" | "resume"): Promise<string | undefined> => {
    const { success, message } = await node.call(`robot_driver/${what}`, "std_srvs/srv/Trigger", {});
    return success ? undefined : message;
  };
  return {
    stop: () => void sent.cancel().catch((error: Error) => node.log("error", error.message)),
    pause: () => ask("pause"),
    resume: () => ask("resume"),
  };
}

/** The first message of a topic, or the one said before. */
function first<T extends TopicName>(
  node: GraphNode,
  topic: T,
  wanted: (message: MessageOf<`/${T}`>) => boolean = () => true,
): Promise<MessageOf<`/${T}`>> {
  return new Promise((resolve) => {
    let found = false;
    const stop = node.subscribe(topic, (message) => {
      if (found || !wanted(message)) return;
      found = true;
      queueMicrotask(() => stop());
      resolve(message);
    });
  });
}

/** Waits for sound and report of a take, if they are made, and tells a person of them in the log. */
export async function tellTake(
  node: GraphNode,
  bag: string,
  { take, takes, results }: { readonly take: number; readonly takes: number; readonly results: boolean },
): Promise<void> {
  if (results) (await resultsOf(node, bag)).summary.forEach((line) => node.log("info", line));
  const which = takes === 1 ? "done" : `take ${take} of ${takes} is done`;
  node.log("info", `${which}: ${results ? "bag, sound and report are" : "the bag is"} in ${dirname(bag)}`);
}
