#!/usr/bin/env node
// Plain JavaScript so that any Node can read it and say what it needs; the program itself is TypeScript.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`cellist: Node 20.19 or newer is needed, this is ${process.versions.node}`);
  process.exit(1);
}
const { register } = await import("tsx/esm/api");
register();
const { main } = await import("./main.ts");
await main(process.argv);
