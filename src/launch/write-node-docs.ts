import { readdirSync, writeFileSync } from "node:fs";
import { describeNodes } from "./describe-nodes.ts";
import { loadDefinition } from "./node-host.ts";

/** Names of all nodes in `nodes/`. */
export const nodeNames = (): readonly string[] =>
  readdirSync(new URL("../../nodes/", import.meta.url))
    .filter((file) => file.endsWith(".node.ts"))
    .map((file) => file.replace(".node.ts", "").replaceAll("-", "_"))
    .sort();

if (process.argv[1] === import.meta.filename) {
  const definitions = await Promise.all(nodeNames().map(loadDefinition));
  writeFileSync(new URL("../../docs/nodes.md", import.meta.url), describeNodes(definitions));
}
