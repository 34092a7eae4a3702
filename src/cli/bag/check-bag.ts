import type { Command } from "commander";
import { checkBag } from "../../bag/check-bag.ts";
import { CellistError } from "../../errors.ts";

const HELP = `
Exit code 0: every message can be decoded, every stamp goes forward, none is missing. 1: it says what is wrong.
`;

/** `cellist bag check`: reads every message. */
export function addCheckBagCommand(group: Command): void {
  group
    .command("check")
    .summary("read every message: whole, in order, without gaps?")
    .argument("<bag>")
    .addHelpText("after", HELP)
    .action(async (bag: string) => {
      const { storage, messages, topics, problems } = await checkBag(bag);
      console.log(`${bag}: ${storage}, ${messages} messages decoded`);
      for (const { topic, count, periodS, longestGapS, missing } of topics) {
        const rhythm =
          missing === undefined
            ? ""
            : `${(1 / periodS).toFixed(1)} Hz, longest gap ${(1e3 * longestGapS).toFixed(1)} ms, ${missing || "none"} missing`;
        console.log(`  ${topic.padEnd(24)} ${String(count).padStart(8)}  ${rhythm}`.trimEnd());
      }
      for (const problem of problems) console.log(`  ! ${problem}`);
      if (problems.length > 0)
        throw new CellistError(
          "bag-unreadable",
          `${bag} is not whole: ${problems.length === 1 ? "one problem" : `${problems.length} problems`}, see above`,
        );
      console.log("  whole");
    });
}
