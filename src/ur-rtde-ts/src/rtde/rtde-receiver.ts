import { type RobotStreams } from "../robot/robot-streams.ts";
import { type ExtraFields, type OutputName } from "./fields.ts";
import { OutputSubscription, type SubscriptionOptions } from "./output-subscription.ts";
import { type OutputPackage } from "./output-recipe.ts";
import { type Backoff } from "./reconnect.ts";
import { type NoExtra, type RtdeClientOptions } from "./rtde-client-options.ts";

/** How a receiver keeps its connections. */
export interface ReceiverOptions extends Backoff, RtdeClientOptions {
  /** Ends all subscriptions. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a controller through any number of output recipes, each at its own rate, and keeps them up when connections
 * are lost.
 *
 * RTDE carries one output recipe a connection, so every subscription has a connection of its own: none can delay
 * another, and a slow one costs the controller next to nothing.
 */
export class RtdeReceiver {
  readonly #robot: RobotStreams;
  readonly #options: ReceiverOptions;
  readonly #abort = new AbortController();
  readonly #signal: AbortSignal;
  readonly #subscriptions = new Set<Pick<OutputSubscription, "ready">>();

  /** @param robot `robotAt(host)`, or streams of another kind */
  constructor(robot: RobotStreams, options: ReceiverOptions = {}) {
    this.#robot = robot;
    this.#options = options;
    const { signal } = options;
    this.#signal = signal === undefined ? this.#abort.signal : AbortSignal.any([signal, this.#abort.signal]);
  }

  /**
   * Asks for fields at a rate. The connection is made in the background; `ready` tells when data flows.
   *
   * @param frequencyHz packages per second, 1 to 500 (125 on CB3)
   */
  subscribe<
    const Names extends readonly (OutputName | (keyof Extra & string))[],
    const Optional extends readonly (OutputName | (keyof Extra & string))[] = readonly [],
    const Extra extends ExtraFields = NoExtra,
  >(
    names: Names,
    frequencyHz: number,
    options: SubscriptionOptions<Optional, Extra> = {},
  ): OutputSubscription<OutputPackage<Names[number], Optional[number], Extra>> {
    type Package = OutputPackage<Names[number], Optional[number], Extra>;
    const { timeoutMs, firstWaitMs, maxWaitMs, silenceMs } = this.#options;
    const subscription = new OutputSubscription<Package>({
      robot: this.#robot,
      keep: { timeoutMs, firstWaitMs, maxWaitMs, silenceMs },
      signal: this.#signal,
      names,
      frequencyHz,
      options,
    });
    this.#subscriptions.add(subscription);
    void subscription.ended.catch(() => undefined).then(() => this.#subscriptions.delete(subscription));
    return subscription;
  }

  /** Resolves when data flows in all subscriptions. @throws what keeps one of them from it for good */
  async ready(signal?: AbortSignal): Promise<void> {
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.ready(signal)));
  }

  /** Ends all subscriptions. Safe to call twice. */
  close(): void {
    this.#abort.abort();
  }
}
