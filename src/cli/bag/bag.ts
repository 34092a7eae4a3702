import type { Command } from "commander";
import { addCheckBagCommand } from "./check-bag.ts";
import { addConvertBagCommand } from "./convert-bag.ts";
import { addBagInfoCommand } from "./bag-info.ts";
import { addImportBagCommand } from "./import-bag.ts";
import { addPlayBagCommand } from "./play-bag.ts";
import { addRecordBagCommand } from "./record-bag.ts";

const HELP = `
A bag is an MCAP file, a .db3 file (rosbag2's sqlite3 storage), either of them as .zstd, or a folder as ros2 bag writes it.

Examples:
  cellist bag info out/twinkle/performance.mcap
  cellist bag check take-3
  cellist bag play take-3 --rate 0.5 --clock 100 --topics /joint_states /bow_state
  cellist bag record evening.mcap --all
  cellist bag convert take-3 take-3.mcap --compression zstd --start 10 --duration 5
  cellist bag convert take-3.mcap tables --to parquet
`;

/** `cellist bag`: everything about bags but replay (`cellist replay`). */
export function addBagCommands(program: Command): void {
  const group = program
    .command("bag")
    .summary("look into bags, play, record, check and convert them")
    .addHelpText("after", HELP);
  addBagInfoCommand(group);
  addCheckBagCommand(group);
  addPlayBagCommand(group);
  addRecordBagCommand(group);
  addConvertBagCommand(group);
  addImportBagCommand(group);
}
