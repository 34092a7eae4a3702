import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { BagReader } from "../../src/bag/bag-reader.ts";
import { convertBag } from "../../src/bag/convert-bag.ts";
import { exportBag } from "../../src/bag/export/export-bag.ts";
import { openPerformanceLog } from "../../src/bag/performance-log.ts";

const folder = mkdtempSync(join(tmpdir(), "cellist-export-"));
afterAll(() => rmSync(folder, { recursive: true }));

const START_NS = 1_700_000_000_000_000_001n;
const bag = join(folder, "bag.mcap");
const log = await openPerformanceLog(bag);
const header = (k: number) => ({ stamp: { sec: 1_700_000_000, nanosec: 1 + k }, frame_id: 'a "b", c' });
for (let k = 0; k < 3; k++) {
  const row = [0.1 + 0.2, -k, NaN].slice(0, k + 1);
  log.append("/joint_states", START_NS + BigInt(k), {
    header: header(k),
    name: ["x", "y"],
    position: row,
    velocity: [],
    effort: [],
  });
}
log.append("/settings", START_NS + 9n, { json: '{"a": "b\nc"}', sha256: "é" });
await log.close();

async function exported(format: "csv" | "parquet"): Promise<string> {
  const reader = await BagReader.open(bag);
  const to = join(folder, format);
  const { tables, leftOut } = await exportBag(reader, to, format, {});
  expect(leftOut).toEqual([]);
  expect(tables.map(({ topic, rows }) => [topic, rows])).toEqual([
    ["/joint_states", 3],
    ["/settings", 1],
  ]);
  await expect(exportBag(reader, to, format, {})).rejects.toMatchObject({ code: "file-unwritable" });
  await reader.close();
  return to;
}

it("writes one CSV for each topic, with a column for every number and every digit of it", async () => {
  const to = await exported("csv");
  expect(readdirSync(to).sort()).toEqual(["joint_states.csv", "settings.csv"]);
  const frame = '"a ""b"", c"';
  const names = '"[""x"",""y""]"';
  expect(readFileSync(join(to, "joint_states.csv"), "utf8").split("\n")).toEqual([
    "log_time_ns,header.stamp_ns,header.frame_id,name,position[0],position[1],position[2]",
    `1700000000000000001,1700000000000000001,${frame},${names},0.30000000000000004,,`,
    `1700000000000000002,1700000000000000002,${frame},${names},0.30000000000000004,-1,`,
    `1700000000000000003,1700000000000000003,${frame},${names},0.30000000000000004,-2,NaN`,
    "",
  ]);
  expect(readFileSync(join(to, "settings.csv"), "utf8")).toContain('"{""a"": ""b\nc""}",é\n');
});

it("writes the same as Parquet, with types", async () => {
  const file = await asyncBufferFromFile(join(await exported("parquet"), "joint_states.parquet"));
  const rows = await parquetReadObjects({ file });
  expect(rows.length).toBe(3);
  expect(rows[1]).toEqual({
    log_time_ns: START_NS + 1n,
    "header.stamp_ns": 1_700_000_000_000_000_002n,
    "header.frame_id": 'a "b", c',
    name: '["x","y"]',
    "position[0]": 0.1 + 0.2,
    "position[1]": -1,
    "position[2]": null,
  });
});

it("writes a bag anew, smaller, in part, and never over another", async () => {
  const reader = await BagReader.open(bag);
  const to = join(folder, "part");
  const options = { compression: "zstd", asFolder: true, topics: ["/joint_states"] } as const;
  expect(await convertBag(reader, to, options)).toBe(3);
  await expect(convertBag(reader, to, options)).rejects.toMatchObject({ code: "file-unwritable" });
  await reader.close();
  const again = await BagReader.open(to);
  const messages = [];
  for await (const { message, channel } of again.decoded())
    messages.push([channel.topic, message["position"]]);
  await again.close();
  expect(again.storage).toBe("rosbag2 folder of 1 mcap file");
  expect(messages[2]).toEqual(["/joint_states", Float64Array.from([0.1 + 0.2, -2, NaN])]);
});
