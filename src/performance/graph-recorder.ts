import { openPerformanceLog, type PerformanceLog } from "../bag/performance-log.ts";
import { CellistError } from "../errors.ts";
import type { GraphNode } from "../ros/node/graph-node.ts";
import { nanoseconds, type RosTime } from "../ros/time.ts";
import type { TopicName } from "../ros/topics.ts";

/** What a bag of a performance holds, in the order in which what was said before comes into it. */
export const RECORDED = [
  "settings",
  "score",
  "bow_plan",
  "joint_trajectory",
  "trajectory_details",
  "robot_description",
  "joint_states",
  "joint_targets",
  "tcp_pose",
  "wrench",
  "player_state",
  "bow_state",
  "note_events",
  "rosout",
] as const satisfies readonly TopicName[];

/**
 * Writes what is said on topics of a graph into a bag.
 *
 * The log time of a message is its own stamp, so that what belongs to one state stays together; what was said before the
 * recording, or has no stamp, is logged at its start or now.
 */
export class GraphRecorder {
  readonly #node: GraphNode;
  readonly #topics: readonly TopicName[];
  #stops: (() => void)[] = [];
  #log: PerformanceLog | undefined;

  constructor(node: GraphNode, topics: readonly TopicName[]) {
    this.#node = node;
    this.#topics = topics;
  }

  get recording(): boolean {
    return this.#log !== undefined;
  }

  /** Resolves when nothing waits for the disk. */
  async drained(): Promise<void> {
    await this.#log?.drained();
  }

  /**
   * Begins a bag: first what latched topics have said, then everything from now on.
   *
   * @param startNs log time of what was said before
   * @throws CellistError `file-unwritable`, `log-closed` when one is being written
   */
  async start(
    path: string,
    startNs: bigint,
    options: { readonly realTime: boolean; readonly onFailure: (why: CellistError) => void },
  ): Promise<void> {
    if (this.#log) throw new CellistError("log-closed", "a bag is being written already; stop that first");
    const log = await openPerformanceLog(path, options);
    this.#log = log;
    for (const topic of this.#topics)
      this.#stops.push(
        this.#node.subscribe(topic, (message, { cdr, retained }) => {
          const stampNs = stampOf(message) ?? this.#node.clock.nowNs();
          log.appendEncoded(`/${topic}`, retained || stampNs < startNs ? startNs : stampNs, cdr);
        }),
      );
    log.flush();
  }

  /** Ends the bag. @throws CellistError `log-incomplete` */
  async stop(): Promise<void> {
    for (const stop of this.#stops.splice(0)) stop();
    const log = this.#log;
    this.#log = undefined;
    await log?.close();
  }
}

/** Time of a message by its own word [ns]. */
function stampOf(message: unknown): bigint | undefined {
  const { header, stamp } = message as { header?: { stamp: RosTime }; stamp?: RosTime };
  const said = header?.stamp ?? stamp;
  return said && nanoseconds(said);
}
