import type { Command } from "commander";
import { bagInfo } from "../../bag/bag-reader.ts";

/** `cellist bag info`: what a bag holds. */
export function addBagInfoCommand(group: Command): void {
  group
    .command("info")
    .summary("topics, types, counts and times")
    .argument("<bag>")
    .option("--json", "for scripts")
    .action(async (bag: string, options: { json?: true }) => {
      const info = await bagInfo(bag);
      if (options.json) {
        const plain = (_key: string, value: unknown) => (typeof value === "bigint" ? String(value) : value);
        return console.log(JSON.stringify(info, plain, 2));
      }
      const topics = [...info.topics].sort((a, b) => (a.topic < b.topic ? -1 : 1));
      const startNs = topics.reduce<bigint | undefined>((t, { startNs }) => earlier(t, startNs), undefined);
      const endNs = topics.reduce((t, { endNs }) => (endNs > t ? endNs : t), startNs ?? 0n);
      const total = topics.reduce((sum, { count }) => sum + count, 0);
      console.log(`${bag}: ${info.storage}, ${(info.sizeBytes / 1e6).toFixed(2)} MB`);
      for (const remark of info.remarks) console.log(`  ${remark}`);
      if (startNs === undefined) return console.log("  no message");
      console.log(
        `  ${total} messages in ${seconds(endNs - startNs).toFixed(3)} s, from ${momentOf(startNs)}`,
      );
      for (const { topic, type, count, startNs: first, endNs: last } of topics) {
        const rate =
          count > 1 && last > first ? `${((count - 1) / seconds(last - first)).toFixed(1)} Hz` : "";
        console.log(
          `  ${topic.padEnd(24)} ${type.padEnd(38)} ${String(count).padStart(8)} ${rate.padStart(12)}`,
        );
      }
    });
}

/** Earlier than this, log times are no dates but seconds of a clock that began at 0: a simulated one, or a controller's own. */
const FIRST_DATE_NS = 10n ** 18n;
const momentOf = (ns: bigint): string =>
  ns < FIRST_DATE_NS
    ? `${seconds(ns).toFixed(3)} s on a clock without a date`
    : new Date(Number(ns / 1_000_000n)).toISOString();
const seconds = (ns: bigint): number => Number(ns) / 1e9;
const earlier = (a: bigint | undefined, b: bigint): bigint => (a === undefined || b < a ? b : a);
