import { nanoseconds, type RosTime } from "../ros/time.ts";
import { BagReader } from "./bag-reader.ts";

/** How regularly a topic came. */
export interface TopicRhythm {
  readonly topic: string;
  readonly type: string;
  readonly count: number;
  /** Usual time between two messages: the median [s]; NaN for fewer than two messages. */
  readonly periodS: number;
  readonly longestGapS: number;
  /** Messages that are missing if all should have come in the usual rhythm; undefined for topics that have none. */
  readonly missing: number | undefined;
}

export interface BagCheck {
  readonly storage: string;
  readonly messages: number;
  readonly topics: readonly TopicRhythm[];
  /** What is wrong, a sentence each. */
  readonly problems: readonly string[];
}

/**
 * Reads every message of a bag: can it be decoded, does its own stamp go forward, is one missing?
 *
 * @throws CellistError "bag-unreadable" when it cannot be read at all
 */
export async function checkBag(path: string): Promise<BagCheck> {
  const reader = await BagReader.open(path);
  try {
    const problems = [...reader.remarks];
    const rhythms = new Map<string, Rhythm>();
    const decodable = new Set<string>();
    for (const channel of reader.channels) {
      const definitions = reader.definitionsOf(channel);
      if (typeof definitions === "string") problems.push(`it ${definitions}`);
      else decodable.add(channel.topic);
      rhythms.set(channel.topic, new Rhythm(channel.topic, channel.type));
    }
    let messages = 0;
    try {
      for await (const { channel, timeNs, message } of reader.decoded({ topics: [...decodable] })) {
        messages++;
        rhythms.get(channel.topic)!.add(timeNs, stampOf(message));
      }
    } catch (error) {
      problems.push(`after ${messages} messages: ${(error as Error).message}`);
    }
    const topics = [...rhythms.values()];
    problems.push(...topics.flatMap((topic) => topic.problems()));
    return { storage: reader.storage, messages, topics: topics.map((topic) => topic.facts()), problems };
  } finally {
    await reader.close();
  }
}

function stampOf(message: Readonly<Record<string, unknown>>): bigint | undefined {
  const { header, stamp } = message as { header?: { stamp?: RosTime }; stamp?: RosTime };
  const said = header?.stamp ?? stamp;
  return said && nanoseconds(said);
}

/** A topic is held to a rhythm when most of its gaps lie within this share of the median. */
const EVEN_SHARE = 0.2;
const EVEN_PART = 0.8;
const FEWEST_FOR_A_RHYTHM = 100;

class Rhythm {
  readonly #topic: string;
  readonly #type: string;
  readonly #gapsNs: number[] = [];
  #count = 0;
  #lastNs: bigint | undefined;
  #lastStampNs: bigint | undefined;
  #backwards = 0;

  constructor(topic: string, type: string) {
    this.#topic = topic;
    this.#type = type;
  }

  add(timeNs: bigint, stampNs: bigint | undefined): void {
    this.#count++;
    if (this.#lastNs !== undefined) this.#gapsNs.push(Number(timeNs - this.#lastNs));
    this.#lastNs = timeNs;
    if (stampNs === undefined) return;
    if (this.#lastStampNs !== undefined && stampNs < this.#lastStampNs) this.#backwards++;
    this.#lastStampNs = stampNs;
  }

  facts(): TopicRhythm {
    const sorted = [...this.#gapsNs].sort((a, b) => a - b);
    const periodNs = sorted[sorted.length >> 1] ?? NaN;
    return {
      topic: this.#topic,
      type: this.#type,
      count: this.#count,
      periodS: periodNs / 1e9,
      longestGapS: (sorted.at(-1) ?? NaN) / 1e9,
      missing: this.#missing(periodNs),
    };
  }

  problems(): readonly string[] {
    const { missing, longestGapS, periodS } = this.facts();
    const problems: string[] = [];
    if (missing !== undefined && missing > 0)
      problems.push(
        `${this.#topic} misses ${missing} messages of its ${(1 / periodS).toFixed(1)} Hz; the longest gap is ${(longestGapS * 1e3).toFixed(1)} ms`,
      );
    if (this.#backwards > 0)
      problems.push(`${this.#topic} has ${this.#backwards} stamps that go back in time`);
    return problems;
  }

  #missing(periodNs: number): number | undefined {
    if (this.#count < FEWEST_FOR_A_RHYTHM || !(periodNs > 0)) return undefined;
    const even = this.#gapsNs.filter((gap) => Math.abs(gap - periodNs) <= EVEN_SHARE * periodNs).length;
    if (even < EVEN_PART * this.#gapsNs.length) return undefined;
    return this.#gapsNs.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / periodNs) - 1), 0);
  }
}
