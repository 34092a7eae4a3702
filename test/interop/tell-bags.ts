/**
 * Reads bags and prints them, a line of JSON each: `{ path, remarks, messages: [topic, log time, content] }`. For bags.py, which would
 * wait long for a process per bag.
 *
 *     tsx test/interop/tell-bags.ts <bag>...
 */
import { BagReader } from "../../src/bag/bag-reader.ts";

for (const path of process.argv.slice(2)) {
  const reader = await BagReader.open(path);
  const messages: unknown[] = [];
  for await (const { channel, timeNs, message } of reader.decoded()) {
    const { data, name, position } = message as { data?: string; name?: string[]; position?: Float64Array };
    messages.push([channel.topic, String(timeNs), data ?? [name, Array.from(position!)]]);
  }
  console.log(JSON.stringify({ path, remarks: reader.remarks, messages }));
  await reader.close();
}
