import { Ending } from "../connection/ending.ts";
import { ConnectionError } from "../connection/errors.ts";
import { Listeners } from "../connection/listeners.ts";
import { News } from "../connection/news.ts";
import { type RtdeRecord } from "../protocol/data-layout.ts";
import { type RobotStreams } from "../robot/robot-streams.ts";
import { type ExtraFields, type OutputName } from "./fields.ts";
import { type OutputRecipe } from "./output-recipe.ts";
import { type PackageStats } from "./package-gaps.ts";
import { PackageReader, type PackageReaderOptions } from "./package-reader.ts";
import { type Backoff, superviseRtde, type SupervisionState } from "./reconnect.ts";
import { type RtdeClient } from "./rtde-client.ts";
import { type OutputOptions, type RtdeClientOptions } from "./rtde-client-options.ts";

/** Choices for a subscription. */
export type SubscriptionOptions<Optional extends readonly string[], Extra extends ExtraFields> = Pick<
  OutputOptions<Optional, Extra>,
  "optional" | "extraOutputs"
>;

/** What a subscription is made of. */
export interface SubscriptionParts {
  readonly robot: RobotStreams;
  readonly keep: Backoff & RtdeClientOptions;
  readonly signal: AbortSignal;
  readonly names: readonly string[];
  readonly frequencyHz: number;
  readonly options: SubscriptionOptions<readonly string[], ExtraFields>;
}

/** Counts over the life of a subscription, all its connections together. */
export interface SubscriptionStats extends Omit<PackageStats, "lastTimestampS"> {
  /** Connections that were up, the present one included. */
  readonly connections: number;
}

const NOTHING: SubscriptionStats = {
  ...{ packages: 0, missed: 0, gaps: 0, late: 0, worstLateS: 0, clockSteps: 0 },
  connections: 0,
};

/** One output recipe that outlives its connections. */
export class OutputSubscription<Package extends object = RtdeRecord> {
  /** Resolves when it was closed; rejects with a refusal that no new connection can change, NOT_FOUND for example. */
  readonly ended: Promise<void>;
  readonly #parts: SubscriptionParts;
  readonly #listeners = new Listeners<Package>();
  readonly #stateListeners = new Listeners<SupervisionState>();
  readonly #readers = new Set<PackageReader<Package>>();
  readonly #ending = new Ending();
  readonly #abort = new AbortController();
  readonly #news: News;
  #client: RtdeClient | undefined;
  #recipe: OutputRecipe<Package> | undefined;
  #paused = false;
  #before = NOTHING;

  constructor(parts: SubscriptionParts) {
    this.#parts = parts;
    const ending = this.#ending;
    this.#news = new News("the subscription", {
      onClosed: (listener) => ending.onEnd(listener),
      get failure() {
        return ending.reason ?? new ConnectionError("CLOSED", "The subscription was closed on this side.");
      },
    });
    const signal = AbortSignal.any([parts.signal, this.#abort.signal]);
    this.ended = superviseRtde({
      ...parts.keep,
      robot: parts.robot,
      signal,
      setup: (client) => this.#setup(client),
      onState: (state) => this.#hear(state),
    });
    this.ended.then(
      () => this.#end(undefined),
      (error: Error) => this.#end(error),
    );
  }

  /** The newest package, filled in place; another object after a reconnection, `undefined` before the first. */
  get package(): Package | undefined {
    return this.#recipe?.package;
  }

  /** Optional names that the controller does not have; `undefined` before it was asked. */
  get missing(): readonly string[] | undefined {
    return this.#recipe?.missing;
  }

  get stats(): SubscriptionStats {
    return sumOf(this.#before, this.#recipe?.stats);
  }

  /** Resolves when data flows, or is paused. @throws what keeps it from flowing for good; ConnectionError ABORTED, CLOSED */
  ready(signal?: AbortSignal): Promise<void> {
    return this.#news.until(() => this.#recipe !== undefined, signal);
  }

  /**
   * Calls back for every package in order, inside the call that received it. The object and its vectors are
   * filled in place: copy what is to be kept. @returns a function that stops it
   */
  onPackage(listener: (received: Package) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Every package in order, each a copy, for `for await`, across reconnections. */
  packages(options: PackageReaderOptions = {}): AsyncIterableIterator<Package, undefined> {
    const reader = new PackageReader<Package>((joined) => {
      this.#readers.add(joined);
      return () => void this.#readers.delete(joined);
    }, options);
    if (this.#ending.over) reader.end(this.#ending.reason);
    return reader;
  }

  /** Calls back for every change of the connection: connecting, up, waiting. */
  onState(listener: (state: SupervisionState) => void): () => void {
    return this.#stateListeners.add(listener);
  }

  /** Asks the controller to stop sending, and stays so across reconnections, until `resume`. */
  async pause(signal?: AbortSignal): Promise<void> {
    this.#paused = true;
    await this.#client?.pause({ signal });
  }

  async resume(signal?: AbortSignal): Promise<void> {
    this.#paused = false;
    await this.#client?.start({ signal });
  }

  /** Ends it. Safe to call twice. */
  close(): void {
    this.#abort.abort();
  }

  async #setup(client: RtdeClient): Promise<void> {
    const { names, frequencyHz, options } = this.#parts;
    await client.negotiate();
    const asked = names as readonly OutputName[];
    const recipe = (await client.setupOutputs(asked, frequencyHz, {
      optional: (options.optional ?? []) as readonly OutputName[],
      ...(options.extraOutputs && { extraOutputs: options.extraOutputs }),
    })) as unknown as OutputRecipe<Package>;
    this.#before = this.stats;
    this.#recipe = recipe;
    recipe.onPackage((received) => {
      this.#listeners.emit(received);
      if (this.#readers.size > 0) for (const reader of this.#readers) reader.push(received);
    });
    if (!this.#paused) await client.start();
    this.#client = client;
    this.#news.tell();
  }

  #hear(state: SupervisionState): void {
    if (state.state === "up") this.#before = { ...this.#before, connections: this.#before.connections + 1 };
    else this.#client = undefined;
    this.#stateListeners.emit(state);
  }

  #end(reason: Error | undefined): void {
    this.#client = undefined;
    for (const reader of this.#readers) reader.end(reason);
    this.#ending.end(reason);
  }
}

function sumOf(before: SubscriptionStats, now: PackageStats | undefined): SubscriptionStats {
  if (now === undefined) return before;
  return {
    packages: before.packages + now.packages,
    missed: before.missed + now.missed,
    gaps: before.gaps + now.gaps,
    late: before.late + now.late,
    worstLateS: Math.max(before.worstLateS, now.worstLateS),
    clockSteps: before.clockSteps + now.clockSteps,
    connections: before.connections,
  };
}
