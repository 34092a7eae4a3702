import { Option, type Command } from "commander";
import { BagReader } from "../../bag/bag-reader.ts";
import { convertBag } from "../../bag/convert-bag.ts";
import { CellistError } from "../../errors.ts";
import { exportBag } from "../../bag/export/export-bag.ts";
import { addSpanOptions, selectionOf, type SpanOptions } from "./span-options.ts";

const HELP = `
With --start, facts that still held then (settings, score, plan) are kept, as a late listener would have heard them.

mcap     one file, whole and with an index, whatever the bag was before: also a way to repair one that was cut off
folder   the same with a metadata.yaml, as ros2 bag play wants it
csv      a folder with one table for each topic
parquet  the same, smaller and with types, for pandas, polars, DuckDB
`;

interface ConvertOptions extends SpanOptions {
  readonly to: "mcap" | "folder" | "csv" | "parquet";
  readonly compression: "none" | "zstd";
}

/** `cellist bag convert`: a bag anew, or as tables. */
export function addConvertBagCommand(group: Command): void {
  addSpanOptions(
    group
      .command("convert")
      .summary("write a bag anew, or export it to CSV or Parquet")
      .argument("<bag>")
      .argument("<output>", "file or folder that does not exist yet")
      .addOption(
        new Option("--to <format>", "what to write")
          .choices(["mcap", "folder", "csv", "parquet"])
          .default("mcap"),
      )
      .addOption(new Option("--compression <name>", "of MCAP").choices(["none", "zstd"]).default("none")),
  )
    .addHelpText("after", HELP)
    .action(convert);
}

async function convert(bag: string, output: string, options: ConvertOptions): Promise<void> {
  const asTables = options.to === "csv" || options.to === "parquet";
  if (asTables && options.compression !== "none")
    throw new CellistError("usage", `--compression is for MCAP; ${options.to} is written as it is`);
  refuseForeignName(output, options.to);
  const reader = await BagReader.open(bag);
  try {
    for (const remark of reader.remarks) console.log(`${bag}: ${remark}`);
    const selection = await selectionOf(reader, options);
    if (options.to === "csv" || options.to === "parquet") {
      const { tables, leftOut } = await exportBag(reader, output, options.to, selection);
      for (const { path, rows } of tables) console.log(`${path}: ${rows} rows`);
      for (const why of leftOut) console.log(`left out: ${bag} ${why}`);
      return;
    }
    const asFolder = options.to === "folder";
    const count = await convertBag(reader, output, {
      ...selection,
      compression: options.compression,
      asFolder,
    });
    console.log(`${output}: ${count} messages`);
  } finally {
    await reader.close();
  }
}

/** Bags are told apart by their names: one that says another kind could not be read again. */
function refuseForeignName(output: string, to: ConvertOptions["to"]): void {
  const end = /\.(db3|bag|csv|parquet|mcap)$/i.exec(output)?.[1]?.toLowerCase();
  if (end === undefined || end === to) return;
  if (to === "mcap" && (end === "csv" || end === "parquet"))
    throw new CellistError(
      "usage",
      `${output} is to be ${end}: say --to ${end}, which writes a folder of tables`,
    );
  const what = end === "db3" ? "sqlite3 bags are read, not written" : `.${end} is another kind of file`;
  const how = to === "mcap" ? "end the name in .mcap" : "it becomes a folder: leave the ending out";
  throw new CellistError("usage", `${output}: --to ${to} does not write that, ${what}; ${how}`);
}
