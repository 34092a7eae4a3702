import { InvalidArgumentError, type Command } from "commander";
import type { Selection } from "../../bag/bag-contents.ts";
import type { BagReader } from "../../bag/bag-reader.ts";
import { CellistError } from "../../errors.ts";
import { spanOf } from "../../replay/play-settings.ts";

export interface SpanOptions {
  readonly start?: number;
  readonly duration?: number;
  readonly topics?: string[];
  readonly exclude?: string[];
}

/** A number of seconds or the like from the command line, ≥ 0. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value < 0)
    throw new InvalidArgumentError("it must be a number, not below 0");
  return value;
}

/** People leave the slash out. */
export const topicName = (named: string): string => (named.startsWith("/") ? named : `/${named}`);

/** Which part of a bag a command works on. */
export const addSpanOptions = (command: Command): Command =>
  command
    .option("--topics <names...>", "only these topics")
    .option("--exclude <names...>", "not these topics")
    .option("--start <seconds>", "from here on, counted from the bag's start", positiveNumber)
    .option("--duration <seconds>", "this much of it", positiveNumber);

/** @throws CellistError "usage" for a topic or a time that the bag does not have */
export async function selectionOf(reader: BagReader, options: SpanOptions): Promise<Selection> {
  const all = reader.channels.map(({ topic }) => topic);
  const known = (named: string): string => {
    const topic = topicName(named);
    if (all.includes(topic)) return topic;
    throw new CellistError("usage", `${reader.path} has no topic ${topic}; it has ${all.sort().join(", ")}`);
  };
  const exclude = options.exclude?.map(known);
  const topics = (options.topics?.map(known) ?? all).filter((topic) => exclude?.includes(topic) !== true);
  if (topics.length === 0 && all.length > 0)
    throw new CellistError("usage", "no topic is left: --exclude leaves out all that were asked for");
  if (options.start === undefined && options.duration === undefined) return { topics };
  return {
    topics,
    ...(await spanOf(reader, { start: options.start ?? 0, duration: options.duration ?? -1 })),
  };
}
