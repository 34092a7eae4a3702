// node --import tsx examples/watch-joints.ts HOST [PORT]
import { RtdeClient } from "ur-rtde-ts";

const [host = "127.0.0.1", port = "30004"] = process.argv.slice(2);
const client = await RtdeClient.connect({ host, port: Number(port) });
await client.negotiate();
const { major, minor } = await client.controllerVersion();
console.log(`controller ${major}.${minor}, RTDE version ${client.protocolVersion}`);

const state = await client.setupOutputs(["timestamp", "actual_q"], 500);
const packages = state.packages();
await client.start();
let left = 5;
for await (const { timestamp, actual_q } of packages) {
  console.log(timestamp.toFixed(3), Array.from(actual_q, (q_rad) => q_rad.toFixed(4)).join(" "));
  if (--left === 0) break;
}
console.log(`packages missed: ${state.stats.missed}`);
client.close();
