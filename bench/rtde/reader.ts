/** Reads every package with ur-rtde-ts, as `side-by-side.py` does with other clients: `reader.ts HOST FIELDS`. */
import { type OutputName, RtdeClient } from "ur-rtde-ts";

const [host, fields] = process.argv.slice(2) as [string, string];
const client = await RtdeClient.connect({ host });
await client.negotiate();
const recipe = await client.setupOutputs(fields.split(",") as OutputName[], 500);
let sum = 0;
recipe.onPackage((p) => (sum += (p as { timestamp: number }).timestamp));
await client.start();
console.log("reading");
setInterval(() => sum, 1000);
